"""Manifests without a lockfile: what they ask for is known, what that needs in turn is not."""

from collections.abc import Iterable

from scanner.read.source import Source

MAX_ABOVE = 6
"""Folders above a manifest in which the lockfile of its workspace is looked for."""


def has_lock(source: Source, names: Iterable[str], *, above: bool = True) -> bool:
    """Whether one of the lockfiles is beside `source`, or in a folder `above`."""
    folders = ["../" * depth for depth in range(MAX_ABOVE if above else 1)]
    return any(source.neighbour(folder + name) is not None for folder in folders for name in names)


def gap(source: Source, count: int) -> None:
    """Say how little is known."""
    if count:
        one = count == 1
        source.gap(
            f"no lockfile beside it: its {'dependency is' if one else f'{count} dependencies are'} listed as declared, "
            f"what {'it needs' if one else 'they need'} in turn is not known"
        )
