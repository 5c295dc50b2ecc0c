"""outlast batch: many projects into one store."""

import sys
from pathlib import Path
from typing import Any

import click

from scanner.cli.options import FILE, Command, options

STORE = Path("portfolio.duckdb")


@click.command("batch", cls=Command, short_help="Scan thousands of projects into one store.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(allow_dash=True))
@click.option("--store", type=FILE, default=STORE, show_default=True, metavar="FILE", help="Where the runs are kept.")
@click.option("--html", type=FILE, metavar="DIR", help="Write the report of the portfolio into DIR.")
@click.option("--each", multiple=True, metavar="FORMAT=DIR", help="Write a report of every project; repeatable.")
@click.option("--resume", is_flag=True, help="Go on with the last run; what is done and unchanged stays.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a core]")
@click.option("--engine", type=click.Choice(("local", "dask")), help="Where the work is done.  [default: local]")
@click.option("--scheduler", metavar="ADDRESS", help="Of the Dask cluster, as in tcp://10.0.0.5:8786.")
@click.option("--ship", is_flag=True, help="Send the files to workers that do not share a disk.")
@options("lang", "offline", "exclude", "rules", "config", "strict", "quiet", "no_progress")
def command(sources: tuple[str, ...], **given: Any) -> int:
    """Scan the projects at SOURCE: directories of checkouts or of SBOMs, SBOM files, archives of them, globs, a list or
    CSV (path, project, owner, criticality, labels), an export of Dependency-Track, or - for a list on standard input.
    Every package is asked for once. A project that cannot be read is recorded, and the others go on.

    \b
    outlast batch checkouts/ --html report/
    outlast batch projects.csv --store all.duckdb --jobs 8
    outlast batch "boms/**/*.json" --offline --resume
    outlast batch projects.csv --engine dask --scheduler tcp://10.0.0.5:8786
    """
    from scanner import config as configuration
    from scanner.cli.progress import phases
    from scanner.cli.run import INCOMPLETE, deliver
    from scanner.portfolio.plan import entries
    from scanner.portfolio.run import batch

    config = configuration.load(given["config"])
    with phases(shown=not (given["quiet"] or given["no_progress"])) as progress:
        totals = batch(
            entries(sources, sys.stdin.buffer.read() if "-" in sources else b""),
            given["store"],
            _engine(given),
            config=config,
            rules=given["rules"],
            exclude=given["exclude"],
            offline=given["offline"] or config.file.scan.offline,
            resume=given["resume"],
            ship=given["ship"],
            each=_each(given["each"]),
            progress=progress,
        )
    deliver(_report(given["store"], given["html"], given["lang"]), None, quiet=given["quiet"])
    return INCOMPLETE if given["strict"] and totals.gaps else 0


def _engine(given: dict[str, Any]) -> Any:
    """What opens the workers that the options ask for."""
    from functools import partial

    from scanner.portfolio.engine import cores, local

    scheduler, engine = given["scheduler"], given["engine"] or ("dask" if given["scheduler"] else "local")
    if engine == "local" and scheduler:
        raise click.UsageError("--scheduler is for --engine dask")
    if engine == "local":
        return partial(local, jobs=given["jobs"] or cores())
    if not scheduler:
        raise click.UsageError("--engine dask wants --scheduler ADDRESS, as in tcp://10.0.0.5:8786")
    from scanner.portfolio.cluster import cluster

    return partial(cluster, address=scheduler)


def _each(pairs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Formats and absolute folders, which are made. Raises UsageError."""
    from scanner.portfolio.reports import FORMATS

    found = []
    for pair in pairs:
        format, sign, folder = pair.partition("=")
        if not sign or not folder or format not in FORMATS:
            raise click.UsageError(f"--each {pair}: wants FORMAT=DIR with a format of {', '.join(FORMATS)}")
        Path(folder).mkdir(parents=True, exist_ok=True)
        found.append((format, str(Path(folder).resolve())))
    return found


def _report(store: Path, html: Path | None, lang: str) -> str:
    """Writes the pages where they are wanted, and gives the run in a few lines."""
    from contextlib import closing

    from scanner.portfolio.overview import overview
    from scanner.portfolio.questions import Questions
    from scanner.report.portfolio.pages import write_pages
    from scanner.report.portfolio.terminal import summary

    with closing(Questions(store)) as questions:
        if html:
            write_pages(overview(questions), html, lang=lang)
        return summary(questions.totals(), questions.top("actors", 5).rows)
