"""outlast plan: the way out, and where to put money."""

from pathlib import Path
from typing import Any

import click

from scanner.cli.complete import choices as choices_offered
from scanner.cli.options import options
from scanner.cli.progress import progress


@click.group("plan", short_help="Plan exits, and the funding of commons.")
def command() -> None:
    """What to do about it: which technologies to leave first, and which commons to help to fund."""


config_option = click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="Instead of ./outlast.toml."
)
rules_option = click.option(
    "--rules", multiple=True, type=click.Path(path_type=Path), metavar="DIR", help="Own rules on top."
)
format_option = click.option("--format", "format", type=click.Choice(("text", "json")), default="text")


@command.command("exit")
@click.argument("path", default=".", metavar="[PATH|SCAN.json]")
@click.option(
    "--choose",
    "choices",
    multiple=True,
    metavar="OLD=NEW",
    shell_complete=choices_offered,
    help="Show the register with OLD replaced.",
)
@config_option
@rules_option
@format_option
@options("lang")
def exit_(path: str, choices: tuple[str, ...], **given: Any) -> None:
    """Order the flagged and watched technologies by risk reduced per effort, with the ways out.

    \b
    outlast plan exit
    outlast plan exit --choose vmware-vsphere=openstack
    """
    from scanner import config
    from scanner.questions import exit_plan, replaced, saved_or_scanned
    from scanner.report import plans
    from scanner.report.language import catalogue

    settings = config.load(given["config"])
    words = catalogue(given["lang"])
    with progress():
        scan = saved_or_scanned(path, config=settings, rules=given["rules"])
    if choices:
        wanted = dict(_pair(choice) for choice in choices)
        after = replaced(scan, wanted, config=settings, rules=given["rules"])
        text = plans.json(after.register) if _wants_json(given) else plans.before_and_after(scan, after, wanted, words)
    else:
        steps = exit_plan(scan, config=settings, rules=given["rules"])
        text = plans.json(steps) if _wants_json(given) else plans.exits(steps, words)
    _echo(text)


@command.command("funding")
@click.argument("paths", nargs=-1, metavar="[PATH|SCAN.json]...")
@click.option("--budget", type=click.IntRange(min=1), required=True, help="What there is to give, in whole units.")
@config_option
@rules_option
@format_option
@options("lang")
def funding_(paths: tuple[str, ...], budget: int, **given: Any) -> None:
    """Spread a budget over the commons that the projects at PATH rely on, by severity and breadth of use.

    \b
    outlast plan funding --budget 20000
    outlast plan funding --budget 20000 shop.json blog.json
    """
    from scanner import config
    from scanner.outlook.funding import funding
    from scanner.questions import saved_or_scanned
    from scanner.report import plans
    from scanner.report.language import catalogue

    settings = config.load(given["config"])
    with progress():
        scans = [saved_or_scanned(path, config=settings, rules=given["rules"]) for path in paths or (".",)]
    words = catalogue(given["lang"])
    grants = funding(scans, budget)
    _echo(plans.json(grants) if _wants_json(given) else plans.funding(grants, budget, words))


def _pair(choice: str) -> tuple[str, str]:
    old, sign, new = choice.partition("=")
    if not (old and sign and new):
        raise click.UsageError(f"--choose {choice}: wants OLD=NEW, two ids of technologies")
    return old, new


def _wants_json(given: dict[str, Any]) -> bool:
    return bool(given["format"] == "json")


def _echo(text: str) -> None:
    from scanner.cli.run import colour

    click.echo(text, nl=False, color=colour())
