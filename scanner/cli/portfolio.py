"""outlast portfolio: questions to the store of a batch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from scanner.cli.batch import STORE
from scanner.cli.complete import losses as losses_offered
from scanner.cli.complete import technologies
from scanner.cli.options import FILE, options

F = TypeVar("F", bound=Callable[..., Any])
TOP = ("actors", "technologies", "packages")


@click.group("portfolio", short_help="Ask the store of a batch.")
def command() -> None:
    """What the store of `outlast batch` knows: who can stop most projects, who uses what, what has changed.

    \b
    outlast portfolio top actors
    outlast portfolio who-uses amazon-dynamodb
    outlast portfolio changed --since 2026-10-01
    outlast portfolio backhoe --lose actor:amazon
    outlast portfolio query "SELECT * FROM trends"
    """


store_option = click.option(
    "--store", type=FILE, default=STORE, show_default=True, metavar="FILE", help="What `outlast batch` wrote."
)
format_option = click.option("--format", "format", type=click.Choice(("text", "csv", "json")), default="text")


@command.command("top")
@click.argument("what", type=click.Choice(TOP))
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@store_option
@format_option
def top(what: str, limit: int, store: Path, format: str) -> None:
    """List the actors without whom most projects stop, or the technologies or packages that most projects use."""
    with _asking(store) as questions:
        _show(questions.top(what, limit), format)


@command.command("who-uses")
@click.argument("subject", metavar="TECHNOLOGY|PURL", shell_complete=technologies)
@store_option
@format_option
def who_uses(subject: str, store: Path, format: str) -> None:
    """List the projects that use a technology, or have a package in any version or in one."""
    with _asking(store) as questions:
        _show(questions.who_uses(subject), format)


@command.command("changed")
@click.option("--since", required=True, metavar="RUN|DAY", help="A run by its number, or the last one up to a day.")
@store_option
@format_option
def changed(since: str, store: Path, format: str) -> None:
    """List what is different now: verdicts of projects and technologies, who uses what, flagged uses."""
    with _asking(store) as questions:
        _show(questions.changed(since), format)


@command.command("runs")
@store_option
@format_option
def runs(store: Path, format: str) -> None:
    """List every finished run with its figures."""
    with _asking(store) as questions:
        _show(questions.runs(), format)


@command.command("backhoe")
@click.option(
    "--lose",
    "losses",
    multiple=True,
    required=True,
    metavar="WHAT",
    shell_complete=losses_offered,
    help="What is lost; repeatable.",
)
@store_option
@format_option
def backhoe(losses: tuple[str, ...], store: Path, format: str) -> None:
    """Lose actors, jurisdictions, registries, forges or technologies (actor:ID, country:CC, registry:TYPE, forge:ID,
    technology:ID) and see which projects fall. CSV and JSON list the projects.
    """
    from scanner.portfolio.losses import FALLEN_COLUMNS, Portfolio
    from scanner.report.portfolio.terminal import loss

    with _asking(store) as questions:
        portfolio = Portfolio(questions)
        found = portfolio.lose(losses)
        fallen = portfolio.fallen(found.aftermath)
        if format == "text":
            _echo(loss(found, fallen, portfolio.names, portfolio.projects))
        else:
            _show((FALLEN_COLUMNS, fallen), format)


@command.command("funding")
@click.option("--budget", type=click.IntRange(min=1), required=True, help="What there is to give, in whole units.")
@store_option
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text")
def funding(budget: int, store: Path, format: str) -> None:
    """Spread a budget over the commons that the projects rely on, by severity and breadth of use."""
    from scanner.report import plans

    with _asking(store) as questions:
        grants = questions.funding(budget)
    _echo(plans.json(grants) if format == "json" else plans.funding(grants, budget))


@command.command("query")
@click.argument("sql")
@store_option
@format_option
def query(sql: str, store: Path, format: str) -> None:
    """Run a query on the store, which is only read. docs/portfolio.md describes its tables and views."""
    with _asking(store) as questions:
        _show(questions.query(sql), format)


@command.command("html")
@click.argument("folder", type=FILE, metavar="DIR")
@store_option
@options("lang")
def html(folder: Path, store: Path, lang: str) -> None:
    """Write the report of the portfolio into DIR."""
    from scanner.portfolio.overview import overview
    from scanner.report.portfolio.pages import write_pages

    with _asking(store) as questions:
        write_pages(overview(questions), folder, lang=lang)


@command.command("export")
@click.argument("folder", type=FILE, metavar="DIR")
@click.option("--format", "format", type=click.Choice(("parquet", "csv")), default="parquet", show_default=True)
@store_option
def export(folder: Path, format: str, store: Path) -> None:
    """Write every table with all runs into DIR, a file each."""
    with _asking(store) as questions:
        for path in questions.export(folder, format):
            click.echo(str(path), err=True)


@contextmanager
def _asking(store: Path) -> Iterator[Any]:
    from scanner.portfolio.questions import Questions

    questions = Questions(store)
    try:
        yield questions
    finally:
        questions.close()


def _show(table: Any, format: str) -> None:
    from scanner.report.portfolio.table import render

    columns, rows = table
    for piece in render(columns, rows, format):
        _echo(piece)


def _echo(text: str) -> None:
    from scanner.cli.run import colour

    click.echo(text, nl=False, color=colour())
