"""package.json beside a lockfile: what the project itself asks for; and where a package came from.

Format: https://docs.npmjs.com/cli/v11/configuring-npm/package-json
"""

from collections.abc import Iterable, Mapping

import msgspec

from scanner.model import Scope
from scanner.read import registry
from scanner.read.source import Source

GIT = ("git+", "git:", "github:")


class Manifest(msgspec.Struct, rename="camel"):
    dependencies: dict[str, str] = {}
    optional_dependencies: dict[str, str] = {}
    peer_dependencies: dict[str, str] = {}
    dev_dependencies: dict[str, str] = {}


def read(source: Source, folder: str = "") -> dict[str, Scope] | None:
    """The names that package.json beside `source`, or in `folder` below it, asks for, with their scopes.

    None where there is none.
    """
    manifest = source.beside(f"{folder}/package.json".lstrip("/"), Manifest)
    if manifest is None:
        return None
    groups: tuple[tuple[Scope, Mapping[str, str]], ...] = (
        ("development", manifest.dev_dependencies),
        ("optional", manifest.optional_dependencies),
        ("runtime", {**manifest.peer_dependencies, **manifest.dependencies}),
    )
    return {name: scope for scope, group in groups for name in group}


def origin(version: str | None, resolved: str | bool | None, usual: Iterable[str] = ()) -> dict[str, str] | None:
    """Qualifiers of a package that does not come from one of the `usual` registries.

    `vcs_url` for git, `repository_url` for a registry, whose addresses have "/-/" before the file's name, and
    `download_url` for a lone archive.
    """
    for address in (resolved, version):
        if isinstance(address, str) and address.startswith(GIT):
            return registry.git(address.replace("github:", "https://github.com/").replace("#", "@"))
    for address in (resolved, version):
        if not isinstance(address, str) or not address.startswith(("https://", "http://")):
            continue
        if registry.host_of(address) in usual:
            return None
        base, registered, _ = address.partition("/-/")
        if registered:
            return registry.qualifiers(_without_name(base), usual)
        return {"download_url": registry.without_secrets(address.partition("#")[0])}
    return None


def _without_name(address: str) -> str:
    """The registry of a package: that of https://host/npm/@scope/name is https://host/npm."""
    base = address.rpartition("/")[0]
    return base.rpartition("/")[0] if base.rpartition("/")[2].startswith(("@", "%40")) else base
