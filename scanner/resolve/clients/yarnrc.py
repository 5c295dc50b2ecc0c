"""yarn, since its version 2: .yarnrc.yml of the user and the project.

Format: https://yarnpkg.com/configuration/yarnrc. No credentials or variables are taken for the project's own.
"""

from collections.abc import Iterator, Mapping

import msgspec

from scanner.resolve.client_files import yaml
from scanner.resolve.clients import Machine, Route, Sources, everything, filled, scheme_less, scoped
from scanner.resolve.credentials import login

TYPES = ("npm",)


class Access(msgspec.Struct, rename="camel"):
    """What is said of all packages, of a scope or of a registry."""

    npm_registry_server: str | None = None
    npm_auth_token: str | None = None
    npm_auth_ident: str | None = None


class Yarnrc(Access, rename="camel"):
    npm_scopes: dict[str, Access] | None = None
    npm_registries: dict[str, Access] | None = None


def sources(machine: Machine) -> Sources:
    environ = machine.environ
    name = environ.get("YARN_RC_FILENAME") or ".yarnrc.yml"
    user = yaml(machine.home / name, Yarnrc)
    project = yaml(machine.project / name, Yarnrc) if machine.project else Yarnrc()
    variable = environ.get("YARN_NPM_REGISTRY_SERVER", "")
    routes = [*_routes(project, {}, of_project=True), *_routes(user, environ)]
    credentials = dict(_credentials(user, environ))
    if variable and (token := environ.get("YARN_NPM_AUTH_TOKEN")):
        credentials[scheme_less(variable)] = f"Bearer {token}"
    return Sources((*everything(variable, of_variable=True), *routes), credentials)


def _routes(told: Yarnrc, environ: Mapping[str, str], *, of_project: bool = False) -> Iterator[Route]:
    for scope, access in (told.npm_scopes or {}).items():
        if access.npm_registry_server:
            yield scoped(f"@{scope}", filled(access.npm_registry_server, environ), of_project=of_project)
    yield from everything(filled(told.npm_registry_server, environ), of_project=of_project)


def _credentials(told: Yarnrc, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """By registry; a scope's are for the scope's registry, and those at the top for the registry of all."""
    placed = [(access.npm_registry_server, access) for access in (told, *(told.npm_scopes or {}).values())]
    for address, access in (*placed, *(told.npm_registries or {}).items()):
        token, pair = (filled(value, environ) for value in (access.npm_auth_token, access.npm_auth_ident))
        where = filled(address, environ)
        if where and (token or pair):
            key = scheme_less(where if "://" in where else f"https:{where}")
            yield key, f"Bearer {token}" if token else _ident(pair)


def _ident(pair: str) -> str:
    """Of "user:password", or the same in base 64."""
    name, colon, password = pair.partition(":")
    return login(name, password) if colon else f"Basic {pair}"
