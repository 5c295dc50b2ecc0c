"""What scan, check and baseline have in common: run a scan by the options given, and hand its reports out."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.progress import progress
from scanner.config import Config
from scanner.model import Scan, Threshold

if TYPE_CHECKING:
    from scanner.read import Visit

INCOMPLETE = 3
"""Exit code where something could not be looked at, under --strict."""


def run(
    paths: tuple[str, ...], config: Config, options: dict[str, Any], threshold: Threshold, visit: "Visit | None" = None
) -> Scan:
    """The scan of `paths`, the working directory where there are none; `visit` sees each file before it is read."""
    from scanner.pipeline import scan

    shown = not (options.get("no_progress") or options.get("quiet"))
    with progress(shown=shown) as report_progress:
        return scan(
            paths or (".",),
            config=config,
            offline=options["offline"] or config.file.scan.offline,
            rules=options["rules"],
            exclude=options.get("exclude", ()),
            as_format=options.get("as_format"),
            stdin=sys.stdin.buffer.read() if "-" in paths else b"",
            threshold=threshold,
            progress=report_progress,
            visit=visit,
        )


def reports(options: dict[str, Any], formats: tuple[str, ...]) -> list[tuple[str, Path | None]]:
    """Format and file of every report asked for; no file is standard output. Raises UsageError."""
    wanted: list[tuple[str, Path | None]] = [(options["format"], options["out"])]
    for pair in options["outputs"]:
        format, sign, file = pair.partition("=")
        if not sign or not file or format not in formats:
            raise click.UsageError(f"--output {pair}: wants FORMAT=FILE with a format of {', '.join(formats)}")
        wanted.append((format, Path(file)))
    if options.get("html"):
        wanted.append(("html", options["html"]))
    return wanted


def deliver(text: str, out: Path | None, *, quiet: bool = False, styled: bool = True) -> None:
    """Write a report to its file, or to standard output unless it should be quiet."""
    if out:
        from scanner.report import write

        write(out, click.unstyle(text) if styled else text)
    elif not quiet:
        click.echo(text, nl=False, color=colour())


def colour() -> bool | None:
    """NO_COLOR and FORCE_COLOR (https://no-color.org, https://force-color.org) before what the terminal is."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None
