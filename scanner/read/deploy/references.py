"""Remote sources that deployment files name: a repository on a forge, with a path in it and a ref."""

import re

from scanner.model import Component, Scope
from scanner.read import registry
from scanner.read.source import Source

FORGE = re.compile(
    r"(?:git::|git\+)?(?:https?://|ssh://)?(?:[\w.-]+@)?(?P<host>github\.com|gitlab\.com|bitbucket\.org)[/:]"
    r"(?P<path>[\w.-]+/[\w.-]+?)(?:\.git)?(?:/.*|\?.*|#.*|@.*)?$"
)
REFERENCE = re.compile(r"(?:[?&](?:ref|version)=|\.git@|\.git#)([\w./-]+)")
TYPES = {"github.com": "github", "gitlab.com": "gitlab", "bitbucket.org": "bitbucket"}


def component(
    source: Source, address: str, *, line: int | None, name: str = "", version: str | None = None, build: bool = False
) -> Component:
    """What comes from `address`: of the well-known forges the repository, else a thing called `name`."""
    scope: Scope = "build" if build else "runtime"
    reference = REFERENCE.search(address)
    version = version or (reference[1] if reference else None)
    if match := FORGE.match(address):
        return source.component(TYPES[match["host"]], match["path"], version, line=line, scope=scope, direct=True)
    bare = address.partition("?")[0].partition("#")[0].rstrip("/")
    name = name or bare.rpartition("/")[2].removesuffix(".git") or bare
    is_git = address.startswith(("git", "ssh:")) or bare.endswith(".git")
    origin = registry.git(address) if is_git else {"download_url": registry.without_secrets(address)}
    return source.component("generic", name, version, line=line, scope=scope, direct=True, qualifiers=origin)
