"""outlast doctor: what is in force here, and what is wrong with it."""

from typing import Any

import click

from scanner.cli.options import Command, options


@click.command("doctor", cls=Command, short_help="Show versions, rules, cache, registries and configuration.")
@options("rules", "config")
def command(**given: Any) -> int:
    """Show what outlast would run with here: versions, rules, cache, the registry of each kind of package (never a
    credential), and the configuration with its policy read out. Opens no connection; exits 1 if something is wrong.

    \b
    outlast doctor
    outlast doctor --config strict.toml
    """
    from scanner.cli.run import colour
    from scanner.doctor import examine
    from scanner.report.text import block, bold

    well, before = True, ""
    for line in examine(given["config"], given["rules"]):
        if line.topic != before:
            click.echo(bold(line.topic), color=colour())
        click.echo("\n".join(block(f"{'' if line.well else '✖ '}{line.says}", 2, 4)), color=colour())
        well, before = well and line.well, line.topic
    return int(not well)
