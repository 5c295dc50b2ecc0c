"""Packages of Conda: what their archives' addresses say, and what a match specification does.

Format: https://docs.conda.io/projects/conda-build/en/stable/resources/package-naming-conv.html and
https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from scanner.read import registry

ADDRESS = re.compile(
    r"(?P<base>(?:https?|file)://[^\s#]+?|[^\s#:]+)/(?P<subdir>noarch|[a-z]+-[a-z0-9]+)/"
    r"(?P<name>[A-Za-z0-9_][\w.-]*)-(?P<version>[^\s/#-]+)-(?P<build>[^\s/#-]+?)(?:\.conda|\.tar\.bz2)(?:#(?P<md5>\w+))?$"
)
TOKEN = re.compile(r"^(https?://[^/]+)/t/[^/]+/")
"""As Anaconda's servers have it in their addresses."""
SPEC = re.compile(
    r"(?:(?P<channel>[^\s:=]+)::)?(?P<name>[A-Za-z0-9_][\w.-]*)(?:\[(?P<inside>[^\]]*)\])?\s*(?P<rest>.*)$"
)
INSIDE = re.compile(r"\bversion\s*=\s*[\"']?(?:==)?([\w.+!-]+)[\"']?\s*(?:,|$)")
EXACT = re.compile(r"(={1,3})\s*([\w.+!-]+)(?:=([\w.*-]+))?$")


class Archive(NamedTuple):
    """An archive of a package: which channel it is from and what it holds."""

    channel: str
    name: str
    version: str
    build: str
    md5: str | None

    @property
    def qualifiers(self) -> Mapping[str, str]:
        return {"channel": self.channel} if self.channel else {}


class Spec(NamedTuple):
    """What is asked for; `build` only where it is named, which makes the version exact."""

    channel: str | None
    name: str
    version: str | None


def archive(address: str) -> Archive | None:
    """What an address such as https://host/conda-forge/noarch/tzdata-2024a-h0c530f3_0.conda says."""
    match = ADDRESS.match(TOKEN.sub(r"\1/", registry.without_secrets(address)))
    if match is None:
        return None
    channel = match["base"].partition("://")[2].partition("/")[2] or match["base"].rpartition("/")[2]
    return Archive(channel, match["name"], match["version"], match["build"], match["md5"])


def spec(text: str, *, exported: bool = False) -> Spec | None:
    """A match specification. "=1.26" means any 1.26 to people, and in an `exported` environment just that one."""
    match = SPEC.match(text.partition("#")[0].strip())
    if match is None:
        return None
    exact = EXACT.match(match["rest"].strip())
    inside = INSIDE.search(match["inside"] or "")
    if inside:
        return Spec(match["channel"], match["name"].lower(), inside[1])
    pinned = exact and "*" not in exact[2] and (exact[1] != "=" or exact[3] or exported)
    return Spec(match["channel"], match["name"].lower(), exact[2] if exact and pinned else None)
