"""Templates of AWS CloudFormation and SAM, written by hand or by the CDK: their resources, images and runtimes.

Format: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
"""

import re
from collections.abc import Iterator, Mapping

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = ("*.yaml", "*.yml", "*.template", "*.template.json", "*template*.json", "*cloudformation*.json", "*.cfn.json")
CARRIES = frozenset({"direct", "lines"})
MARK = re.compile(
    rb"AWSTemplateFormatVersion|Transform[\"']?\s*:[\"'\[\s-]*AWS::|^[ \t]*[\"']?Type[\"']?\s*:\s*[\"']?AWS::\w+::",
    re.MULTILINE,
)
TYPE = r"^[^#\n]*?[\"']?\bType[\"']?\s*:\s*[\"']?([A-Za-z0-9]+::[\w:]+)"
VALUE = r"^[^#\n]*?[\"']?\b(?:Image|ImageUri|Runtime)[\"']?\s*:\s*[\"']?([^\s\"'#,}]+)"
RUNTIME = re.compile(r"(python|nodejs|java|dotnet|dotnetcore|ruby|go)(\d[\d.]*)(?:\.x|\.al2)?$")


def recognises(head: bytes) -> bool:
    """Whether the first bytes have what only a template has."""
    return MARK.search(head) is not None


def read(source: Source) -> Iterator[Component]:
    """Images and runtimes; what the resources themselves are, the rules know by their types."""
    is_json = source.data.lstrip()[:1] == b"{"
    for document in [source.json(object)] if is_json else source.yaml_all():
        resources = document.get("Resources") if isinstance(document, dict) else None
        if not isinstance(resources, dict):
            source.error("has no Resources")
        yield from read_resources(source, resources)


def read_resources(source: Source, resources: Mapping[str, object]) -> Iterator[Component]:
    """The components of resources, whose types become keys of the file."""
    types, values = source.lines(TYPE), source.lines(VALUE)
    written: dict[tuple[str, str], None] = {}
    for type in dict.fromkeys(map(_type, resources.values())):
        if type:
            source.key(type, types.get(type))
    for resource in resources.values():
        written |= dict.fromkeys(_values(resource))
    for name, value in written:
        runtime = RUNTIME.match(value) if name == "Runtime" else None
        if runtime:
            yield tools.component(source, runtime[1].removesuffix("core"), runtime[2].rstrip("."), values.get(value))
        elif (
            name != "Runtime"
            and "${" not in value
            and (found := image.component(source, value, {}, line=values.get(value)))
        ):
            yield found


def _type(resource: object) -> str | None:
    type = resource.get("Type") if isinstance(resource, dict) else None
    return type if isinstance(type, str) else None


def _values(resource: object) -> Iterator[tuple[str, str]]:
    """Images and runtimes anywhere in a resource; functions such as Fn::Sub stand for what only AWS knows."""
    open_ = [resource]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            for name in ("Image", "ImageUri", "Runtime"):
                if isinstance(value.get(name), str):
                    yield name, value[name]
            open_ += reversed(value.values())
        elif isinstance(value, list):
            open_ += reversed(value)
