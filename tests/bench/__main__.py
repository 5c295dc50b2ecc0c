"""make bench: what outlast costs, as whole processes, beside other programs. It measures; it does not judge.

python -m tests.bench [--runs N] [--json FILE] [--peers DIR] [--corpus DIR] [WORD]...   only rows that have every WORD

Peers are measured where they are installed (make bench-peers).
"""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path

import msgspec

from tests.bench.measure import in_turn
from tests.bench.peers import FOLDER, Peers
from tests.bench.results import Measured, here, save
from tests.bench.rows import rows
from tests.bench.table import HEAD, cells, growth, line


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--peers", type=Path, default=FOLDER)
    parser.add_argument(
        "--corpus", type=Path, default=os.environ.get("CORPUS"), help="holds lockfiles of real projects"
    )
    parser.add_argument("words", nargs="*")
    options = parser.parse_intermixed_args()
    peers = Peers(options.peers.resolve())
    results = here(options.runs, peers)
    print(f"{results.machine}; {', '.join(f'{name} {number}' for name, number in results.versions.items())}")
    print(f"least / median / most of {options.runs} runs, in seconds\n\n{line(HEAD)}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows(Path(scratch), peers, options.corpus and Path(options.corpus)):
            if all(word in row.name for word in options.words):
                row.prepare()
                figures = in_turn(row.programs, options.runs, row.environ, inside=row.inside)
                measured = Measured(row.name, figures, row.inside)
                results = msgspec.structs.replace(results, rows=[*results.rows, measured])
                print("\n".join(map(line, cells(measured))), flush=True)
                save(results, options.json)
    print("\n".join(["", *growth(results)]))


if __name__ == "__main__":
    main()
