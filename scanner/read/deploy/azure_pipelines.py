"""azure-pipelines.yml: the images and repositories that Azure's pipelines run.

Format: https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = ("azure-pipelines*.yml", "azure-pipelines*.yaml", ".azure-pipelines/*.yml", ".azure-pipelines/*.yaml")
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"(?:^|[{,])[ \t]*(?:-[ \t]+)?[\w-]{1,60}:[ \t]+[\"']?([^\s\"'#,{}\[][^\s\"'#,}]*)"
EXPRESSIONS = ("$(", "${{", "$[")
TYPES = {"github": "github", "bitbucket": "bitbucket"}


def read(source: Source) -> Iterator[Component]:
    """Every image, once, and the repositories that templates come from; those of Azure itself are the project's own."""
    pipeline = source.yaml_first()
    if not isinstance(pipeline, dict | list):
        source.error("is no pipeline")
    lines = source.lines(LINE)
    found = list(_walk(pipeline))
    aliases = {name for kind, name in found if kind == "alias"}
    for written in dict.fromkeys(name for kind, name in found if kind == "image" and name not in aliases):
        line = lines.get(written)
        if any(sign in written for sign in EXPRESSIONS):
            source.gap(f"image {written[:120]!r} depends on a variable", f"line {line}" if line else "")
        elif component := image.component(source, written, {}, line=line, scope="build"):
            yield component
    yield from _repositories(source, pipeline)


def _walk(pipeline: object) -> Iterator[tuple[str, str]]:
    """Images, and the names under which `resources` has some of them."""
    open_ = [pipeline]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            container, services = value.get("container"), value.get("services")
            if isinstance(container, str):
                yield "alias" if {"image", "registry"} & value.keys() else "image", container
            own = (
                f"{value['registry']}.azurecr.io/{value['repository']}"
                if {"registry", "repository"} <= value.keys()
                else None
            )
            for name in (value.get("image"), own, *(services.values() if isinstance(services, dict) else ())):
                if isinstance(name, str):
                    yield "image", name
            open_ += reversed([item for key, item in value.items() if key not in ("variables", "inputs", "env")])
        elif isinstance(value, list):
            open_ += reversed(value)


def _repositories(source: Source, pipeline: object) -> Iterator[Component]:
    resources = pipeline.get("resources") if isinstance(pipeline, dict) else None
    items = resources.get("repositories") if isinstance(resources, dict) else None
    for item in items if isinstance(items, list) else ():
        type, name = (item.get("type"), item.get("name")) if isinstance(item, dict) else (None, None)
        if isinstance(type, str) and type in TYPES and isinstance(name, str):
            ref = item.get("ref")
            version = ref.removeprefix("refs/tags/") if isinstance(ref, str) and "refs/heads/" not in ref else None
            line = source.lines(LINE).get(name)
            yield source.component(TYPES[type], name, version, line=line, scope="build", direct=True)
