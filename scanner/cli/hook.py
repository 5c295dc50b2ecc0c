"""outlast hook: what a commit changes, for pre-commit (https://pre-commit.com)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.options import Command, options

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.rulebook import Rulebook

WAY_OUT = "an [[exception]] in outlast.toml lets it pass until a day"


@click.command("hook", cls=Command, short_help="Check the files of a commit; for pre-commit.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option("--online", is_flag=True, help="Ask the registries; by default only the cache is.")
@options("rules", "config", "baseline")
def command(files: tuple[str, ...], *, online: bool, **given: Any) -> int:
    """Hold the SBOMs, lockfiles and deployment files among FILEs against the policy, and say nothing where there is
    nothing to say. Files that outlast does not read are passed over; what the baseline knows passes.

    \b
    # .pre-commit-config.yaml
    repos:
      - repo: local
        hooks:
          - {id: outlast, name: outlast, entry: outlast hook, language: system}
    """
    from scanner import config as configuration
    from scanner.read.changed import inputs
    from scanner.rulebook import open_rulebook

    config = configuration.load(given["config"])
    rulebook = open_rulebook([*config.rules, *given["rules"]], config.cache)
    changed = inputs(files, config.exclude, lambda path: bool(rulebook.file_bindings(path)))
    return _judge(changed, config, rulebook, given["baseline"], online=online) if changed else 0


def _judge(changed: list[str], config: "Config", rulebook: "Rulebook", baseline: Path | None, *, online: bool) -> int:
    from scanner import gate
    from scanner.pipeline import scan
    from scanner.report.check import brief

    known = gate.known(baseline or config.baseline)
    result = scan(changed, config=config, rulebook=rulebook, offline=not online, threshold="unknown")
    checked = gate.check(result, config, known).scan
    for finding in checked.findings:
        if not finding.known:
            click.echo(f"{finding.level}: {brief(finding)}")
    if not gate.fails(checked):
        return 0
    worst = next(finding.id for finding in checked.findings if not finding.known)
    click.echo(f"`outlast explain {worst}` says why; {WAY_OUT}", err=True)
    return 1
