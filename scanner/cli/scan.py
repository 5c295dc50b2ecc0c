"""outlast scan: read, resolve, assess and report one project."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.options import Command, format_option, options
from scanner.report import FORMATS, render

if TYPE_CHECKING:
    from scanner.read.sbom.validate import Validation

INVALID = 2
"""Exit code where an SBOM breaks its schema, under --validate."""


@click.command("scan", cls=Command, short_help="Say which technologies a project hangs on.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(allow_dash=True))
@format_option(FORMATS)
@options("out", "output", "html", "lang", "quiet", "no_progress")
@options("offline", "exclude", "split", "as", "validate", "rules", "config", "fail_on", "strict", "baseline")
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Read the SBOMs, lockfiles and deployment files at PATH (a directory, a file, or - for an SBOM on standard
    input; by default this directory) and report which technologies under them hang on a single actor.

    \b
    outlast scan . --html report.html
    outlast scan bom.json --format json --offline
    outlast scan . --fail-on flagged     # a gate: exit 1 if anything is flagged

    With --split each folder with a lockfile is a project: reports come one after the other, and the names of files
    have that of the folder, as in report-services-api.html.
    """
    from scanner import config as configuration
    from scanner import gate
    from scanner.cli.run import INCOMPLETE, deliver, reports, run
    from scanner.cli.split import Part, called, file_of, split

    wanted = reports(given, FORMATS)
    config = configuration.load(given["config"])
    known = gate.known(given["baseline"] or config.baseline)
    fail_on = given["fail_on"] or config.file.scan.fail_on
    threshold = "watch" if fail_on == "never" else fail_on
    projects = split(paths, given["exclude"]) if given["split"] else [Part("", paths, given["exclude"])]
    with _validation(on=given["validate"]) as validation:
        results = [
            (
                part.name,
                gate.with_known(
                    run(part.paths, config, given | {"exclude": part.exclude}, threshold, validation), known
                ),
            )
            for part in projects
        ]
    names = [name for name, _ in results]
    for name, result in results:
        for format, path in wanted:
            text = render(called(result, name), format, given["lang"])
            deliver(text, file_of(path, name, names), quiet=given["quiet"], styled=format == "text")
    if validation and validation.breaches:
        return INVALID
    if given["strict"] and any(result.gaps for _, result in results):
        return INCOMPLETE
    return int(fail_on != "never" and any(gate.fails(result) for _, result in results))


@contextmanager
def _validation(*, on: bool) -> "Iterator[Validation | None]":
    """What notes breaches of schemas as files go by, and says them even where reading stops."""
    if not on:
        yield None
        return
    from scanner.read.sbom.validate import Validation

    validation = Validation()
    try:
        yield validation
    finally:
        for line in (*validation.breaches, *validation.unchecked):
            click.echo("".join(char if char.isprintable() else " " for char in str(line)), err=True)
