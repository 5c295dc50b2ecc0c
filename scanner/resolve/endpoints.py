"""Where each registry is: the caller's word, else what the user's own client is configured to, else the public one.

The scanned project never decides where a request goes: a registry that only its files name is a private source.
Credentials stay apart from the address, and go to no other.
"""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from scanner.resolve import npmrc
from scanner.resolve.credentials import basic, from_netrc
from scanner.resolve.registries import default, registry
from scanner.resolve.settings import Settings

PRIVATE = "comes from a private registry, named by the project alone; name it under [registries] to have it asked"
KEPT = "is private by the configuration of your client"
UNCONFIGURED = "no endpoint configured; name one under [registries]"
NO_ADDRESS = "its registry is configured to something that is no web address"


class Endpoint(NamedTuple):
    """A registry's base address, without a final slash and without credentials, and the Authorization it takes."""

    base: str
    authorization: str | None = None
    public: bool = False
    """Whether it is the ecosystem's own registry, which is there for everybody."""

    def __repr__(self) -> str:
        return f"Endpoint({self.base!r})"


class Endpoints:
    """The registries of one run, each looked up once."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self._settings, self._environ = settings, environ
        self._known: dict[str, Endpoint | str] = {}
        self._npm: npmrc.Npmrc | None = None

    def of(self, type: str, name: str) -> Endpoint | str:
        """The registry of a package, or in words why none can be asked."""
        kept = getattr(registry(type), "private", None)
        if kept and type not in self._settings.endpoints and kept(name, self._environ):
            return KEPT
        scope = _scope(type, name)
        key = f"{type}/{scope}" if scope else type
        if key not in self._known:
            self._known[key] = self._find(type, scope, key)
        return self._known[key]

    def _find(self, type: str, scope: str, key: str) -> Endpoint | str:
        said = self._settings.endpoints
        if address := said.get(key) or said.get(type):
            return self._endpoint(type, address)
        if type == "npm":
            self._npm = self._npm or npmrc.load(self._environ, self._settings.project)
            address = self._npm.registry(scope)
            if address is None:
                return PRIVATE
        elif configured := getattr(registry(type), "configured", None):
            address = configured(self._environ)
        public = default(type, scope)
        if not (address := address or public):
            return PRIVATE if scope else UNCONFIGURED
        found = self._endpoint(type, address)
        return found if isinstance(found, str) else found._replace(public=found.base == public)

    def _endpoint(self, type: str, address: str) -> Endpoint | str:
        try:
            parts = urlsplit(address)
        except ValueError:
            return NO_ADDRESS
        if parts.scheme not in ("https", "http") or not parts.hostname:
            return NO_ADDRESS
        host = parts.netloc.rpartition("@")[2]
        base = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        if type == "pypi":
            base = base.removesuffix("/simple").removesuffix("/+simple")
        return Endpoint(base, self._authorization(type, address, base))

    def _authorization(self, type: str, address: str, base: str) -> str | None:
        parts = urlsplit(address)
        if parts.username:
            return basic(parts.username, parts.password or "")
        if type == "npm":
            self._npm = self._npm or npmrc.load(self._environ, self._settings.project)
            if found := self._npm.authorization(base):
                return found
        return from_netrc(parts.hostname or "", self._environ)


def _scope(type: str, name: str) -> str:
    """What of a name decides which of several registries has the package."""
    first = name.partition("/")[0]
    return first if hasattr(registry(type), "SITES") or (type == "npm" and first.startswith("@")) else ""
