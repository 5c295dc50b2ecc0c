"""Bundler and RubyGems: mirrors and credentials of .bundle/config and BUNDLE_ variables, sources of .gemrc.

Format: https://bundler.io/man/bundle-config.1.html and https://guides.rubygems.org/command-reference/#gem-environment
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scanner.resolve.client_files import yaml
from scanner.resolve.clients import Hop, Machine, Route, Sources, everything, host_of, scheme_less
from scanner.resolve.credentials import login

TYPES = ("gem",)
PUBLIC = ("rubygems.org", "www.rubygems.org", "index.rubygems.org")


def sources(machine: Machine) -> Sources:
    """The mirror of the public registry, else the sources of `gem`."""
    environ, user = machine.environ, _user(machine)
    variables = _settings(environ)
    project = _settings(yaml(machine.project / ".bundle" / "config", dict[str, Any])) if machine.project else {}
    routes = (
        *everything(_mirror(variables), of_variable=True),
        *everything(_mirror(project), of_project=True),
        *everything(_mirror(user)),
        *_gems(machine.home / ".gemrc"),
    )
    return Sources(routes, dict(_credentials(user | variables)))


def _user(machine: Machine) -> dict[str, str]:
    environ = machine.environ
    folder = Path(environ.get("BUNDLE_USER_HOME") or machine.home / ".bundle")
    return _settings(yaml(Path(environ.get("BUNDLE_USER_CONFIG") or folder / "config"), dict[str, Any]))


def _settings(told: Mapping[str, Any]) -> dict[str, str]:
    """Options by name: "BUNDLE_MIRROR__HTTPS://A___B__EXAMPLE/" is "mirror.https://a-b.example/"."""
    own = {str(key): value for key, value in told.items() if str(key).startswith("BUNDLE_") and isinstance(value, str)}
    return {
        key.removeprefix("BUNDLE_").replace("___", "-").replace("__", ".").lower(): value for key, value in own.items()
    }


def _mirror(settings: Mapping[str, str]) -> str:
    """That of the public registry, else that of everything."""
    for key, address in settings.items():
        if key.startswith("mirror.http") and host_of(key.removeprefix("mirror.")) in PUBLIC:
            return address
    return settings.get("mirror.all", "")


def _credentials(settings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """By host or address, as "gems.acme.example" or "https://gems.acme.example/team/" with "name:password"."""
    for key, value in settings.items():
        name, colon, password = value.partition(":")
        host = key.partition("://")[2] or key
        if colon and "." in host and "://" not in value and not key.startswith("mirror."):
            yield scheme_less(f"https://{host}"), login(name, password)


def _gems(path: Path) -> Iterator[Route]:
    listed = yaml(path, dict[str, Any]).get(":sources")
    found = [str(item).rstrip("/") for item in listed] if isinstance(listed, list) else []
    hops = tuple(Hop("" if host_of(item) in PUBLIC else item) for item in found)
    if hops and hops != (Hop(""),):
        yield Route(hops)
