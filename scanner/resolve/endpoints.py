"""Where each registry is: the caller's word, else what the user's own client is set to, else the public one.

The scanned project never decides where a request goes: a registry that only its files name is a private source.
Credentials stay apart from the address, and go to no other.
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache, cached_property, partial
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from scanner.resolve.client_files import MalformedError
from scanner.resolve.clients import Hop, Machine, Route, Sources, host_of, of_type
from scanner.resolve.credentials import Netrc, basic
from scanner.resolve.registries import default, registry
from scanner.resolve.settings import Settings

PRIVATE = "comes from a private registry, named by the project alone; name it under [registries] to have it asked"
UNCONFIGURED = "no endpoint configured; name one under [registries]"
NO_ADDRESS = "its registry is configured to something that is no web address"


class Endpoint(NamedTuple):
    """A registry's base address, without a final slash and without credentials, and the Authorization it takes."""

    base: str
    authorization: str | None = None
    public: bool = False
    """Whether it is the ecosystem's own registry, which is there for everybody."""
    lenient: bool = False
    """Whether the next one is asked also where this one fails."""

    def __repr__(self) -> str:
        return f"Endpoint({self.base!r})"


Found = tuple[Endpoint, ...] | str | MalformedError
"""Registries, each for what the one before it does not have; or why none can be asked."""


class Rulings(NamedTuple):
    """Where packages of a type come from: the first route that covers the name decides."""

    routes: list[Route]
    otherwise: Found = ()
    """Of a name that no route covers."""


class Endpoints:
    """The registries of one run, each looked up once."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self._said = settings.endpoints
        self._machine = Machine(environ, settings.project)
        self._sources: dict[str, list[Sources]] = {}
        self._malformed: dict[str, MalformedError] = {}
        self._rulings: dict[str, Rulings] = {}
        self._known: dict[tuple[str, str, tuple[Hop, ...]], Found] = {}

    def of(self, type: str, name: str) -> Found:
        """The registries to ask about a package, in this order."""
        if type not in self._rulings:
            self._rulings[type] = self._of_type(type)
        routes, otherwise = self._rulings[type]
        for route in routes:
            if route.covers(name):
                return self._endpoints(type, _site(type, name), route.hops) if route.hops else route.kept
        return otherwise

    def routes(self, type: str) -> Iterator[tuple[str, Found]]:
        """Names for which the user's clients go elsewhere than for all others, and where that is."""
        for route in _in_order(self._of_clients(type)):
            if route.label:
                yield route.label, self._endpoints(type, "", route.hops) if route.hops else route.kept

    @cached_property
    def netrc(self) -> Netrc:
        return Netrc(self._machine.environ)

    def _of_type(self, type: str) -> Rulings:
        """What the caller says of certain names and of the type, then what the user's own clients are set to."""
        keys = sorted((key for key in self._said if key.startswith(f"{type}/")), key=len, reverse=True)
        said = [Route((Hop(self._said[key]),), covers=partial(_covers, key, type)) for key in keys]
        if type in self._said:
            return Rulings([*said, Route((Hop(self._said[type]),))])
        sources = self._of_clients(type)
        if type in self._malformed:
            return Rulings(said, self._malformed[type])
        return Rulings([*said, *_in_order(sources), Route((Hop(""),))])

    def _of_clients(self, type: str) -> list[Sources]:
        """Nothing where the files of one are malformed."""
        if type not in self._sources:
            try:
                self._sources[type] = [client.sources(self._machine) for client in of_type(type)]
            except MalformedError as malformed:
                self._sources[type], self._malformed[type] = [], malformed
        return self._sources[type]

    def _endpoints(self, type: str, site: str, hops: tuple[Hop, ...]) -> Found:
        key = (type, site, hops)
        if key not in self._known:
            found = [self._endpoint(type, site, hop) for hop in hops]
            asked = tuple(endpoint for endpoint in found if isinstance(endpoint, Endpoint))
            self._known[key] = asked or next(word for word in found if isinstance(word, str))
        return self._known[key]

    def _endpoint(self, type: str, site: str, hop: Hop) -> Endpoint | str:
        public = default(type, site)
        if hop.of_project and hop.address and not self._trusts(type, hop.address):
            return PRIVATE
        if not (address := hop.address or public):
            return PRIVATE if site else UNCONFIGURED
        try:
            parts = urlsplit(address)
        except ValueError:
            return NO_ADDRESS
        if parts.scheme not in ("https", "http") or not parts.hostname:
            return NO_ADDRESS
        base = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))
        if type == "pypi":
            base = base.removesuffix("/simple").removesuffix("/+simple")
        return Endpoint(base, self._authorization(type, address, base), base == public, hop.lenient)

    def _trusts(self, type: str, address: str) -> bool:
        """Whether the user's own configuration names the host, or everybody uses it."""
        host = host_of(address)
        known = {host_of(default(type) or "")}.union(*(found.hosts() for found in self._of_clients(type)))
        return bool(host) and "@" not in address and host in known

    def _authorization(self, type: str, address: str, base: str) -> str | None:
        """What stands in the address, else what a client has for the longest path that holds it, else .netrc's."""
        parts = urlsplit(address)
        if parts.username:
            return basic(parts.username, parts.password or "")
        under = f"{base.partition(':')[2]}/"
        held = [pair for sources in self._of_clients(type) for pair in sources.credentials.items()]
        fitting = [(address, word) for address, word in held if under.startswith(address)]
        nearest = max(fitting, key=lambda pair: len(pair[0]), default=("", None))
        return nearest[1] or self.netrc.of(parts.hostname or "")


def _in_order(sources: list[Sources]) -> list[Route]:
    """What is said of certain names before what is said of all, and variables before files."""
    routes = [route for found in sources for route in found.routes]
    return sorted(routes, key=lambda route: (not route.label, not route.of_variable))


def _covers(key: str, type: str, name: str) -> bool:
    """Whether a key such as "npm/@acme" or "maven/com.acme*" means a package of this type and name."""
    full = f"{type}/{name}"
    return full.startswith(f"{key}/") or fnmatchcase(full, key)


def _site(type: str, name: str) -> str:
    """What of a name decides which of several public registries has the package."""
    return name.partition("/")[0] if _of_several(type) else ""


@cache
def _of_several(type: str) -> bool:
    """Whether several registries have the packages of this type."""
    return hasattr(registry(type), "SITES")
