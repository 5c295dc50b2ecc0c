"""outlast baseline: what is known today fails nothing tomorrow."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from scanner.cli.options import FILE, Command, options
from scanner.config import BASELINE
from scanner.model import Verdict


@click.group("baseline", short_help="Record what is known, so that only the new fails.")
def command() -> None:
    """What is known today: a small file to keep in version control, beside outlast.toml."""


@command.command("write", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(allow_dash=True))
@click.option("-o", "out", type=FILE, metavar="FILE", help=f"Where to.  [default: as configured, or {BASELINE}]")
@options("quiet", "no_progress", "offline", "exclude", "as", "rules", "config")
@click.option(
    "--fail-on", type=click.Choice(("flagged", "watch", "unknown")), help="From this verdict on.  [default: watch]"
)
def write_(paths: tuple[str, ...], out: Path | None, **given: Any) -> None:
    """Scan PATH and write down what there is to find, by the policy or by --fail-on: each technology by its id and
    each package by its purl without version, with its verdict. After that, `outlast check`, `outlast hook` and
    `outlast scan --fail-on` fail on what is new or worse. Look online if they do: custody is known to who asks.

    \b
    outlast baseline write
    outlast check
    """
    from scanner import config as configuration
    from scanner import gate
    from scanner.assess import baseline
    from scanner.cli.run import run
    from scanner.report import write

    config = configuration.load(given["config"])
    fail_on = given["fail_on"] or (config.file.scan.fail_on if config.file.scan.fail_on != "never" else "watch")
    scan = run(paths, config, given, fail_on)
    known = baseline.baseline([*scan.findings, *gate.check(scan, config).scan.findings])
    target = out or config.baseline or config.folder / BASELINE
    write(target, baseline.encode(known))
    if not given["quiet"]:
        click.echo(
            f"wrote {target}: {_counted(known.findings.values())}; commit it, and only what is new fails", err=True
        )


def _counted(verdicts: Iterable[Verdict]) -> str:
    """How much is known of each verdict, worst first."""
    from scanner.assess.verdicts import ORDER

    counts = Counter(verdicts)
    worst_first = sorted(counts, key=ORDER.index, reverse=True)
    return f"{', '.join(f'{counts[verdict]} {verdict}' for verdict in worst_first) or 'nothing'} known"
