"""Maven repositories, first of all Maven Central.

Layout: https://maven.apache.org/repositories/layout.html; metadata and POM: https://maven.apache.org/ref/current/
maven-repository-metadata/ and https://maven.apache.org/pom.html. Who can publish is not told.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from defusedxml import ElementTree

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, derived, web

XML = "application/xml"
PART = re.compile(r"[A-Za-z0-9_.+-]+")


def default() -> str:
    return derived("pkg:maven/group/name@1") + "/maven2"


def documents(name: str) -> tuple[Document, ...]:
    group, _, artifact = name.rpartition("/")
    return (Document(f"{_folder(group, artifact)}/maven-metadata.xml", XML),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """The POM of the latest release, and the parents of which it inherits its licence."""
    if bodies[-1] is None:
        return []
    root = _parse(bodies[-1])
    if len(bodies) == 1:
        group, _, artifact = name.rpartition("/")
        return _pom(group, artifact, _latest(root))
    parent = root.find("{*}parent")
    if parent is None or list(_licences(root)):
        return []
    return _pom(*(_text(parent, tag) for tag in ("groupId", "artifactId", "version")))


def facts(metadata: bytes, *poms: bytes | None) -> Record:
    root = _parse(metadata)
    project = [_parse(pom) for pom in poms if pom]
    licences = next((found for pom in project if (found := list(_licences(pom)))), [])
    addresses = [_text(pom, "scm/url") or _text(pom, "url") for pom in project[:1]]
    updated = _text(root, "versioning/lastUpdated")
    return Record(
        facts=Facts(
            repository=next(iter(web(addresses)), None),
            licence=normalise(" OR ".join(normalise(name) or name for name in licences)),
            latest=_latest(root) or None,
            released=f"{updated[:4]}-{updated[4:6]}-{updated[6:8]}" if re.match(r"\d{8}", updated) else None,
            withdrawn="relocated" if project and _relocation(project[0]) else None,
            successor=_relocation(project[0]) if project else None,
        )
    )


def _parse(body: bytes | None) -> Any:
    return ElementTree.fromstring(body or b"")


def _text(element: Any, path: str) -> str:
    found = element.find("/".join(f"{{*}}{tag}" for tag in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def _latest(metadata: Any) -> str:
    return _text(metadata, "versioning/release") or _text(metadata, "versioning/latest")


def _pom(group: str, artifact: str, version: str) -> list[Document]:
    """The document of a POM, where its coordinates are plain: they come from an answer."""
    if not all(PART.fullmatch(part) and part.strip(".") for part in (group, artifact, version)):
        return []
    return [Document(f"{_folder(group, artifact)}/{version}/{artifact}-{version}.pom", XML)]


def _folder(group: str, artifact: str) -> str:
    return f"{quote(group.replace('.', '/'))}/{quote(artifact, safe='')}"


def _licences(pom: Any) -> Iterator[str]:
    """https://maven.apache.org/pom.html#licenses: of several one may choose."""
    return (name for item in pom.iterfind("{*}licenses/{*}license") if (name := _text(item, "name")))


def _relocation(pom: Any) -> str | None:
    """https://maven.apache.org/guides/mini/guide-relocation.html"""
    if pom.find("{*}distributionManagement/{*}relocation") is None:
        return None
    told = [_text(pom, f"distributionManagement/relocation/{tag}") for tag in ("groupId", "artifactId")]
    own = [_text(pom, tag) or _text(pom, f"parent/{tag}") for tag in ("groupId", "artifactId")]
    return ":".join(new or old for new, old in zip(told, own, strict=True))
