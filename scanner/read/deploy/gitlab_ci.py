""".gitlab-ci.yml: the images and components that GitLab's pipelines run.

Format: https://docs.gitlab.com/ci/yaml/
"""

from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = (".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml", ".gitlab/ci/*.yml")
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"(?:[:,-][ \t]+|\[[ \t]*)[\"']?((?:\$\{[^}\n]{0,200}\}|:(?=\S)|[^\s\"'#,\[\]{}:])+)"
OWN = ("$CI_REGISTRY_IMAGE", "${CI_REGISTRY_IMAGE}")
"""Images that the project's own pipelines build."""
OWN_COMPONENTS = ("$CI_SERVER_FQDN", "${CI_SERVER_FQDN}", "$CI_SERVER_HOST", "${CI_SERVER_HOST}")


class Named(msgspec.Struct):
    name: str | None = None


class Job(msgspec.Struct):
    image: str | Named | None = None
    services: list[str | Named | None] | None = None


def read(source: Source) -> Iterator[Component]:
    """Every image and component, once."""
    pipeline = source.yaml(dict[str, object])
    lines = source.lines(LINE)
    variables = _variables(pipeline.get("variables"))
    for written in dict.fromkeys(_images(source, pipeline)):
        if not written.startswith(OWN):
            found = image.component(source, written, variables, line=lines.get(written), scope="build")
            if found:
                yield found
    for written in dict.fromkeys(_components(pipeline.get("include"))):
        address, _, version = written.partition("@")
        host, _, path = address.partition("/")
        if not written.startswith(OWN_COMPONENTS) and path.count("/") > 1:
            qualifiers = None if host == "gitlab.com" else {"repository_url": host}
            project = path.rpartition("/")[0]
            line = lines.get(written)
            yield source.component(
                "gitlab", project, version or None, line=line, scope="build", direct=True, qualifiers=qualifiers
            )


def _images(source: Source, pipeline: Mapping[str, object]) -> Iterator[str]:
    """Of the pipeline, its defaults and its jobs."""
    for name, value in [("", pipeline), *pipeline.items()]:
        if not isinstance(value, dict) or name in ("variables", "include", "workflow", "stages", "spec"):
            continue
        job = source.convert({key: value[key] for key in ("image", "services") if key in value}, Job)
        for found in (job.image, *(job.services or [])):
            written = found.name if isinstance(found, Named) else found
            if written:
                yield written


def _variables(value: object) -> dict[str, str]:
    """Values of global variables, written bare or as {value: ..., description: ...}."""
    found = value.items() if isinstance(value, dict) else ()
    pairs = ((name, item.get("value") if isinstance(item, dict) else item) for name, item in found)
    return {str(name): item for name, item in pairs if isinstance(item, str)}


def _components(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and isinstance(item.get("component"), str):
            yield item["component"]
