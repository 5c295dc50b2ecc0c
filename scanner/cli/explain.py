"""outlast explain: a verdict's sum, and who says so."""

from pathlib import Path

import click

from scanner.cli.complete import technologies
from scanner.cli.options import options
from scanner.cli.progress import progress


@click.command("explain", short_help="Print a verdict's sum and its sources.")
@click.argument("subject", metavar="PURL|TECHNOLOGY", shell_complete=technologies)
@click.option("--rules", multiple=True, type=click.Path(path_type=Path), metavar="DIR", help="Own rules on top.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Instead of ./outlast.toml.")
@options("lang")
@click.option("--offline", is_flag=True, help="Open no connection: use what the cache has.")
def command(subject: str, rules: tuple[Path, ...], config: Path | None, offline: bool, lang: str) -> None:
    """Print why a technology (its id or name) or a package (its purl) has the verdict it has.

    \b
    outlast explain postgresql
    outlast explain pkg:pypi/boto3@1.40.0
    """
    from scanner import config as configuration
    from scanner.cli.run import colour
    from scanner.questions import explain
    from scanner.report.explanation import render
    from scanner.report.language import catalogue

    with progress():
        scan = explain(subject, config=configuration.load(config), rules=rules, offline=offline)
    click.echo(render(scan, subject, catalogue(lang)), nl=False, color=colour())
