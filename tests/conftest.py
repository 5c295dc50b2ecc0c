"""What all tests share: no network, no real cache, a fixed day."""

import os
import shutil
import socket

import pytest

from tests.book import COMPILED, book
from tests.chromium import browse, chromium, free_pages  # noqa: F401 - one browser for all that need one

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_configure(config):
    """Compile the rules before there are workers that would each do it."""
    if not hasattr(config, "workerinput"):
        book()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One more than there are processors, since some tests wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    """What is done in a browser is slow."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """A cache with nothing in it but the compiled rules, which take seconds to make."""
    return shutil.copytree(COMPILED, tmp_path_factory.mktemp("cache") / "rules")


@pytest.fixture(scope="session", autouse=True)
def _fixed_world(compiled):
    """An own cache, a fixed day and plain output, for fixtures of any scope and for subprocesses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTLAST_CACHE_DIR", str(compiled))
        patch.setenv("SOURCE_DATE_EPOCH", "1795521600")  # 2026-11-24
        for name in ("NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """No connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            pytest.fail(f"a test reached for {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
