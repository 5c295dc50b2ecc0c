"""Progress of a whole scan that asks a registry: a bar on a terminal, with rate and time left; nothing in a pipe."""

import json
import os
import re
import subprocess
import sys
import threading

import pytest

from scanner.config import Config
from scanner.resolve.cache import Cache

from .conftest import packument

pty = pytest.importorskip("pty", reason="a terminal of POSIX")

COUNT = 20
SCAN = """
import sys
from scanner.cli import main, progress
progress.PATIENCE = 0.0
sys.argv = ["outlast", "scan", "package-lock.json"]
main()
"""
COUNTED, RATED = re.compile(rf"\d+ of {COUNT}"), re.compile(rf"\d+ of {COUNT}, [\d,]+/s\s+\d:\d\d:\d\d")


class Screen:
    """What a terminal is sent, and when it has been sent certain words."""

    def __init__(self):
        self.leader, self.follower = pty.openpty()
        self.text, self._more = "", threading.Condition()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        try:
            while chunk := os.read(self.leader, 65536):
                with self._more:
                    self.text += re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", chunk.decode(errors="replace"))
                    self._more.notify_all()
        except OSError:
            pass  # nobody has the terminal open any more

    def shows(self, pattern):
        with self._more:
            return self._more.wait_for(lambda: pattern.search(self.text), timeout=30)

    def close(self):
        os.close(self.follower)
        self._thread.join()
        os.close(self.leader)


@pytest.fixture
def screen():
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture
def scan(registry, tmp_path, monkeypatch):
    """A scan of a project of as many packages, each of which the registry answers as it is told to."""
    names = [f"p{number}" for number in range(COUNT)]
    packages = {f"node_modules/{name}": {"version": "1.3.0", "license": "MIT"} for name in names}
    (tmp_path / "package-lock.json").write_text(json.dumps({"lockfileVersion": 3, "packages": packages}))
    (tmp_path / "outlast.toml").write_text(f'[registries]\nnpm = "{registry.url}"\n')
    Cache(Config().cache).clear()  # that of all tests, as it has the index of the rules
    for name, value in {"TERM": "xterm", "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)

    def answer(number, wait=lambda: None):
        body = json.dumps(packument(f"p{number}")).encode()
        registry.act(f"/p{number}", lambda handler: (wait(), handler.reply(200, body)))

    def run(stderr, wait=lambda number: None):
        for number in range(COUNT):
            answer(number, lambda number=number: wait(number))
        return subprocess.run(
            [sys.executable, "-c", SCAN], cwd=tmp_path, stdout=subprocess.PIPE, stderr=stderr, timeout=60, check=True
        )

    return run


def test_on_a_terminal_a_bar_has_the_count_the_rate_and_the_time_left(scan, screen):
    """The second half of the answers comes once there is a count, the last one when there is a rate."""

    def wait(number):
        if number >= COUNT // 2:
            assert screen.shows(COUNTED)
        if number == COUNT - 1:
            assert screen.shows(RATED)

    done = scan(screen.follower, wait)
    assert screen.shows(RATED)
    assert b"looking packages up" not in done.stdout


def test_in_a_pipe_there_is_none(scan):
    done = scan(subprocess.PIPE)
    assert b"looking" not in done.stderr
    assert b"\x1b" not in done.stderr + done.stdout
