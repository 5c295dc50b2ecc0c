"""What all tests share: no network, no real cache, a fixed day."""

import socket

import pytest

from tests.chromium import chromium  # noqa: F401 - one browser for all that need one

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def _fixed_world(tmp_path_factory):
    """An own cache, a fixed day and plain output, for fixtures of any scope and for subprocesses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTLAST_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
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
