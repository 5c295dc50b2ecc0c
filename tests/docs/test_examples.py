"""The README and the pages of docs/ whose commands are run: what they show is what the program prints.

A block that begins with "$ outlast …" holds the command and its output: the whole of it, or where a line is "[…]" the
parts between such lines, in order. A comment "<!-- in FOLDER -->" before it says where it and those after it run,
"<!-- exits N -->" how it alone ends. OUTLAST_GOLDEN=1 rewrites whole outputs.
"""

import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from scanner.cli import main

ROOT = Path(__file__).resolve().parents[2]
ALL = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [page for page in ALL if "```console\n$ outlast" in page.read_text("utf-8")]
PART = re.compile(
    r"<!-- in (?P<folder>\S+) -->|<!-- exits (?P<code>\d) -->"
    r"|```console\n\$ (?P<command>outlast [^\n]+)\n(?P<output>.*?)```",
    re.DOTALL,
)
LEFT_OUT = "[…]\n"


def run(command, folder, code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT / folder)
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop:
        main()
    captured = capsys.readouterr()
    assert int(stop.value.code or 0) == code, captured.err
    return captured.out


def is_excerpt(shown, printed):
    """Whether the parts that are shown stand in what is printed, in order."""
    place = 0
    for part in shown.split(LEFT_OUT):
        place = printed.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_page_shows_is_what_the_program_prints(page, monkeypatch, capsys):
    folder, code = ".", 0

    def replay(part):
        nonlocal folder, code
        folder, code = part["folder"] or folder, int(part["code"] or code)
        if not part["command"]:
            return part[0]
        printed = run(part["command"], folder, code, monkeypatch, capsys)
        code = 0
        if LEFT_OUT in part["output"]:
            assert is_excerpt(part["output"], printed), f"{part['command']} prints\n{printed}"
            return part[0]
        return f"```console\n$ {part['command']}\n{printed}```"

    shown = page.read_text("utf-8")
    printed = PART.sub(replay, shown)
    if os.environ.get("OUTLAST_GOLDEN"):
        page.write_text(printed, "utf-8")
    assert shown == printed or os.environ.get("OUTLAST_GOLDEN")


def test_some_page_is_replayed():
    assert {"README", "worked-examples", "start"} <= {page.stem for page in PAGES}


@pytest.mark.parametrize(
    ("shown", "fits"),
    [("a\n[…]\nc\n", True), ("[…]\nb\n", True), ("c\n[…]\na\n", False), ("a\nc\n[…]\n", False), ("d\n[…]\n", False)],
)
def test_an_excerpt_has_its_parts_in_order(shown, fits):
    assert is_excerpt(shown, "a\nb\nc\n") == fits
