"""The pages of docs/ whose commands are run: what they show is what the program prints.

A block that begins with "$ outlast …" holds the command and its whole output; a comment "<!-- in FOLDER -->" before
it says where it runs. OUTLAST_GOLDEN=1 rewrites the outputs.
"""

import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from scanner.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if "```console\n$ outlast" in page.read_text("utf-8")]
PART = re.compile(
    r"<!-- in (?P<folder>\S+) -->|```console\n\$ (?P<command>outlast [^\n]+)\n(?P<output>.*?)```", re.DOTALL
)


def run(command, folder, monkeypatch, capsys):
    monkeypatch.chdir(ROOT / folder)
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop:
        main()
    captured = capsys.readouterr()
    assert not stop.value.code, captured.err
    return captured.out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_page_shows_is_what_the_program_prints(page, monkeypatch, capsys):
    folder = "."

    def replay(part):
        nonlocal folder
        if part["folder"]:
            folder = part["folder"]
            return part[0]
        return f"```console\n$ {part['command']}\n{run(part['command'], folder, monkeypatch, capsys)}```"

    shown = page.read_text("utf-8")
    printed = PART.sub(replay, shown)
    if os.environ.get("OUTLAST_GOLDEN"):
        page.write_text(printed, "utf-8")
    assert shown == printed or os.environ.get("OUTLAST_GOLDEN")


def test_some_page_is_replayed():
    assert ROOT / "docs" / "worked-examples.md" in PAGES
