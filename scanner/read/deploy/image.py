"""Container images as deployment files name them: "postgres:16", "quay.io/team/app@sha256:...".

Format: https://github.com/distribution/reference/blob/main/reference.go
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from scanner.model import Component, Scope
from scanner.read.deploy import variables
from scanner.read.source import Source

REFERENCE = re.compile(
    r"(?:(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?|\[[0-9A-Fa-f:]+\](?::\d+)?)/)?"
    r"(?P<path>[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*)"
    r"(?::(?P<tag>[\w\0][\w.\0-]*))?(?:@(?P<digest>[A-Za-z0-9.+_-]+:[0-9A-Fa-f]{32,}|\0))?\Z"
)
DOCKER_HUB = ("docker.io", "index.docker.io")


class Image(NamedTuple):
    """An image reference in parts; `host` is None for Docker Hub."""

    host: str | None
    path: str
    tag: str | None
    digest: str | None


def parse(reference: str) -> Image | None:
    """The parts of an image reference with Docker's defaults filled in; None where it is none."""
    match = REFERENCE.match(reference)
    if match is None:
        return None
    host, path = match["host"], match["path"]
    if host and not ("." in host or ":" in host or host == "localhost"):
        host, path = None, f"{host}/{path}"
    if host is None or host in DOCKER_HUB:
        host, path = None, path if "/" in path else f"library/{path}"
    known = {part: match[part] if variables.UNKNOWN not in (match[part] or "") else None for part in ("tag", "digest")}
    return Image(host, path, known["tag"], known["digest"]) if path == path.lower() else None


def component(
    source: Source, written: str, values: Mapping[str, str], *, line: int | None, scope: Scope = "runtime"
) -> Component | None:
    """The image that `written` names; a gap, and None, where that depends on a variable without a value.

    With a tag and a digest, the tag is the version and the digest a hash.
    """
    reference = variables.expand(written, values)
    unknown = variables.UNKNOWN in reference
    image = parse(reference)
    if unknown or image is None:
        reason = f"depends on {variables.names(written)}, which has no default" if unknown else "is no image reference"
        source.gap(f"image {written[:120]!r} {reason}", f"line {line}" if line else "")
    if image is None:
        return None
    return source.component(
        "docker",
        image.path,
        image.tag or image.digest,
        line=line,
        scope=scope,
        direct=True,
        hashes=(image.digest,) if image.digest else (),
        qualifiers={"repository_url": image.host} if image.host else None,
    )
