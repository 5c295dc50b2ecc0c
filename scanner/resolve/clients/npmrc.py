"""npm, pnpm and classic yarn: .npmrc of the machine, the user and the project.

Format: https://docs.npmjs.com/cli/configuring-npm/npmrc. No credentials or variables are taken for the project's own.
"""

import binascii
from base64 import b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path

from scanner.resolve.client_files import text
from scanner.resolve.clients import Machine, Route, Sources, everything, filled, scoped
from scanner.resolve.credentials import login

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
        scope, _, option = key.partition(":")
        if scope.startswith("@") and option == "registry" and address:
            yield scoped(scope, address, of_project=of_project)


def _credentials(settings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """By address, in one of three forms: a token, a pair in base 64, a name with a password in base 64."""
    paths = dict.fromkeys(key.rpartition(":")[0] for key in settings if key.startswith("//"))
    for path in paths:
        name, password = settings.get(f"{path}:username"), settings.get(f"{path}:_password")
        pair, token = settings.get(f"{path}:_auth"), settings.get(f"{path}:_authToken")
        given = name and password and _login(name, password)
        if found := f"Bearer {token}" if token else f"Basic {pair}" if pair else given:
            yield path.rstrip("/") + "/", found


def _login(name: str, password: str) -> str | None:
    try:
        return login(name, b64decode(password).decode())
    except (binascii.Error, ValueError):
        return None


def _prefix(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("npm_config_prefix") or environ.get("PREFIX") or "/usr")


def _read(path: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Lines `key = value`; `${NAME}` is a variable, and stays as it is where that is not set, as in npm."""
    settings = {}
    for line in text(path).splitlines():
        key, equals, value = line.partition("=")
        if equals and not key.lstrip().startswith((";", "#")):
            settings[key.strip()] = filled(value.strip().strip("\"'"), environ)
    return settings
