"""kustomization.yaml of Kustomize: images put in place of others, charts, and what lies elsewhere.

Format: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read import registry
from scanner.read.deploy import image, references
from scanner.read.source import Source

FILES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
CARRIES = frozenset({"direct", "lines", "hashes"})
LINE = r"(?:^|[{,])[ \t]*(?:-[ \t]+)?(?:name|newName):[ \t]*[\"']?([^\s\"'#,}]+)"
RESOURCE = r"^[ \t]*-[ \t]+[\"']?([^\s\"'#]+://[^\s\"']+|(?:github|gitlab)\.com/[^\s\"']+|bitbucket\.org/[^\s\"']+)"
REMOTE = ("https://", "http://", "ssh://", "git::", "git@", "github.com/", "gitlab.com/", "bitbucket.org/")


class Image(msgspec.Struct, rename="camel"):
    name: str
    new_name: str | None = None
    new_tag: str | None = None
    digest: str | None = None


class Chart(msgspec.Struct):
    name: str
    repo: str | None = None
    version: str | None = None


class Kustomization(msgspec.Struct, rename="camel"):
    images: list[Image] | None = None
    helm_charts: list[Chart] | None = None
    resources: list[str] | None = None
    bases: list[str] | None = None
    components: list[str] | None = None


def read(source: Source) -> Iterator[Component]:
    """Images as they will run, charts, and remote resources; those at a path are read by themselves."""
    file = source.yaml(Kustomization)
    lines, places = source.lines(LINE), source.lines(RESOURCE)
    for item in file.images or ():
        name = item.new_name or item.name
        written = name + (f":{item.new_tag}" if item.new_tag else "") + (f"@{item.digest}" if item.digest else "")
        found = image.component(source, written, {}, line=lines.get(name))
        if found:
            yield found
    for chart in file.helm_charts or ():
        if chart.repo:
            origin = {"repository_url": registry.without_secrets(chart.repo)}
            line = lines.get(chart.name)
            yield source.component("helm", chart.name, chart.version, line=line, direct=True, qualifiers=origin)
    for place in (*(file.resources or ()), *(file.bases or ()), *(file.components or ())):
        if place.startswith(REMOTE):
            yield references.component(source, place, line=places.get(place))
