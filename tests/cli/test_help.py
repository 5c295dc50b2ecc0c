"""The help: every command in its group, and nothing wider than a terminal of 80 columns."""

from pathlib import Path

import pytest

import scanner.cli
from scanner.cli import GROUPS, cli
from tests.docs.commands_page import commands

CONTEXTS = dict(commands("outlast", cli, None))


def test_every_command_is_in_one_group():
    folder = Path(scanner.cli.__file__).parent
    modules = {
        path.stem
        for path in folder.glob("*.py")
        if "\ncommand" in (text := path.read_text("utf-8")) or "def command(" in text
    }
    named = [name for names in GROUPS.values() for name in names]
    assert sorted(named) == sorted(modules)


def test_the_help_shows_them_by_group_in_one_column(outlast):
    lines = outlast("--help").out.splitlines()
    start = lines.index("Look:")
    shown = [line for line in lines[start:] if line.startswith("  ")]
    assert [line.split()[0] for line in shown] == [name for names in GROUPS.values() for name in names]
    assert len({len(line) - len(line[14:].lstrip()) for line in shown}) == 1


@pytest.mark.parametrize("path", CONTEXTS)
def test_no_line_is_wider_than_a_terminal(path):
    assert [line for line in CONTEXTS[path].get_help().splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("path", [path for path in CONTEXTS if path.count(" ") == 1])
def test_every_command_shows_an_example(path):
    context = CONTEXTS[path]
    below = [other.command.help or "" for name, other in CONTEXTS.items() if name.startswith(path)]
    assert any("\b" in text for text in below), context.command_path


def test_python_m_scanner_calls_itself_outlast(outlast):
    assert outlast("explain").err.endswith("see `outlast explain --help`\n")
