"""General, the registry of Julia: a folder for each package in one repository at GitHub.

Format: https://pkgdocs.julialang.org/v1/registries/. It names the package's repository, which tells licence and owner;
dates of releases are not told. Both are asked for at GitHub, where credentials (~/.netrc) raise the limit.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec
import rtoml

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, github, numbers, repository

RAW = "application/vnd.github.raw+json"
FOLDER = "repos/JuliaRegistries/General/contents"
GITHUB = "https://github.com/"


class Package(msgspec.Struct):
    name: str
    repo: str | None = None


class Version(msgspec.Struct):
    yanked: bool = False


def default() -> str:
    return github.default()


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    return None if "repository_url" in qualifiers else ("julia", name)


def documents(name: str) -> tuple[Document, ...]:
    group = "jll/" if name.endswith("_jll") else ""
    folder = f"{FOLDER}/{group}{quote(name[:1].upper(), safe='')}/{quote(name, safe='')}"
    return Document(f"{folder}/Package.toml", RAW), Document(f"{folder}/Versions.toml", RAW)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """What GitHub tells of the package's own repository."""
    address = _repository(bodies[0]) if bodies[0] and len(bodies) == len(documents(name)) else None
    path = (address or "").removeprefix(GITHUB)
    return list(github.documents(path)) if address and path != address else []


def facts(package: bytes, versions: bytes, forge: bytes | None = None) -> Record:
    told = msgspec.convert(_toml(versions), dict[str, Version])
    yanked = {version: "yanked" for version, entry in told.items() if entry.yanked}
    usual = [version for version in told if version not in yanked]
    known = github.facts(forge).facts if forge else Facts()
    return Record(
        facts=Facts(
            organisation=known.organisation,
            repository=_repository(package) or known.repository,
            licence=known.licence,
            latest=max(usual or told, key=numbers, default=None),
            withdrawn="yanked: all versions" if told and not usual else known.withdrawn,
        ),
        withdrawn=yanked,
    )


def _repository(package: bytes | None) -> str | None:
    return repository([msgspec.convert(_toml(package), Package).repo])


def _toml(body: bytes | None) -> dict[str, Any]:
    return rtoml.loads((body or b"").decode())
