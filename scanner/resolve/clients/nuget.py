"""NuGet: NuGet.Config of the machine, the user and the project, one after the other, the nearest last.

Format: https://learn.microsoft.com/nuget/reference/nuget-config-file and
https://learn.microsoft.com/nuget/consume-packages/package-source-mapping. The project's gives no credentials.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scanner.resolve.client_files import child, children, xml
from scanner.resolve.clients import Hop, Machine, Route, Sources, scheme_less
from scanner.resolve.credentials import login

TYPES = ("nuget",)
PUBLIC = re.compile(r"https?://(api|www)\.nuget\.org/")
SPELLINGS = ("NuGet.Config", "NuGet.config", "nuget.config")
UNMAPPED = "is given no source by the packageSourceMapping of your client"


class Source(NamedTuple):
    address: str
    of_project: bool


class Settings:
    """What the files say, each over those before it."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.disabled: dict[str, bool] = {}
        self.mapping: dict[str, list[str]] = {}
        """Source to patterns of names."""
        self.logins: dict[str, str] = {}
        self.own: list[str] = []
        """Addresses that the user's files name."""

    def take(self, root: Any, environ: Mapping[str, str], *, of_project: bool) -> None:
        for key, value in _added(child(root, "packageSources"), self.sources):
            self.sources[key] = Source(_filled(value, environ), of_project)
            self.own += [] if of_project else [self.sources[key].address]
        for key, value in _added(child(root, "disabledPackageSources"), self.disabled):
            self.disabled[key] = value.lower() == "true"
        mapping = child(root, "packageSourceMapping")
        _cleared(mapping, self.mapping)
        for source in children(mapping, "packageSource"):
            self.mapping[_name(source.get("key", ""))] = [
                item.get("pattern", "") for item in children(source, "package")
            ]
        if not of_project:
            self.logins |= dict(_logins(child(root, "packageSourceCredentials"), environ))


def sources(machine: Machine) -> Sources:
    told = Settings()
    for path, of_project in _files(machine):
        if (root := xml(path)) is not None:
            told.take(root, {} if of_project else machine.environ, of_project=of_project)
    usable = {name: source for name, source in told.sources.items() if not told.disabled.get(name)}
    credentials = {
        scheme_less(base(source.address)): told.logins[name]
        for name, source in usable.items()
        if name in told.logins and "://" in source.address
    }
    return Sources(tuple(_routes(told.mapping, usable)), credentials, tuple(told.own))


def _routes(mapping: Mapping[str, list[str]], usable: Mapping[str, Source]) -> Iterator[Route]:
    """Without a mapping all sources have all packages; with one, those of the longest pattern that fits a name."""
    if not mapping:
        if usable:
            yield Route(_hops(usable.values()))
        return
    patterns = {pattern for found in mapping.values() for pattern in found}
    for pattern in sorted(patterns, key=lambda text: (text.endswith("*"), -len(text), text)):
        named = [usable[name] for name, found in mapping.items() if pattern in found and name in usable]
        yield Route(_hops(named), "" if pattern == "*" else pattern, _covering(pattern))
    yield Route((), kept=UNMAPPED)


def _hops(found: Any) -> tuple[Hop, ...]:
    """The company's own first, so that a name that is only there is told to nobody else."""
    hops = [Hop(base(source.address), source.of_project) for source in found if "://" in source.address]
    return tuple(sorted(dict.fromkeys(hops), key=lambda hop: not hop.address))


def base(address: str) -> str:
    """The service index of a source, or what its addresses begin with; "" for the public one."""
    if PUBLIC.match(address):
        return ""
    return address if address.endswith("/index.json") else re.sub(r"(/v3)?/?$", "", address)


def _covering(pattern: str) -> Callable[[str], bool]:
    start = pattern.lower()
    if start.endswith("*"):
        return lambda name: name.lower().startswith(start[:-1])
    return lambda name: name.lower() == start


def _files(machine: Machine) -> Iterator[tuple[Path, bool]]:
    folders = [folder / "NuGet" for folder in machine.shared] + [Path("/etc/opt/NuGet")]
    for folder in folders:
        yield from ((path, False) for path in sorted((folder / "Config").glob("*.[cC]onfig")))
    user = machine.config / "NuGet" if os.name == "nt" else machine.home / ".nuget" / "NuGet"
    for folder in dict.fromkeys((machine.config / "NuGet", user)):
        yield from ((path, False) for path in _spelt(folder))
    if machine.project:
        yield from ((path, True) for path in _spelt(machine.project))


def _spelt(folder: Path) -> list[Path]:
    """The file under the one of its spellings that is there."""
    return [path for name in SPELLINGS if (path := folder / name).is_file()][:1]


def _added(section: Any, known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    _cleared(section, known)
    return ((_name(item.get("key", "")), item.get("value", "")) for item in children(section, "add"))


def _cleared(section: Any, known: dict[str, Any]) -> None:
    """<clear/> undoes what farther files say."""
    if child(section, "clear") is not None:
        known.clear()


def _name(text: str) -> str:
    return text.strip().lower()


def _logins(section: Any, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Passwords in clear; those that Windows has encrypted are for the client alone."""
    for item in section if section is not None else ():
        given = {key: _filled(value, environ) for key, value in _added(item, {})}
        if "username" in given and "cleartextpassword" in given:
            yield _name(_unescaped(item.tag)), login(given["username"], given["cleartextpassword"])


def _unescaped(tag: str) -> str:
    """A source's name as an element: a blank is written "_x0020_"."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), tag)


def _filled(text: str, environ: Mapping[str, str]) -> str:
    """With its variables, "%NAME%"."""
    return re.sub(r"%(\w+)%", lambda found: environ.get(found[1], found[0]), text)
