"""uv: variables, and uv.toml of the user and the machine.

Format: https://docs.astral.sh/uv/concepts/indexes/. An index that is marked explicit is for packages that name it.
"""

import msgspec

from scanner.resolve.client_files import toml
from scanner.resolve.clients import Hop, Machine, Route, Sources

TYPES = ("pypi",)


class Index(msgspec.Struct):
    url: str = ""
    default: bool = False
    explicit: bool = False


class Uv(msgspec.Struct, rename="kebab"):
    index: list[Index] = []
    index_url: str = ""
    extra_index_url: list[str] = []


def sources(machine: Machine) -> Sources:
    """Indexes in the order in which uv looks: those that are named, then the default one."""
    environ = machine.environ
    variable = next(filter(None, (environ.get(name, "").strip() for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"))), "")
    further = [
        _address(entry) for name in ("UV_INDEX", "UV_EXTRA_INDEX_URL") for entry in environ.get(name, "").split()
    ]
    if variable or further:
        return Sources((Route(tuple(map(Hop, (*further, variable))), of_variable=True),))
    for folder in (machine.config, *machine.shared):
        if found := _of(toml(folder / "uv" / "uv.toml", Uv)):
            return Sources((found,))
    return Sources()


def _of(told: Uv) -> Route | None:
    named = [index.url for index in told.index if index.url and not (index.default or index.explicit)]
    named += told.extra_index_url
    usual = next((index.url for index in told.index if index.default), told.index_url)
    return Route(tuple(map(Hop, (*named, usual)))) if named or usual else None


def _address(entry: str) -> str:
    """An index may be given a name, as in "acme=https://registry.example/simple"."""
    name, equals, address = entry.partition("=")
    return address if equals and "://" not in name else entry
