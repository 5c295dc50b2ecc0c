"""Three ways to find inputs that do not end well."""

import os
import sys
from collections.abc import Callable
from itertools import count

from tests.fuzz.mutate import inputs
from tests.fuzz.oracle import ALARM, complaint, limit
from tests.fuzz.session import OverError, Session

BATCH = 1_000


def mutated(session: Session, first: int) -> None:
    """Seeds that are spoilt at random."""
    import signal

    _warm_up(session)
    for _, given in inputs(session.target, first):
        signal.alarm(ALARM)
        session.see(given)
        signal.alarm(0)


def structured(session: Session, first: int) -> None:
    """Documents of the right shape with odd values."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from tests.fuzz.shapes import documents

    _warm_up(session)
    quiet = settings(
        max_examples=BATCH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for number in count(first):
        seed(number)(quiet(given(documents(session.target))(session.see)))()


def guided(session: Session, first: int) -> None:
    """Inputs that reach more of the code, by https://github.com/google/atheris. Never returns."""
    import signal

    import atheris

    target = session.target
    corpus, seeds = session.folder / "corpus" / target.name, session.folder / "seeds" / target.name
    for folder in (corpus, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for number, given in enumerate(target.seeds):
        (seeds / str(number)).write_bytes(given.data)
    _warm_up(session)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # libFuzzer keeps the time itself, by the same signal

    def one(data: bytes) -> None:
        try:
            session.see(target.seeds[0]._replace(data=data))
        except OverError:
            session.save()
            os._exit(0)

    options = [f"-seed={first + 1}", f"-timeout={ALARM}", "-rss_limit_mb=0", "-verbosity=0"]
    options += [f"-artifact_prefix={session.folder}/died-{target.name.replace('/', '-')}-"]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(seeds)], one)
    atheris.Fuzz()


def _warm_up(session: Session) -> None:
    """What is loaded once is not counted."""
    for given in session.target.seeds:
        complaint(session.target, given)
    limit()
    session.restart()


ENGINES: dict[str, Callable[[Session, int], None]] = {"mutated": mutated, "structured": structured, "guided": guided}


def run(session: Session, engine: str, first: int) -> None:
    """Until the time is up."""
    try:
        ENGINES[engine](session, first)
    except OverError:
        session.save()
