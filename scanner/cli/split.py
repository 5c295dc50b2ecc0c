"""--split: the projects of a monorepo, each scanned and reported on its own."""

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import click
from msgspec.structs import replace

from scanner.model import Scan


class Part(NamedTuple):
    """One project: its folder below the one that was named, and what is scanned of it."""

    name: str
    paths: tuple[str, ...]
    exclude: Sequence[str]


def split(paths: tuple[str, ...], exclude: Sequence[str]) -> list[Part]:
    """The projects in the one directory that is named. Raises UsageError where there is none."""
    from scanner.read.roots import roots

    folder = Path(*(paths or (".",))[:1])
    if len(paths) > 1 or not folder.is_dir():
        raise click.UsageError("--split wants one directory")
    return [
        Part(name, (str(folder / name),), [*_inside(name, exclude), *map(glob.escape, others)])
        for name, others in roots(folder, exclude).items()
    ] or [Part(".", (str(folder),), exclude)]


def _inside(name: str, exclude: Sequence[str]) -> list[str]:
    """Globs as they are from within a folder."""
    return [pattern.removeprefix(f"{name}/") for pattern in exclude]


def called(result: Scan, name: str) -> Scan:
    """The scan under its folder's name, which tells it from the others."""
    return replace(result, project=replace(result.project, name=name)) if name not in ("", ".") else result


def file_of(path: Path | None, name: str, names: Sequence[str] = ()) -> Path | None:
    """The file of one project's report: "report.html" for the folder itself, "report-services-api.html" below.

    Where several of the `names` would come to one file (a/b, a-b), "report-a%2Fb.html" tells them apart.
    """
    if path is None or name in ("", "."):
        return path
    flat = name.replace("/", "-")
    if sum(other.replace("/", "-") == flat for other in names) > 1:
        flat = quote(name, safe="")
    return path.with_name(f"{path.stem}-{flat}{path.suffix}")
