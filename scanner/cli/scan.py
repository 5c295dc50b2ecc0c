"""outlast scan: read, resolve, assess and report one project."""

from typing import Any

import click

from scanner.cli.options import Command, format_option, options
from scanner.report import FORMATS, render


@click.command("scan", cls=Command, short_help="Say which technologies a project hangs on.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(allow_dash=True))
@format_option(FORMATS)
@options("out", "output", "html", "quiet", "no_progress")
@options("offline", "exclude", "as", "rules", "config", "fail_on", "strict", "baseline")
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Read the SBOMs, lockfiles and deployment files at PATH (a directory, a file, or - for an SBOM on standard
    input; by default this directory) and report which technologies under them hang on a single actor.

    \b
    outlast scan . --html report.html
    outlast scan bom.json --format json --offline
    outlast scan . --fail-on flagged          # a gate: exit 1 if anything is flagged
    """
    from scanner import config as configuration
    from scanner import gate
    from scanner.cli.run import INCOMPLETE, deliver, reports, run

    wanted = reports(given, FORMATS)
    config = configuration.load(given["config"])
    known = gate.known(given["baseline"] or config.baseline)
    fail_on = given["fail_on"] or config.file.scan.fail_on
    result = gate.with_known(run(paths, config, given, "watch" if fail_on == "never" else fail_on), known)
    for format, path in wanted:
        deliver(render(result, format), path, quiet=given["quiet"], styled=format == "text")
    if result.gaps and given["strict"]:
        return INCOMPLETE
    return int(fail_on != "never" and gate.fails(result))
