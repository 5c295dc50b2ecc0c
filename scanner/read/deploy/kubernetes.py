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
    named = all(re.search(rb"^\"?" + key + rb"\"?\s*:", head, re.MULTILINE) for key in (b"apiVersion", b"kind"))
    return named and b"{{" not in head


def read(source: Source) -> Iterator[Component]:
    """The image of each container, once."""
    lines = source.lines(LINE)
    for written in dict.fromkeys(_images(source.yaml_all())):
        found = image.component(source, written, {}, line=lines.get(written))
        if found:
            yield found


def _images(documents: list[object]) -> Iterator[str]:
    """Of the containers anywhere in the documents: pods stand alone, in workloads and in lists."""
    open_ = [*reversed(documents)]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            for key in CONTAINERS:
                containers = value.get(key)
                yield from _named(containers if isinstance(containers, list) else [])
            open_ += [item for key, item in reversed(value.items()) if key not in CONTAINERS]
        elif isinstance(value, list):
            open_ += reversed(value)


def _named(containers: list[object]) -> Iterator[str]:
    for container in containers:
        written = container.get("image") if isinstance(container, dict) else None
        if isinstance(written, str):
            yield written
