"""outlast check: a scan, judged by the policy."""

from typing import Any

import click

from scanner.cli.options import Command, format_option, options
from scanner.report import FORMATS, render


@click.command("check", cls=Command, short_help="Exit 1 where the policy forbids something.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(allow_dash=True))
@format_option(FORMATS)
@options("out", "output", "html", "lang", "quiet", "no_progress")
@options("offline", "exclude", "as", "rules", "config", "strict", "baseline")
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Scan PATH and hold it against the [[policy]] and [[exception]] tables of outlast.toml; without a policy,
    whatever is flagged is a finding. What the baseline knows is shown by the other formats and fails nothing.

    \b
    outlast check
    outlast check --output sarif=outlast.sarif
    outlast baseline write && outlast check     # from now on, only what is new
    """
    from scanner import config as configuration
    from scanner import gate
    from scanner.assess.aloud import aloud
    from scanner.cli.run import INCOMPLETE, deliver, reports, run
    from scanner.report import check as report
    from scanner.report.language import catalogue

    wanted = reports(given, FORMATS)
    config = configuration.load(given["config"])
    known = gate.known(given["baseline"] or config.baseline)
    lang, words = given["lang"], catalogue(given["lang"])
    checked = gate.check(run(paths, config, given, "unknown"), config, known, words)
    sentences = {rule.name: aloud(rule, words) for rule in gate.rules(config)}
    for format, path in wanted:
        text = (
            report.render(checked.scan, sentences, lang=lang)
            if format == "text"
            else render(checked.scan, format, lang)
        )
        deliver(text, path, quiet=given["quiet"], styled=format == "text")
    for note in checked.notes:
        click.echo(note, err=True)
    if checked.scan.gaps and given["strict"]:
        return INCOMPLETE
    return int(gate.fails(checked.scan))
