"""What the pages and the README name is there: files, sections, commands, options, keys of the configuration, tests."""

import ast
import datetime
import re
import shlex
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import click
import msgspec
import pytest
import yaml

from scanner.cli import cli
from scanner.config import File
from scanner.rulebook import load
from scanner.rulebook.lint import lint
from tests.docs.commands_page import commands

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md")), ROOT / "rules" / "README.md"]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)")
COMMANDS = dict(commands("outlast", cli, None))
OPTIONS = {option for context in COMMANDS.values() for param in context.command.params for option in param.opts}
OPTIONS |= {"-h", "--help"}


def name(path):
    return str(path.relative_to(ROOT))


def anchors(page):
    """The ids of a page's headings, as forges and mkdocs make them."""
    text = FENCE.sub("", page.read_text("utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.replace("`", "").lower()).strip().replace(" ", "-") for title in titles}


def blocks(page, *kinds):
    return [text for kind, text in FENCE.findall(page.read_text("utf-8")) if kind in kinds]


def calls(page):
    """Every command line that a page shows, from "outlast" on."""
    text = page.read_text("utf-8")
    lines = [
        line.removeprefix("$ ") for block in blocks(page, "sh") for line in block.replace("\\\n", " ").splitlines()
    ]
    lines += [line[2:] for block in blocks(page, "console") for line in block.splitlines() if line.startswith("$ ")]
    lines += re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    for line in lines:
        for part in re.split(r"\s(?:&&|\|\|?|>)\s", line.partition("  #")[0]):
            if match := re.search(r"(?:^|\s)(outlast(?: .*)?)$", part.strip()):
                yield match[1]


def wrong(call):
    """What of a command line there is not."""
    words = shlex.split(call.replace("…", "X"))
    path = words.pop(0)
    while words and f"{path} {words[0]}" in COMMANDS:
        path = f"{path} {words.pop(0)}"
    context = COMMANDS[path]
    if isinstance(context.command, click.Group) and words and not words[0].startswith("-"):
        return f"{path} {words[0]}"
    known = {option for param in context.command.params for option in param.opts} | {"-h", "--help"}
    used = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
    return ", ".join(sorted(used - known))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page):
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme in ("https", "mailto"), link
            continue
        target = (page.parent / parts.path).resolve() if parts.path else page
        assert target.exists(), link
        if parts.fragment:
            assert parts.fragment in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_and_option_shown_is_one_that_there_is(page):
    assert {call: wrong(call) for call in calls(page) if wrong(call)} == {}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_option_named_alone_is_one_that_there_is(page):
    named = re.findall(r"`(--?[a-z][a-z-]*)[^`\n]*`", FENCE.sub("", page.read_text("utf-8")))
    assert set(named) <= OPTIONS


def test_the_readme_shows_commands():
    assert len(set(calls(ROOT / "README.md"))) > 10


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "toml")], ids=name)
def test_every_configuration_shown_is_valid(page):
    for block in blocks(page, "toml"):
        msgspec.convert(tomllib.loads(block), File)


def test_the_record_that_is_shown_is_one_that_the_lint_takes(tmp_path):
    (record,) = blocks(DOCS / "rules.md", "yaml")
    content = yaml.safe_load(record)
    place = tmp_path / "technologies" / content["kind"] / f"{content['id']}.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(record)
    assert load.technology(place).id == "acme-queue"
    there_elsewhere = ("unknown steward acme", "unknown actor acme", "which is no technology")
    complaints = [item.message for item in lint(tmp_path, datetime.date(2026, 11, 24))]
    assert [text for text in complaints if not any(words in text for words in there_elsewhere)] == []


def test_every_page_is_in_the_navigation_and_nothing_else_is():
    text = re.sub(r"!\S+", "", (DOCS / "mkdocs.yml").read_text("utf-8"))  # tags of mkdocs
    listed = re.findall(r"\b[\w/-]+\.md\b", str(yaml.safe_load(text)["nav"]))
    assert sorted(listed) == sorted(page.name for page in DOCS.glob("*.md"))


def named_in(path):
    """The names of the tests in a file, those of a class behind its name."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (f"{node.name}::{part.name}" for part in node.body if isinstance(part, ast.FunctionDef))


def test_every_test_that_the_threat_model_names_is_there():
    text = (DOCS / "threat-model.md").read_text("utf-8")
    files = dict(re.findall(r"^\[([\w-]+)\]: \.\./(tests/\S+\.py)$", text, re.MULTILINE))
    named = re.findall(r"\[([\w-]+)\]::([\w:]+)", text)
    assert len(named) > 60
    there = {alias: set(named_in(ROOT / path)) for alias, path in files.items()}
    assert [f"{alias}::{test}" for alias, test in named if test not in there[alias]] == []
    assert {alias for alias, _ in named} == set(files)
