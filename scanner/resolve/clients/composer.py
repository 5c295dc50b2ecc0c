"""Composer: repositories of config.json and composer.json, credentials of auth.json and COMPOSER_AUTH.

Format: https://getcomposer.org/doc/05-repositories.md and
https://getcomposer.org/doc/articles/authentication-for-private-packages.md. The project's gives no credentials.
"""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from scanner.resolve.client_files import json
from scanner.resolve.clients import Hop, Machine, Route, Sources
from scanner.resolve.credentials import login

TYPES = ("composer",)
PUBLIC = ("packagist", "packagist.org")
OFF = "is at no repository that your client asks"


class Login(msgspec.Struct):
    username: str
    password: str


class Auth(msgspec.Struct, rename="kebab"):
    http_basic: dict[str, Login] = {}
    bearer: dict[str, str] = {}


class Repository(msgspec.Struct):
    type: str = ""
    url: str = ""
    only: list[str] | None = None
    exclude: list[str] = []

    def covers(self, name: str) -> bool:
        within = self.only is None or any(fnmatchcase(name, pattern) for pattern in self.only)
        return within and not any(fnmatchcase(name, pattern) for pattern in self.exclude)


class Config(msgspec.Struct):
    repositories: Any = None


def sources(machine: Machine) -> Sources:
    home = _home(machine)
    user = _listed(json(home / "config.json", Config).repositories)
    project = _listed(json(machine.project / "composer.json", Config).repositories) if machine.project else []
    told = [(name, item, True) for name, item in project] + [(name, item, False) for name, item in user]
    if not told:
        return Sources((), dict(_credentials(machine, home)))
    return Sources(tuple(_routes(told)), dict(_credentials(machine, home)))


def _home(machine: Machine) -> Path:
    if named := machine.environ.get("COMPOSER_HOME"):
        return Path(named)
    older = machine.home / ".composer"
    return older if older.is_dir() else machine.config / "composer"


def _listed(repositories: Any) -> list[tuple[str, Repository | None]]:
    """Name and repository, None where it is switched off; they are a list, or an object by name."""
    named = repositories.items() if isinstance(repositories, dict) else enumerate(repositories or ())
    return [entry for name, item in named for entry in _entry(str(name), item)]


def _entry(name: str, item: Any) -> Iterator[tuple[str, Repository | None]]:
    """An element of a list may be {"packagist.org": false}."""
    if item is False:
        yield name, None
    elif isinstance(item, dict) and list(item.values()) == [False]:
        yield str(next(iter(item))), None
    elif isinstance(item, dict):
        try:
            yield name, msgspec.convert(item, Repository)
        except msgspec.ValidationError:
            return


def _routes(told: list[tuple[str, Repository | None, bool]]) -> Iterator[Route]:
    """What repositories have for their `only` names, then what they have for all; the public one is the last."""
    usable = [(item, of_project) for _, item, of_project in told if item and item.type == "composer" and item.url]
    public = all(item is not None or name not in PUBLIC for name, item, _ in told)
    for item, of_project in usable:
        for pattern in item.only or ():
            yield Route((Hop(item.url, of_project),), pattern, _covering(item, pattern))
    general = [(item, of_project) for item, of_project in usable if item.only is None]
    excluded = {pattern for item, _ in general for pattern in item.exclude}
    for pattern in sorted(excluded):
        yield Route(_hops(general, pattern, public=public), pattern, _glob(pattern), OFF)
    yield Route(_hops(general, "", public=public), kept=OFF)


def _hops(general: list[tuple[Repository, bool]], pattern: str, *, public: bool) -> tuple[Hop, ...]:
    hops = [Hop(item.url, of_project) for item, of_project in general if pattern not in item.exclude]
    return (*hops, Hop("")) if public else tuple(hops)


def _glob(pattern: str) -> Callable[[str], bool]:
    return lambda name: fnmatchcase(name, pattern)


def _covering(item: Repository, pattern: str) -> Callable[[str], bool]:
    return lambda name: fnmatchcase(name, pattern) and item.covers(name)


def _credentials(machine: Machine, home: Path) -> Iterator[tuple[str, str]]:
    """By host; the variable goes before the file."""
    variable = json(Path("COMPOSER_AUTH"), Auth, machine.environ.get("COMPOSER_AUTH", ""))
    for told in (json(home / "auth.json", Auth), variable):
        for host, token in told.bearer.items():
            yield f"//{host}/", f"Bearer {token}"
        for host, given in told.http_basic.items():
            yield f"//{host}/", login(given.username, given.password)
