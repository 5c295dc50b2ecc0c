"""pyproject.toml beside a lockfile: what the project itself asks for.

Format: https://packaging.python.org/en/latest/specifications/pyproject-toml/, with the tables of Poetry, PDM and uv
"""

import re
from collections.abc import Iterator, Mapping

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import SCOPES, Scope
from scanner.read.source import Source

EXACT = re.compile(r"(?:==)?\s*(\d[\w.+!-]*)$")
NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")


class Project(msgspec.Struct, rename="kebab"):
    dependencies: list[str] = []
    optional_dependencies: dict[str, list[str]] = {}


class Group(msgspec.Struct):
    dependencies: dict[str, object] = {}


class Poetry(msgspec.Struct, rename="kebab"):
    dependencies: dict[str, object] = {}
    dev_dependencies: dict[str, object] = {}
    group: dict[str, Group] = {}


class Old(msgspec.Struct, rename="kebab"):
    """PDM's own development groups, or uv's one."""

    dev_dependencies: dict[str, list[str]] | list[str] = []


class Tools(msgspec.Struct):
    poetry: Poetry = msgspec.field(default_factory=Poetry)
    pdm: Old = msgspec.field(default_factory=Old)
    uv: Old = msgspec.field(default_factory=Old)


class File(msgspec.Struct, rename="kebab"):
    project: Project = msgspec.field(default_factory=Project)
    dependency_groups: dict[str, list[object]] = {}
    tool: Tools = msgspec.field(default_factory=Tools)


def read(source: Source) -> dict[str, Scope] | None:
    """The names that pyproject.toml beside `source` asks for, with scopes; None where there is none or none named."""
    file = source.beside("pyproject.toml", File)
    if file is None:
        return None
    wanted = [(name, scope) for scope, wish in wishes(file) if (name := name_of(wish))]
    return dict(sorted(wanted, key=lambda item: SCOPES.index(item[1]), reverse=True)) or None


def group_scope(group: str) -> Scope:
    """What a group of dependencies is for, by its name: only test groups are told from development."""
    if group in ("main", "default"):
        return "runtime"
    return "test" if re.search(r"(?:^|[-_])tests?(?:ing)?(?:$|[-_])", group) else "development"


def name_of(requirement: str) -> str | None:
    """The package that a requirement ("requests[security] >= 2; python_version < '3'") is for, normalised."""
    match = NAME.match(requirement)
    return canonicalize_name(match[1]) if match else None


def wishes(file: File) -> Iterator[tuple[Scope, str]]:
    """Every requirement of the file with its scope, as PEP 508 writes it; Poetry's have a version if it is exact."""
    poetry = file.tool.poetry
    yield from (("runtime", wish) for wish in file.project.dependencies)
    for extra in file.project.optional_dependencies.values():
        yield from (("optional", wish) for wish in extra)
    for name, value in poetry.dependencies.items():
        if name != "python":
            yield "optional" if _optional(value) else "runtime", _written(name, value)
    yield from (("development", _written(name, value)) for name, value in poetry.dev_dependencies.items())
    for group, found in poetry.group.items():
        yield from ((group_scope(group), _written(name, value)) for name, value in found.dependencies.items())
    for old in (file.tool.pdm.dev_dependencies, file.tool.uv.dev_dependencies, file.dependency_groups):
        for group, texts in (old if isinstance(old, dict) else {"dev": old}).items():
            # a group may also hold {include-group = "..."}, which stands for itself
            yield from ((group_scope(group), text) for text in texts if isinstance(text, str))


def _written(name: str, wish: object) -> str:
    """Poetry's name = "1.2.3" is exact, name = "^1.2" is a range."""
    version = wish.get("version") if isinstance(wish, Mapping) else wish
    exact = isinstance(version, str) and EXACT.match(version.strip())
    return f"{name}=={exact[1]}" if exact else name


def _optional(wish: object) -> bool:
    return isinstance(wish, Mapping) and wish.get("optional") is True
