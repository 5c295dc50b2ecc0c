"""What the user's own package clients are set to: where packages come from, and the credentials for it.

A module here is one client, found by folder. It has `TYPES`, the purl types that its client gets, and
`sources(machine)`, which reads the client's variables and files. Where two clients get the same type, what is said of
certain names goes before what is said of all, variables before files, and then the first by name. What files of the
scanned project say is marked, for it may make packages private but not lead anywhere new.
"""

import importlib
import os
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol, cast
from urllib.parse import urlsplit

LONGEST = 2_000
"""Letters of a setting; no address has more, and what is looked for in it would take the square of them."""
KEPT = "is private by the configuration of your client"


class Machine(NamedTuple):
    """What clients are configured by: variables, the user's home, and the root of the scanned project."""

    environ: Mapping[str, str]
    project: Path | None = None

    @property
    def home(self) -> Path:
        return Path(os.path.expanduser("~"))

    @property
    def config(self) -> Path:
        """Where programs keep the user's settings: https://specifications.freedesktop.org/basedir-spec/latest/"""
        if os.name == "nt":
            return Path(self.environ.get("APPDATA") or self.home)
        return Path(self.environ.get("XDG_CONFIG_HOME") or self.home / ".config")

    @property
    def shared(self) -> list[Path]:
        """Where the machine's settings are that hold for all users."""
        if os.name == "nt":
            return [Path(self.environ.get("PROGRAMDATA", "C:/ProgramData"))]
        return [Path(folder) for folder in (self.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")]


class Hop(NamedTuple):
    """One place where a client looks; the next is asked where this one has no such package.

    `address` is "" for the ecosystem's public registry. `lenient`: the next is asked also where this one fails.
    """

    address: str
    of_project: bool = False
    lenient: bool = False


class Route(NamedTuple):
    """Where the client gets the packages whose names `covers` tells; without a hop, nobody may be asked about them."""

    hops: tuple[Hop, ...]
    label: str = ""
    """The names in words, as in "@acme" or "Acme.*"; "" for all of them."""
    covers: Callable[[str], bool] = lambda _: True
    kept: str = KEPT
    """Why nothing is asked where there is no hop."""
    of_variable: bool = False
    """Whether it is set in the environment, which goes before files."""


class Sources(NamedTuple):
    """What one client is set to; of its routes the first that covers a name decides."""

    routes: tuple[Route, ...] = ()
    credentials: Mapping[str, str] = {}
    """Address without its scheme, "//registry.example/npm/", to the Authorization that what is under it takes."""
    further: tuple[str, ...] = ()
    """Other addresses that the user's own settings name."""

    def hosts(self) -> set[str]:
        """Hosts that the user's own settings name."""
        named = (hop.address for route in self.routes for hop in route.hops if not hop.of_project)
        return {host for address in (*named, *self.credentials, *self.further) if (host := host_of(address))}


class Client(Protocol):
    """What a module of this folder offers."""

    TYPES: tuple[str, ...]

    def sources(self, machine: Machine) -> Sources: ...


@cache
def clients() -> tuple[Client, ...]:
    """All of them, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return tuple(cast("Client", importlib.import_module(f"{__name__}.{name}")) for name in names)


def of_type(type: str) -> Iterable[Client]:
    return (client for client in clients() if type in client.TYPES)


def host_of(address: str) -> str:
    """Host and port of an address, "" where it has none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def scheme_less(address: str) -> str:
    """An address as credentials are kept under: "//registry.example/npm/"."""
    return f"//{address.partition('://')[2].rpartition('@')[2].strip('/')}/"


def everything(*addresses: str, of_project: bool = False, of_variable: bool = False) -> tuple[Route, ...]:
    """One route for all names; none where no address is given."""
    hops = tuple(Hop(address, of_project) for address in addresses if address)
    return (Route(hops, of_variable=of_variable),) if hops else ()


def scoped(scope: str, address: str, *, of_project: bool = False) -> Route:
    """The route of all packages whose name begins with "SCOPE/"."""
    return Route((Hop(address, of_project),), scope, lambda name: name.startswith(f"{scope}/"))


def filled(text: str | None, environ: Mapping[str, str]) -> str:
    """With its variables, "${NAME}" or "${NAME:-instead}"; those that are not set stay as they are."""
    if not text or len(text) > LONGEST:
        return text or ""
    return re.sub(r"\$\{([\w.]+)(?::?-([^}]*))?\}", lambda it: environ.get(it[1]) or it[2] or it[0], text)
