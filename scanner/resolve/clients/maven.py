"""Maven: mirrors, repositories and servers of settings.xml, the user's and the installation's.

Format: https://maven.apache.org/settings.html; which mirror stands for which repository:
https://maven.apache.org/guides/mini/guide-mirror-settings.html. Passwords that Maven has encrypted are not used.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from scanner.resolve.client_files import child, children, said, xml
from scanner.resolve.clients import Hop, Machine, Route, Sources, filled, scheme_less
from scanner.resolve.credentials import login

TYPES = ("maven",)
CENTRAL = "central"
BLOCKED = "is blocked by the configuration of your client"


class Repository(NamedTuple):
    """`address` is "" for Maven Central as it is without settings."""

    id: str
    address: str

    @property
    def external(self) -> bool:
        return urlsplit(self.address).hostname not in ("localhost", "127.0.0.1") and self.address[:5] != "file:"


class Mirror(NamedTuple):
    id: str
    address: str
    of: str
    blocked: bool


def sources(machine: Machine) -> Sources:
    files = [root for path in _files(machine) if (root := xml(path)) is not None]
    mirrors = [mirror for root in files for mirror in _mirrors(root, machine.environ)]
    repositories = [found for root in files for found in _repositories(root, machine.environ)]
    if all(found.id != CENTRAL for found in repositories):
        repositories.append(Repository(CENTRAL, ""))
    places = dict.fromkeys(_place(repository, mirrors) for repository in repositories)
    logins = {id: given for root in reversed(files) for id, given in _servers(root, machine.environ)}
    credentials = {scheme_less(address): logins[id] for id, address, _ in places if address and id in logins}
    if not any(place for place in places if place != (CENTRAL, "", False)):
        return Sources((), credentials)
    hops = tuple(Hop(address) for _, address, blocked in places if not blocked)
    return Sources((Route(hops, kept=BLOCKED),), credentials)


def _files(machine: Machine) -> Iterator[Path]:
    """The user's wins."""
    yield machine.home / ".m2" / "settings.xml"
    if home := machine.environ.get("MAVEN_HOME") or machine.environ.get("M2_HOME"):
        yield Path(home) / "conf" / "settings.xml"


def _mirrors(root: Any, environ: Mapping[str, str]) -> Iterator[Mirror]:
    for item in children(child(root, "mirrors"), "mirror"):
        told = [filled(said(item, name), _maven(environ)) for name in ("id", "url", "mirrorOf")]
        yield Mirror(told[0], told[1], told[2], said(item, "blocked") == "true")


def _repositories(root: Any, environ: Mapping[str, str]) -> Iterator[Repository]:
    """Those of the profiles that are active without being asked for."""
    named = {(item.text or "").strip() for item in children(child(root, "activeProfiles"), "activeProfile")}
    for profile in children(child(root, "profiles"), "profile"):
        usual = said(child(profile, "activation"), "activeByDefault") == "true" and not named
        if usual or said(profile, "id") in named:
            for item in children(child(profile, "repositories"), "repository"):
                yield Repository(said(item, "id"), filled(said(item, "url"), _maven(environ)))


def _place(repository: Repository, mirrors: list[Mirror]) -> tuple[str, str, bool]:
    """Id, address and blocked: of the mirror that has its very name, else of the first that covers it, else its own."""
    exact = [mirror for mirror in mirrors if mirror.of == repository.id]
    fitting = [mirror for mirror in mirrors if _covers(mirror.of, repository)]
    mirror = next(iter(exact + fitting), None)
    return (mirror.id, mirror.address, mirror.blocked) if mirror else (*repository, False)


def _covers(patterns: str, repository: Repository) -> bool:
    """By "*", "external:*", "external:http:*", ids, and "!id" for those that are left out whatever else is said."""
    found = False
    for pattern in (part.strip() for part in patterns.split(",")):
        if pattern == f"!{repository.id}":
            return False
        plain = repository.address.startswith("http:")
        found |= pattern in ("*", repository.id)
        found |= pattern == "external:*" and repository.external
        found |= pattern == "external:http:*" and repository.external and plain
    return found


def _servers(root: Any, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for server in children(child(root, "servers"), "server"):
        id, name, password = (filled(said(server, tag), _maven(environ)) for tag in ("id", "username", "password"))
        if header := _header(server):
            yield id, filled(header, _maven(environ))
        elif name and not (password.startswith("{") and password.endswith("}")):
            yield id, login(name, password)


def _header(server: Any) -> str:
    """https://maven.apache.org/guides/mini/guide-http-settings.html"""
    headers = children(child(child(server, "configuration"), "httpHeaders"), "property")
    return next((said(header, "value") for header in headers if said(header, "name").lower() == "authorization"), "")


def _maven(environ: Mapping[str, str]) -> dict[str, str]:
    """Maven writes ${env.NAME}."""
    return {f"env.{name}": value for name, value in environ.items()}
