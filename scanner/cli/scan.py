"""outlast scan: read, resolve, assess and report one project."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from scanner.report import FORMATS, render, write

INCOMPLETE = 3


@click.command("scan", short_help="Say which technologies a project hangs on.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "format", type=click.Choice(FORMATS), default="text", help="What goes to standard output.")
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE instead.")
@click.option("--output", "outputs", multiple=True, metavar="FORMAT=FILE", help="Write one more report; repeatable.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Short for --output html=FILE.")
@click.option("--offline", is_flag=True, help="Open no connection: use what the cache has.")
@click.option(
    "--fail-on",
    type=click.Choice(("flagged", "watch", "unknown", "never")),
    help="Exit 1 from this verdict on.  [default: never]",
)
@click.option("--strict", is_flag=True, help="Exit 3 where something could not be looked at.")
@click.option("--rules", multiple=True, type=click.Path(path_type=Path), metavar="DIR", help="Own rules on top.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Instead of ./outlast.toml.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Paths to leave out; repeatable.")
@click.option("--as", "as_format", metavar="FORMAT", help="Read the input as this format, whatever its name.")
@click.option("--quiet", "-q", is_flag=True, help="No report on standard output unless -o names a file.")
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("--debug", is_flag=True, help="Show the cause of an error.")
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Read the SBOMs, lockfiles and deployment files at PATH (a directory, a file, or - for an SBOM on standard
    input; by default this directory) and report which technologies under them hang on a single actor.

    \b
    outlast scan . --html report.html
    outlast scan bom.json --format json --offline
    outlast scan . --fail-on flagged          # a gate: exit 1 if anything is flagged
    """
    from scanner import config as configuration
    from scanner.cli.progress import progress
    from scanner.pipeline import scan

    reports = _reports(options)
    config = configuration.load(options["config"])
    fail_on = options["fail_on"] or config.file.scan.fail_on
    with progress(shown=not (options["no_progress"] or options["quiet"])) as report_progress:
        result = scan(
            paths or (".",),
            config=config,
            offline=options["offline"] or config.file.scan.offline,
            rules=options["rules"],
            exclude=options["exclude"],
            as_format=options["as_format"],
            stdin=sys.stdin.buffer.read() if "-" in paths else b"",
            threshold="watch" if fail_on == "never" else fail_on,
            progress=report_progress,
        )
    for format, path in reports:
        text = render(result, format)
        if path:
            write(path, click.unstyle(text) if format == "text" else text)
        elif not options["quiet"]:
            click.echo(text, nl=False, color=colour())
    if result.gaps and options["strict"]:
        return INCOMPLETE
    return int(fail_on != "never" and bool(result.findings))


def _reports(options: dict[str, Any]) -> list[tuple[str, Path | None]]:
    """Format and file of every report asked for; no file is standard output."""
    reports: list[tuple[str, Path | None]] = [(options["format"], options["out"])]
    for pair in options["outputs"]:
        format, sign, file = pair.partition("=")
        if not sign or not file or format not in FORMATS:
            raise click.UsageError(f"--output {pair}: wants FORMAT=FILE with a format of {', '.join(FORMATS)}")
        reports.append((format, Path(file)))
    if options["html"]:
        reports.append(("html", options["html"]))
    return reports


def colour() -> bool | None:
    """NO_COLOR and FORCE_COLOR (https://no-color.org, https://force-color.org) before what the terminal is."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None
