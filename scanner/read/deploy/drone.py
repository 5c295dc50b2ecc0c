""".drone.yml of Drone and the workflows of Woodpecker, its fork: the images that their steps run.

Format: https://docs.drone.io/pipeline/docker/syntax/ and https://woodpecker-ci.org/docs/usage/workflow-syntax
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = (
    ".drone.yml", ".drone.yaml", ".woodpecker.yml", ".woodpecker.yaml", ".woodpecker/*.yml", ".woodpecker/*.yaml",
)  # fmt: skip
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"(?:^|[{,])[ \t]*(?:-[ \t]+)?image:[ \t]+[\"']?([^\s\"'#,}]+)"
GROUPS = ("clone", "steps", "pipeline", "services")
"""Lists of containers, or mappings of them by name; Woodpecker called its steps a pipeline before version 2."""


def read(source: Source) -> Iterator[Component]:
    """Every image, once; a plug-in is an image too."""
    pipelines = source.yaml_all()
    if not any(isinstance(pipeline, dict) for pipeline in pipelines):
        source.error("is no pipeline of Drone or Woodpecker")
    lines = source.lines(LINE)
    for written in dict.fromkeys(name for pipeline in pipelines for name in _images(pipeline)):
        if found := image.component(source, written, {}, line=lines.get(written), scope="build"):
            yield found


def _images(pipeline: object) -> Iterator[str]:
    groups = [pipeline.get(name) for name in GROUPS] if isinstance(pipeline, dict) else []
    for group in groups:
        for container in group.values() if isinstance(group, dict) else group if isinstance(group, list) else ():
            if isinstance(container, dict) and isinstance(container.get("image"), str):
                yield container["image"]
