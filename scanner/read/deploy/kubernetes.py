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
LINE = r"^[^#\n]*?\b(?:image|imageName|reference):[ \t]*[\"']?([^\s\"'#,}]+)"
VERSION = r"^[ \t]*(?:-[ \t]+)?[\"']?apiVersion[\"']?:[ \t]*[\"']?([^\s\"'#,}]+)"
CONTAINERS = ("initContainers", "containers", "ephemeralContainers")


def recognises(head: bytes) -> bool:
    """A manifest names its apiVersion and kind. One with "{{" is a template for one, and no YAML."""
    named = all(re.search(rb"^\"?" + key + rb"\"?\s*:", head, re.MULTILINE) for key in (b"apiVersion", b"kind"))
    return named and b"{{" not in head


def read(source: Source) -> Iterator[Component]:
    """The image of each container, once. What the objects are ("argoproj.io/v1alpha1/Application") are keys."""
    lines, versions = source.lines(LINE), source.lines(VERSION)
    documents = source.yaml_all()
    for version, kind in dict.fromkeys(_kinds(documents)):
        source.key(f"{version}/{kind}", versions.get(version))
    for written in dict.fromkeys(_images(documents)):
        found = image.component(source, written, {}, line=lines.get(written))
        if found:
            yield found


def _kinds(documents: list[object]) -> Iterator[tuple[str, str]]:
    for document in documents:
        items = document.get("items") if isinstance(document, dict) else None
        for item in (document, *(items if isinstance(items, list) else ())):
            version, kind = (item.get("apiVersion"), item.get("kind")) if isinstance(item, dict) else (None, None)
            if isinstance(version, str) and isinstance(kind, str):
                yield version, kind


def _images(documents: list[object]) -> Iterator[str]:
    """Of the containers anywhere in the documents: pods stand alone, in workloads and in lists.

    Also of volumes that are images, and what operators of databases call imageName.
    """
    open_ = [*reversed(documents)]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            for key in CONTAINERS:
                containers = value.get(key)
                yield from _named(containers if isinstance(containers, list) else [])
            volume = value.get("image")
            for written in (value.get("imageName"), volume.get("reference") if isinstance(volume, dict) else None):
                if isinstance(written, str):
                    yield written
            open_ += [item for key, item in reversed(value.items()) if key not in CONTAINERS]
        elif isinstance(value, list):
            open_ += reversed(value)


def _named(containers: list[object]) -> Iterator[str]:
    for container in containers:
        written = container.get("image") if isinstance(container, dict) else None
        if isinstance(written, str):
            yield written
