"""A batch in a process of its own, to be killed: python -m tests.portfolio.victim SOURCE STORE JOBS

It says every step of its progress on a line of its own, and takes very small steps.
"""

import sys
from functools import partial
from pathlib import Path

from scanner.portfolio import run
from scanner.portfolio.engine import local
from tests.portfolio.projects import scan

if __name__ == "__main__":
    run.TASK, run.TRANSACTION = 2, 1
    source, store, jobs = sys.argv[1:]
    say = lambda *step: print(*step, flush=True)  # noqa: E731
    scan(Path(source), Path(store), partial(local, jobs=int(jobs)), resume=True, progress=say)
    print("complete", flush=True)
