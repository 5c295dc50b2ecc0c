"""Podfile.lock of CocoaPods.

Format: https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock (YAML; fields not documented)
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component
from scanner.read import graph, registry
from scanner.read.source import Source

FILES = ("Podfile.lock",)
CARRIES = frozenset({"direct", "edges", "lines", "hashes"})
LINE = r"^  - \"?([^\s\"(]+)"
POD = re.compile(r"(\S+?)(?: \(([^()]*)\))?$")


class Place(msgspec.Struct):
    path: str | None = msgspec.field(name=":path", default=None)
    git: str | None = msgspec.field(name=":git", default=None)
    commit: str | None = msgspec.field(name=":commit", default=None)
    tag: str | None = msgspec.field(name=":tag", default=None)
    podspec: str | None = msgspec.field(name=":podspec", default=None)


class Lock(msgspec.Struct):
    pods: list[str | dict[str, list[str]]] = msgspec.field(name="PODS")
    wanted: list[str] = msgspec.field(name="DEPENDENCIES", default_factory=list)
    repositories: dict[str, list[str]] = msgspec.field(name="SPEC REPOS", default_factory=dict)
    external: dict[str, Place] = msgspec.field(name="EXTERNAL SOURCES", default_factory=dict)
    checkouts: dict[str, Place] = msgspec.field(name="CHECKOUT OPTIONS", default_factory=dict)
    checksums: dict[str, str] = msgspec.field(name="SPEC CHECKSUMS", default_factory=dict)


def read(source: Source) -> Iterator[Component]:
    """Every pod, and every subspec ("Firebase/Auth") as its subpath; those at a path are the project's own parts."""
    lock = source.yaml(Lock)
    lines = source.lines(LINE)
    components: dict[str, Component] = {}
    edges: dict[str, list[str]] = {}
    origins = _origins(lock)
    for item in lock.pods:
        for pod, needs in item.items() if isinstance(item, dict) else ((item, []),):
            name, version = _parse(pod)
            edges[name] = [_parse(need)[0] for need in needs]
            top, _, subspec = name.partition("/")
            if top in lock.external and lock.external[top].path:
                continue
            checksum = lock.checksums.get(top)
            components[name] = source.component(
                "cocoapods",
                top,
                version,
                line=lines.get(name),
                hashes=(f"sha1:{checksum}",) if checksum else (),
                qualifiers=origins.get(top),
                subpath=subspec,
            )
    return graph.link(components, edges, {_parse(pod)[0]: "runtime" for pod in lock.wanted})


def _parse(pod: str) -> tuple[str, str | None]:
    """Name and version of "Firebase/Auth (10.0.0)"; in a wish the version is a range or says where the pod is from."""
    match = POD.match(pod)
    return (match[1], match[2]) if match else (pod.partition(" ")[0], None)


def _origins(lock: Lock) -> Mapping[str, dict[str, str]]:
    """Of pods from git, and from a repository of specifications other than the one that most come from."""
    counts = Counter({name: len(pods) for name, pods in lock.repositories.items()})
    usual = {"trunk", *(name for name, _ in counts.most_common(1))}
    found = {
        pod: {"repository_url": name} for name, pods in lock.repositories.items() if name not in usual for pod in pods
    }
    for pod, place in lock.external.items():
        checkout = lock.checkouts.get(pod, place)
        if place.git:
            found[pod] = registry.git(place.git, checkout.commit or checkout.tag)
        elif place.podspec:
            found[pod] = {"download_url": registry.without_secrets(place.podspec)}
    return found
