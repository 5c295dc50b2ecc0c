"""outlast cache: look into what registries have said, drop it, carry it to a machine without a network."""

from pathlib import Path

import click

from scanner.config import Config

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("cache", short_help="Show, clear, export and import registries' answers.")
def command() -> None:
    """The cache of what registries have said about packages, which --offline works from.

    \b
    outlast cache info
    outlast cache export answers     # for a machine without network
    """


@command.command("info")
def info() -> None:
    """Show where it is, how full, and from when the answers are."""
    from scanner.resolve.cache import Cache

    cache = Cache(Config().cache)
    found = cache.info()
    cache.close()
    click.echo(f"{found.path}\n{_packages(found.packages)}, {found.size / 2**20:.1f} MiB")
    if found.oldest is not None and found.newest is not None:
        click.echo(f"asked between {_time(found.oldest)} and {_time(found.newest)}")
    if cache.trouble:
        raise click.ClickException(cache.trouble)


@command.command("clear")
def clear() -> None:
    """Forget all answers; the next scan asks anew."""
    from scanner.resolve.cache import Cache

    cache = Cache(Config().cache)
    try:
        cache.clear()
    except OSError as error:
        raise click.ClickException(f"{cache.path}: {error.strerror}") from error
    click.echo(f"cleared {cache.path}")


@command.command("export")
@click.argument("file", type=FILE)
def export(file: Path) -> None:
    """Write all answers to FILE, with a checksum, for `outlast cache import` elsewhere."""
    from scanner.resolve import archive

    click.echo(f"{_packages(archive.export(Config().cache, file))} written to {file}")


@command.command("import")
@click.argument("file", type=FILE)
def import_(file: Path) -> None:
    """Add the answers in FILE that are newer than those already here."""
    from scanner.resolve import archive

    click.echo(f"{_packages(archive.import_(Config().cache, file))} taken from {file}")


def _packages(count: int) -> str:
    return f"{count:,} package{'s' * (count != 1)}"


def _time(seconds: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).isoformat(" ", "minutes").removesuffix("+00:00") + " UTC"
