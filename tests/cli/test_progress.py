"""The progress bar: for a person at a terminal who has waited a second, and for nobody else."""

import io
import time
from types import SimpleNamespace

import pytest

from scanner.cli import progress as module
from scanner.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=stream))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    return stream


def waited_for(stream, words):
    """What the terminal shows, once the words are in it."""
    end = time.monotonic() + 30
    while words not in stream.getvalue() and time.monotonic() < end:
        time.sleep(0.01)
    return stream.getvalue()


def test_who_waits_sees_a_bar_before_it_is_known_how_much_there_is_to_do(terminal, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with progress():
        shown = waited_for(terminal, "reading and judging")
    assert "reading and judging" in shown
    assert " of " not in shown


def test_then_it_counts_packages(terminal, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with progress() as report:
        waited_for(terminal, "reading and judging")
        report(1_200, 5_000)
        assert "1,200 of 5,000" in waited_for(terminal, "1,200 of 5,000")


def test_what_was_told_before_it_appeared_is_not_lost(terminal, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with progress() as report:
        report(3, 7)
        assert "3 of 7" in waited_for(terminal, "3 of 7")


def test_who_need_not_wait_sees_nothing(terminal):
    with progress() as report:
        report(1, 2)
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("shown", [True, False])
def test_in_a_pipe_or_where_it_is_not_wanted_there_is_none(monkeypatch, shown):
    stream = io.StringIO() if shown else Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=stream))
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with progress(shown=shown) as report:
        assert report is None
    assert stream.getvalue() == ""
