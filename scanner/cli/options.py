"""The options that several commands share, and help that shows them in groups."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
LANGUAGES = ("en", "fr")
"""Those that there is a catalogue of; a test holds both equal."""


def _formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> Any:
    from scanner.cli.complete import formats

    return formats(ctx, param, incomplete)


OPTIONS: dict[str, Callable[[Any], Any]] = {
    "out": click.option("-o", "out", type=FILE, metavar="FILE", help="Write it to FILE instead."),
    "output": click.option(
        "--output", "outputs", multiple=True, metavar="FORMAT=FILE", help="Write one more report; repeatable."
    ),
    "html": click.option("--html", type=FILE, metavar="FILE", help="Short for --output html=FILE."),
    "lang": click.option(
        "--lang", type=click.Choice(LANGUAGES), default="en", help="Language of text, HTML and Markdown."
    ),
    "quiet": click.option("--quiet", "-q", is_flag=True, help="No report on standard output unless -o names a file."),
    "no_progress": click.option("--no-progress", is_flag=True, help="No progress bar."),
    "offline": click.option("--offline", is_flag=True, help="Open no connection: use what the cache has."),
    "exclude": click.option("--exclude", multiple=True, metavar="GLOB", help="Paths to leave out; repeatable."),
    "split": click.option("--split", is_flag=True, help="A report for each project of a monorepo, not one of all."),
    "as": click.option(
        "--as",
        "as_format",
        metavar="FORMAT",
        shell_complete=_formats,
        help="Read the input as this format, whatever its name.",
    ),
    "validate": click.option("--validate", is_flag=True, help="Exit 2 where an SBOM breaks its schema, and say where."),
    "rules": click.option("--rules", multiple=True, type=FILE, metavar="DIR", help="Own rules on top."),
    "config": click.option("--config", type=FILE, metavar="FILE", help="Instead of ./outlast.toml."),
    "strict": click.option("--strict", is_flag=True, help="Exit 3 where something could not be looked at."),
    "baseline": click.option(
        "--baseline", type=FILE, metavar="FILE", help="What is known already fails nothing.  [default: as configured]"
    ),
    "fail_on": click.option(
        "--fail-on",
        type=click.Choice(("flagged", "watch", "unknown", "never")),
        help="Exit 1 from this verdict on.  [default: never]",
    ),
}
GROUPS = {
    "Output": ("format", "out", "outputs", "html", "lang", "quiet", "no_progress"),
    "Input": ("offline", "exclude", "split", "as_format", "validate", "rules", "config"),
    "Gate": ("fail_on", "strict", "baseline"),
}


def options(*names: str) -> Callable[[F], F]:
    """These of OPTIONS, shown in this order."""

    def add(function: F) -> F:
        for name in reversed(names):
            function = OPTIONS[name](function)
        return function

    return add


def format_option(formats: tuple[str, ...]) -> Callable[[F], F]:
    """--format with these choices; the first is the default."""
    choice = click.Choice(formats)
    return click.option("--format", "format", type=choice, default=formats[0], help="What goes to standard output.")


class Command(click.Command):
    """A command whose help shows its options in GROUPS."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each group under its heading, and what is in none of them at the end."""
        shown = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = {param.name: record for param in shown if (record := param.get_help_record(ctx))}
        for heading, names in GROUPS.items():
            rows = [records.pop(name) for name in names if name in records]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)
        with formatter.section("Other"):
            formatter.write_dl(list(records.values()))
