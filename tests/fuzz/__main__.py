"""make fuzz SECONDS=600: all targets by three engines, and what did not end well.

python -m tests.fuzz [--seconds N] [--folder DIR] [WORD]...     only targets whose name has one of the words

The folder keeps the inputs that failed, and what the guided engine has learnt for the next time. Where atheris is not
installed (it has no wheels for some machines) the other two have its time.
"""

import subprocess
import sys
from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path

import msgspec

from tests.fuzz.session import Tally
from tests.fuzz.targets import chosen

SHARES = {"guided": 0.5, "mutated": 0.35, "structured": 0.15}
"""Of the time."""


def main() -> int:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--first", type=int, default=0, help="begin with another number, for other inputs")
    parser.add_argument("words", nargs="*")
    options = parser.parse_intermixed_args()
    engines = [engine for engine in SHARES if engine != "guided" or find_spec("atheris")]
    whole = sum(SHARES[engine] for engine in engines) * len(chosen(options.words))
    for engine in engines:
        each = options.seconds * SHARES[engine] / whole
        command = [sys.executable, "-m", "tests.fuzz.campaign", engine, str(options.folder), "--each", f"{each:.2f}"]
        command += ["--first", str(options.first), *options.words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return report(options.folder, engines)


def report(folder: Path, engines: list[str]) -> int:
    """Print what the engines left in `folder`; 1 where anything failed."""
    tallies = [
        msgspec.json.decode(path.read_bytes(), type=Tally)
        for engine in engines
        for path in folder.glob(f"{engine}-*.json")
    ]
    print(f"{'engine':<12} {'targets':>8} {'inputs':>12} {'seconds':>9} {'failures':>9}")
    for engine in engines:
        found = [tally for tally in tallies if tally.engine == engine]
        inputs, seconds = sum(tally.inputs for tally in found), sum(tally.seconds for tally in found)
        failures = sum(len(tally.failures) for tally in found)
        print(f"{engine:<12} {len(found):>8} {inputs:>12,} {seconds:>9.0f} {failures:>9}")
    failed = [(tally.target, *failure) for tally in tallies for failure in tally.failures.items()]
    for target, reason, place in sorted(failed):
        print(f"{target}: {reason}\n  {place}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
