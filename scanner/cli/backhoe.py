"""outlast backhoe: the day the cable is cut."""

from pathlib import Path
from typing import Any

import click

from scanner.cli.complete import losses as losses_offered
from scanner.cli.options import options
from scanner.cli.progress import progress


@click.command("backhoe", short_help="Simulate a loss: what is gone, what goes on?")
@click.argument("path", default=".", metavar="[PATH|SCAN.json]")
@click.option(
    "--lose",
    "losses",
    multiple=True,
    metavar="WHAT",
    shell_complete=losses_offered,
    help="What is lost; repeat it to lose several at once.",
)
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text")
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE instead.")
@options("lang")
@click.option("--rules", multiple=True, type=click.Path(path_type=Path), metavar="DIR", help="Own rules on top.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Instead of ./outlast.toml.")
def command(path: str, losses: tuple[str, ...], out: Path | None, **given: Any) -> None:
    """Lose something and see what is gone, what goes on without it, which services fall and which packages could no
    longer be installed. Without --lose: every single point of failure, ranked, and the smallest sets of actors that
    stop each vital service. PATH is scanned offline; a report saved with --format json is taken as it is.

    \b
    outlast backhoe . --lose actor:amazon
    outlast backhoe report.json --lose country:US --lose registry:npm
    outlast backhoe . --lose technology:redis
    """
    from scanner import config
    from scanner.cli.run import colour
    from scanner.outlook.backhoe import backhoe
    from scanner.questions import saved_or_scanned
    from scanner.report import aftermath, write
    from scanner.report.language import catalogue

    with progress():
        scan = saved_or_scanned(path, config=config.load(given["config"]), rules=given["rules"])
        result = backhoe(scan, losses) if losses else scan.outlook
    as_json = given["format"] == "json"
    text = aftermath.json(result) if as_json else aftermath.text(result, scan, catalogue(given["lang"]))
    if out:
        write(out, click.unstyle(text))
    else:
        click.echo(text, nl=False, color=colour())
