"""outlast init: a first outlast.toml."""

from pathlib import Path
from typing import Any

import click

from scanner.cli.options import Command, options
from scanner.cli.progress import progress


@click.command("init", cls=Command, short_help="Write a commented outlast.toml from what is found here.")
@click.option("--force", is_flag=True, help="Overwrite an outlast.toml that is there.")
@options("exclude", "rules")
def command(*, force: bool, **given: Any) -> None:
    """Scan this directory offline and write an outlast.toml for it: a policy of one rule, and as comments the
    services, exceptions and mitigations that fit what was found.

    \b
    outlast init
    outlast check
    """
    from scanner.config import Config
    from scanner.errors import UsageError
    from scanner.pipeline import scan, today
    from scanner.report import write
    from scanner.starter import starter

    target = Path("outlast.toml")
    if target.exists() and not force:
        raise UsageError(f"{target} is there already; --force overwrites it")
    with progress():
        found = scan(".", config=Config(), rules=given["rules"], exclude=given["exclude"], offline=True)
    write(target, starter(found, today()))
    click.echo(f"wrote {target}; read it, then `outlast check`", err=True)
