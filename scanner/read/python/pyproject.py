"""pyproject.toml beside a lockfile: what the project itself asks for.

Format: https://packaging.python.org/en/latest/specifications/pyproject-toml/, with the tables of Poetry, PDM and uv
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import SCOPES, Scope
from scanner.read.source import Source

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
    wanted = [(canonicalize_name(name), scope) for scope, names in _groups(file) for name in names]
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


def _groups(file: File) -> Iterator[tuple[Scope, Iterable[str]]]:
    poetry = file.tool.poetry
    yield "runtime", _names(file.project.dependencies)
    for extra in file.project.optional_dependencies.values():
        yield "optional", _names(extra)
    yield "runtime", (name for name, wish in poetry.dependencies.items() if name != "python" and not _optional(wish))
    yield "optional", (name for name, wish in poetry.dependencies.items() if _optional(wish))
    yield "development", poetry.dev_dependencies
    for name, group in poetry.group.items():
        yield group_scope(name), group.dependencies
    for name, wishes in file.dependency_groups.items():
        yield group_scope(name), _names(wishes)
    for old in (file.tool.pdm.dev_dependencies, file.tool.uv.dev_dependencies):
        for name, names in (old if isinstance(old, dict) else {"dev": old}).items():
            yield group_scope(name), _names(names)


def _optional(wish: object) -> bool:
    return isinstance(wish, Mapping) and wish.get("optional") is True


def _names(requirements: Iterable[object]) -> Iterator[str]:
    """Names of requirements; a group may also hold {include-group = "..."}, which stands for itself."""
    return (name for wish in requirements if isinstance(wish, str) and (name := name_of(wish)))
