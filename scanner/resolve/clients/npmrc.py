"""npm, pnpm and classic yarn: .npmrc of the machine, the user and the project.

Format: https://docs.npmjs.com/cli/configuring-npm/npmrc. No credentials or variables are taken for the project's own.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scanner.resolve.client_files import text
from scanner.resolve.clients import Machine, Route, Sources, everything
from scanner.resolve.clients.scopes import route, scope_of
from scanner.resolve.credentials import basic, encoded

TYPES = ("npm",)


def sources(machine: Machine) -> Sources:
    """A scope's registry, else the one for all; the environment's word first, then the project's, then the user's."""
    environ = machine.environ
    user = _read(Path(environ.get("npm_config_globalconfig") or _prefix(environ) / "etc" / "npmrc"), environ)
    named = environ.get("npm_config_userconfig") or environ.get("NPM_CONFIG_USERCONFIG")
    user |= _read(Path(named or machine.home / ".npmrc"), environ)
    project = _read(machine.project / ".npmrc", {}) if machine.project else {}
    variable = next((value for name, value in environ.items() if name.lower() == "npm_config_registry" and value), "")
    routes = [*_scopes(project, of_project=True), *_scopes(user), *everything(variable, of_variable=True)]
    routes += [
        *everything(project.get("registry", ""), of_project=True),
        *everything(user.get("registry", "")),
    ]
    return Sources(tuple(routes), dict(_credentials(user)))


def _scopes(settings: Mapping[str, str], *, of_project: bool = False) -> Iterator[Route]:
    for key, address in settings.items():
        if (scope := scope_of(key)) and address:
            yield route(scope, address, of_project=of_project)


def _credentials(settings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The forms there are, the weakest first: a later one takes its place."""
    for key, value in settings.items():
        path, _, form = key.rpartition(":")
        if path.startswith("//") and form == "_password" and (name := settings.get(f"{path}:username")):
            if (password := encoded(value)) is not None:
                yield _folder(path), basic(name, password)
    for form, scheme in (("_auth", "Basic"), ("_authToken", "Bearer")):
        for key, value in settings.items():
            path, _, last = key.rpartition(":")
            if path.startswith("//") and last == form and value:
                yield _folder(path), f"{scheme} {value}"


def _folder(path: str) -> str:
    return path.rstrip("/") + "/"


def _prefix(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("npm_config_prefix") or environ.get("PREFIX") or "/usr")


def _read(path: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Lines `key = value`; `${NAME}` is a variable, and stays as it is where that is not set, as in npm."""
    settings = {}
    for line in text(path).splitlines():
        key, equals, value = line.partition("=")
        if equals and not key.lstrip().startswith((";", "#")):
            settings[key.strip()] = re.sub(
                r"\$\{([^}]+)\}", lambda found: environ.get(found[1], found[0]), value.strip().strip("\"'")
            )
    return settings
