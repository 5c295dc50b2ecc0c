"""outlast diff: what a change does to what a project hangs on."""

from typing import Any

import click

from scanner.cli.options import Command, format_option, options
from scanner.cli.progress import progress

FORMATS = ("text", "markdown", "json", "sarif")


@click.command("diff", cls=Command, short_help="Compare two revisions, directories, files or saved reports.")
@click.argument("old", metavar="OLD[..NEW]")
@click.argument("new", metavar="[NEW]", required=False)
@format_option(FORMATS)
@options("out", "output", "lang", "quiet", "no_progress", "offline", "exclude", "rules", "config", "fail_on")
def command(old: str, new: str | None, **given: Any) -> int:
    """Show technologies, actors and packages that were added or removed or became better or worse. OLD and NEW are
    git revisions (as they are below this directory), directories, files, or reports saved with --format json; NEW is
    by default this directory as it is. A version bump alone is no change.

    \b
    outlast diff main                           the working tree against main
    outlast diff main..HEAD --format markdown   for a pull request
    outlast diff main...HEAD                    from where the two parted
    outlast diff last-week.json . --fail-on flagged
    """
    from scanner import config as configuration
    from scanner.assess.difference import compare
    from scanner.cli.run import deliver, reports
    from scanner.report import difference as report
    from scanner.sides import sides

    wanted = reports(given, FORMATS)
    config = configuration.load(given["config"])
    fail_on = given["fail_on"] or "never"
    with progress(shown=not (given["no_progress"] or given["quiet"])) as report_progress:
        before, after = sides(
            old,
            new,
            config=config,
            rules=given["rules"],
            exclude=given["exclude"],
            offline=given["offline"] or config.file.scan.offline,
            threshold=given["fail_on"] if fail_on != "never" else "watch",
            progress=report_progress,
        )
    result = compare(before.scan, after.scan, (before.name, after.name))
    for format, path in wanted:
        text = report.render(result, after.scan, format, given["lang"])
        deliver(text, path, quiet=given["quiet"], styled=format == "text")
    return int(fail_on != "never" and bool(result.findings))
