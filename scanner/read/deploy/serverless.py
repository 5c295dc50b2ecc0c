"""serverless.yml of the Serverless Framework: the provider, what starts functions, and resources.

Format: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.deploy import cloudformation, image
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = ("serverless.yml", "serverless.yaml", "serverless.*.yml")
CARRIES = frozenset({"direct", "lines", "hashes"})
LINE = r"^[ \t]*(?:-[ \t]+)?(?:(?:name|runtime|provider|image|uri):[ \t]*[\"']?)?([A-Za-z][^\s\"'#:]*(?::[^\s\"'#:]+)*)"


class Provider(msgspec.Struct):
    name: str = ""
    runtime: str | None = None


class Image(msgspec.Struct):
    uri: str | None = None


class Function(msgspec.Struct):
    runtime: str | None = None
    image: str | Image | None = None
    events: list[str | dict[str, object] | None] | str | None = None


class Service(msgspec.Struct):
    provider: str | Provider
    functions: object = None
    resources: object = None


def read(source: Source) -> Iterator[Component]:
    """Runtimes and images. The provider is a key ("serverless:aws"), and so are its events ("serverless:aws:sqs")."""
    service = source.yaml(Service)
    provider = service.provider if isinstance(service.provider, Provider) else Provider(service.provider)
    lines = source.lines(LINE)
    source.key(f"serverless:{provider.name}", lines.get(provider.name))
    functions = list(_functions(source, service.functions))
    for event in sorted({event for function in functions for event in _events(function)}):
        source.key(f"serverless:{provider.name}:{event}", lines.get(event))
    for runtime in dict.fromkeys([provider.runtime, *(function.runtime for function in functions)]):
        if runtime and (match := cloudformation.RUNTIME.match(runtime)):
            yield tools.component(source, match[1], match[2].rstrip("."), lines.get(runtime))
    for function in functions:
        written = function.image.uri if isinstance(function.image, Image) else function.image
        if written and ("/" in written or ":" in written) and "${" not in written:
            found = image.component(source, written, {}, line=lines.get(written))
            if found:
                yield found
    yield from _resources(source, service.resources)


def _functions(source: Source, value: object) -> Iterator[Function]:
    """A mapping of functions, or a list of such; "${file(functions.yml)}" is read by nobody but the framework."""
    for group in value if isinstance(value, list) else [value]:
        for function in group.values() if isinstance(group, dict) else [group]:
            if isinstance(function, dict):
                yield source.convert(function, Function)
            elif function:
                source.gap(f"what {str(function)[:80]!r} stands for is not read", "$.functions")


def _events(function: Function) -> Iterator[str]:
    for event in function.events if isinstance(function.events, list) else ():
        if isinstance(event, dict):
            yield from map(str, event)
        elif event:
            yield event


def _resources(source: Source, value: object) -> Iterator[Component]:
    """CloudFormation's, in one mapping or several."""
    for part in value if isinstance(value, list) else [value]:
        resources = part.get("Resources") if isinstance(part, dict) else None
        if isinstance(resources, dict):
            yield from cloudformation.read_resources(source, resources)
