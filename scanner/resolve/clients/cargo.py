"""Cargo: config.toml and credentials.toml of the user, and .cargo/config.toml of the project.

Format: https://doc.rust-lang.org/cargo/reference/config.html and
https://doc.rust-lang.org/cargo/reference/source-replacement.html. A folder that replaces crates.io ("vendor") holds the
same crates, so that the public registry is asked about them as ever.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from scanner.resolve.client_files import toml
from scanner.resolve.clients import Hop, Machine, Route, Sources, scheme_less

TYPES = ("cargo",)
PUBLIC = "crates-io"
OWN = re.compile(
    r"(sparse\+https://index\.crates\.io|(registry\+)?https://github\.com/rust-lang/crates\.io-index)(\.git)?/?"
)
"""Indexes of the public registry."""
LONGEST = 10
"""Replacements of a replacement."""
T = TypeVar("T")


class Source(msgspec.Struct, rename="kebab"):
    registry: str = ""
    replace_with: str = ""


class Registry(msgspec.Struct):
    index: str = ""
    token: str = ""


class Config(msgspec.Struct):
    source: dict[str, Source] = {}
    registries: dict[str, Registry] = {}


def sources(machine: Machine) -> Sources:
    home = Path(machine.environ.get("CARGO_HOME") or machine.home / ".cargo")
    user, secret = _either(home, "config"), _either(home, "credentials")
    project = _either(machine.project / ".cargo", "config") if machine.project else Config()
    indexes = {name: registry.index for name, registry in user.registries.items()} | dict(_variables(machine, "INDEX"))
    tokens = {name: found.token for told in (user, secret) for name, found in told.registries.items() if found.token}
    tokens |= dict(_variables(machine, "TOKEN"))
    credentials = {scheme_less(api(indexes[name])): token for name, token in tokens.items() if indexes.get(name)}
    return Sources(tuple(_routes(project, user, indexes)), credentials)


def _routes(project: Config, user: Config, indexes: dict[str, str]) -> Iterator[Route]:
    """What stands in for crates.io, followed from one replacement to the next; then what else the user names."""
    told = user.source | project.source
    names = [PUBLIC]
    while len(names) < LONGEST and (further := told.get(names[-1], Source()).replace_with):
        names.append(further)
    last = names[-1]
    of_project = any(name in project.source for name in names)
    own = {name: registry.index for name, registry in project.registries.items()} | indexes
    address = told.get(last, Source()).registry or own.get(last, "")
    if len(names) > 1 and address:
        yield Route((Hop(api(address), of_project),))
    for name, index in indexes.items():
        if index:
            yield Route((Hop(api(index)),), name, lambda _: False)


def api(index: str) -> str:
    """Where a registry says what its web API is; for an index in git by how registries lay themselves out."""
    if OWN.fullmatch(index):
        return ""
    if index.startswith("sparse+"):
        return f"{index.removeprefix('sparse+').rstrip('/')}/config.json"
    address = index.removeprefix("registry+").rstrip("/")
    return re.sub(r"/(index|api/v1/crates|git/index|index\.git)$", "", address)


def _either(folder: Path, name: str) -> Config:
    """The file with the ending, which Cargo did not have at first; without one the older wins."""
    older = folder / name
    return toml(older if older.is_file() else folder / f"{name}.toml", Config)


def _variables(machine: Machine, what: str) -> Iterator[tuple[str, str]]:
    """CARGO_REGISTRIES_ACME_TOKEN is the token of the registry "acme"."""
    for variable, value in machine.environ.items():
        if found := re.fullmatch(rf"CARGO_REGISTRIES_(\w+)_{what}", variable):
            yield found[1].lower().replace("_", "-"), value
