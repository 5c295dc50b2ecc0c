"""Kubernetes manifests: the images that containers run.

Format: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = ("*.yaml", "*.yml")
CARRIES = frozenset({"direct", "lines", "hashes"})
LINE = r"^[^#\n]*?\bimage:\s*[\"']?([^\s\"'#,}]+)"
CONTAINERS = ("initContainers", "containers", "ephemeralContainers")


def recognises(head: bytes) -> bool:
    """A manifest names its apiVersion and kind. One with "{{" is a template for one, and no YAML."""
    named = all(re.search(rb"^\s*\"?" + key + rb"\"?\s*:", head, re.MULTILINE) for key in (b"apiVersion", b"kind"))
    return named and b"{{" not in head


def read(source: Source) -> Iterator[Component]:
    """The image of each container, once."""
    lines = source.lines(LINE)
    for written in dict.fromkeys(_images(source.yaml_all())):
        found = image.component(source, written, {}, line=lines.get(written))
        if found:
            yield found


def _images(value: object) -> Iterator[str]:
    """Of the containers anywhere below `value`: pods stand alone, in workloads and in lists."""
    if isinstance(value, list):
        for item in value:
            yield from _images(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in CONTAINERS and isinstance(item, list):
                for container in item:
                    written = container.get("image") if isinstance(container, dict) else None
                    if isinstance(written, str):
                        yield written
            else:
                yield from _images(item)
