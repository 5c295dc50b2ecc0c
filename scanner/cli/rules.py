"""outlast rules: look into the database, check it, add to it."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from scanner.cli.complete import technologies
from scanner.cli.progress import progress

rules_option = click.option(
    "--rules", multiple=True, type=click.Path(path_type=Path), metavar="DIR", help="Own rules on top."
)


@click.group("rules", short_help="List, show, check and add rule records.")
def command() -> None:
    """The curated rules: facts about technologies and the actors behind them, each with its source.

    \b
    outlast rules list database
    outlast rules show postgresql
    """


@command.command("list")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@rules_option
def list_(words: tuple[str, ...], rules: tuple[Path, ...]) -> None:
    """List technologies with their verdicts; with WORDs, those whose id, name or kind has them all."""
    from scanner.cli.run import colour
    from scanner.errors import UsageError
    from scanner.report.text import tag

    book, found = _book(rules), 0
    for id in book.ids:
        record = book.technology(id).record
        if all(word.lower() in f"{id} {record.name} {record.kind}".lower() for word in words):
            judgement, found = _judgement(book, id), found + 1
            score = "" if judgement.score is None else judgement.score
            mark = tag(judgement.verdict)
            space = " " * (10 - len(click.unstyle(mark)))
            click.echo(f"{mark}{space}{score:>4}  {record.name}  ({record.kind}, {id})", color=colour())
    if not found:
        text = " ".join(words)
        raise UsageError(f"no technology with {text!r} in its id, name or kind{book.near(text.lower())}")


@command.command("show")
@click.argument("technology", shell_complete=technologies)
@rules_option
def show(technology: str, rules: tuple[Path, ...]) -> None:
    """Print a record as a page: the facts, the verdict's sum, what it matches."""
    from scanner.cli.run import colour
    from scanner.config import Config
    from scanner.questions import explain
    from scanner.report.explanation import render

    book = _book(rules)
    id = book.find(technology)
    click.echo(render(explain(id, config=Config(), rules=rules, offline=True), id), color=colour())
    click.echo("matches")
    for match in book.technology(id).record.matches:
        where = [match.purl or match.key or match.file, f"in {match.file}" if match.key and match.file else ""]
        click.echo(f"  {match.relation:<10} {' '.join(filter(None, where))}")


@command.command("lint")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
def lint_(directory: Path | None) -> int:
    """Check every record below DIRECTORY (by default the shipped ones): shape, sources, actors, matches.

    Records of your own are checked as they lie over the shipped ones, whose ids they may name.
    """
    from scanner.pipeline import today
    from scanner.rulebook import shipped
    from scanner.rulebook.lint import lint

    own = directory is not None and directory.resolve() != shipped().resolve()
    with progress():
        complaints = lint(directory or shipped(), today(), over=shipped() if own else None)
    for complaint in complaints:
        kind = "warning: " if complaint.warning else ""
        click.echo(f"{_near(complaint.path)}: {kind}{complaint.message}", err=True)
    errors = sum(not complaint.warning for complaint in complaints)
    warnings = len(complaints) - errors
    click.echo(f"{errors} error{'s'[errors == 1 :]}, {warnings} warning{'s'[warnings == 1 :]}", err=True)
    return int(errors > 0)


@command.command("stats")
@rules_option
def stats_(rules: tuple[Path, ...]) -> None:
    """Count records by kind and verdict, matches by purl type, and how many sources were read."""
    from scanner.rulebook.stats import stats

    book = _book(rules)
    with progress():
        figures = stats(book)
        verdicts = Counter(_judgement(book, id).verdict for id in book.ids)
    click.echo(f"{figures.technologies} technologies, {figures.actors} actors")
    click.echo(_read("sources", figures.sources))
    click.echo(_read("owners of actors", figures.owners))
    click.echo(_read("technologies with a fork", figures.forks))
    _table("verdicts", verdicts)
    _table("kinds", figures.kinds)
    words = f"{figures.files} file names, {figures.keys} words in files"
    _table(f"matches: {figures.matches.total()} packages and patterns, {words}", figures.matches)


def _read(what: str, figures: tuple[int, int]) -> str:
    read, of = figures
    return f"{of} {what}, {read} read when the record was reviewed ({round(100 * read / max(of, 1))} %)"


@command.command("new")
@click.argument("id")
@click.option("--name", prompt=True, help="The technology's name.")
@click.option("--kind", prompt=True, help="One of the kinds in rules/README.md.")
@click.option("--homepage", prompt=True, help="Its own site.")
@click.option("--steward", prompt=True, help="The id of the actor whose loss matters.")
@click.option("--purl", "purls", multiple=True, help="A package that uses it; repeatable.")
@click.option("--rules", "directory", type=click.Path(path_type=Path), default=Path("rules"), show_default=True)
def new(id: str, directory: Path, **facts: Any) -> None:
    """Write a skeleton of the record ID, and of its steward's where there is none, for you to fill in."""
    from scanner.rulebook.skeleton import write

    for path in write(directory, id, **facts):
        click.echo(f"wrote {path}; replace every unknown that you can, with its source")


def _book(rules: tuple[Path, ...]) -> Any:
    from scanner import config
    from scanner.rulebook import open_rulebook

    settings = config.load()
    return open_rulebook([*settings.rules, *rules], settings.cache)


def _judgement(book: Any, id: str) -> Any:
    from scanner.assess.evidence import facts_of
    from scanner.assess.technology import judge

    return judge(facts_of(book.technology(id)))


def _table(title: str, counts: Counter[Any]) -> None:
    click.echo(f"\n{title}")
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))):
        click.echo(f"  {count:>6}  {name}")


def _near(path: Path) -> Path:
    """Relative to here where it is below, as an editor's link wants it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
