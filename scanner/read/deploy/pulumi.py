"""Pulumi.yaml: the resources of programs in YAML, and the packages of providers.

Format: https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.deploy import references
from scanner.read.source import Source

FILES = ("Pulumi.yaml", "Pulumi.yml")
CARRIES = frozenset({"scope", "direct", "lines"})
LINE = r"^[ \t]*(?:type|template|[\w-]+):[ \t]*[\"']?([^\s\"'#]+)"


class Resource(msgspec.Struct):
    type: str = ""


class Project(msgspec.Struct):
    name: str | None = None
    runtime: object = None
    template: object = None
    packages: dict[str, object] | None = None
    resources: dict[str, Resource] | None = None


def read(source: Source) -> Iterator[Component]:
    """The types of resources are keys, without the module that repeats them: aws:dynamodb/table:Table is the same."""
    project = source.yaml(Project)
    if project.runtime is None and project.resources is None:
        source.error("has neither a runtime nor resources")
    lines = source.lines(LINE)
    types = [resource.type for resource in (project.resources or {}).values() if resource.type]
    for type in dict.fromkeys(types):
        package, _, rest = type.partition(":")
        module, _, name = rest.rpartition(":")
        module = module.partition("/")[0]
        source.key(":".join(filter(None, (package, module, name))), lines.get(type))
    for name, place in (project.packages or {}).items():
        if isinstance(place, str) and place.startswith(("https://", "github.com/", "gitlab.com/", "git://")):
            address, _, version = place.partition("@")
            line = lines.get(place)
            yield references.component(source, address, line=line, name=name, version=version or None, build=True)
