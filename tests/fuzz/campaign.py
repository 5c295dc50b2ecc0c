"""One engine over all targets, each in a process of its own, so that not even a crash ends the campaign."""

import multiprocessing
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import msgspec

GRACE = 120
"""Seconds after its time in which a process has to end."""


def main() -> None:
    """python -m tests.fuzz.campaign ENGINE FOLDER --each SECONDS [WORD...]"""
    parser = ArgumentParser()
    parser.add_argument("engine", choices=("mutated", "structured", "guided"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=float, default=2.0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("words", nargs="*")
    options = parser.parse_intermixed_args()
    with _instrumented(options.engine):
        campaign(options.engine, options.folder.resolve(), options.each, options.first, options.words)


def campaign(engine: str, folder: Path, each: float, first: int, words: Iterable[str]) -> None:
    from tests.fuzz.engines import run
    from tests.fuzz.session import Session, Tally
    from tests.fuzz.targets import chosen

    folder.mkdir(parents=True, exist_ok=True)
    fork = multiprocessing.get_context("fork")
    for target in chosen(words):
        session = Session(target, engine, each, folder)
        session.path.unlink(missing_ok=True)
        child = fork.Process(target=run, args=(session, engine, first))
        session.restart()
        child.start()
        child.join(each + GRACE)
        if child.is_alive():
            child.kill()
            child.join()
        if not session.path.exists():
            died = Tally(target=target.name, engine=engine, failures={f"the process ended by {child.exitcode}": ""})
            session.path.write_bytes(msgspec.json.encode(died))
        print(session.path.read_text(), flush=True)


def _instrumented(engine: str):
    if engine != "guided":
        return nullcontext()
    import atheris

    return atheris.instrument_imports(include=["scanner", "packageurl", "defusedxml", "tomllib"])


if __name__ == "__main__":
    main()
    sys.exit()
