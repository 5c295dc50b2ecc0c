"""The command line as its users run it, in this process."""

import sys
from typing import NamedTuple

import pytest

from scanner.cli import main


class Run(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def outlast(monkeypatch, capsys, tmp_path):
    """Call with arguments, and bytes for standard input; runs in an empty directory."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, stdin=b""):
        class Stdin:
            class buffer:  # noqa: N801
                read = staticmethod(lambda: stdin)

        monkeypatch.setattr(sys, "argv", ["outlast", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", Stdin)
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return Run(int(stop.value.code or 0), captured.out, captured.err)

    return run
