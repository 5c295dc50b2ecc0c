"""CycloneDX 1.6 in JSON: the inventory with what was found out about it, as properties named `outlast:…`.

Standard: ECMA-424, https://cyclonedx.org/docs/1.6/json/. The properties: docs/cyclonedx.md. Read again, it gives the
same inventory. cyclonedx-python-lib writes the frame, and one component of each kind; the names, digests and addresses
that tell one from the next are laid in. Written by it one by one, 20,000 components take 4 s; so they take one.
"""

import base64
import binascii
import datetime
import hashlib
import operator
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from scanner.model import Assessed, Facts, Location, Scan, Scope
from scanner.report.visible import address, neutral

if TYPE_CHECKING:
    from cyclonedx.model import Property
    from cyclonedx.model.bom import BomMetaData
    from cyclonedx.model.license import License

ROOT = "project"
ORDER = ("$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata")
EXCLUDED: frozenset[Scope] = frozenset({"development", "test", "build"})
DIGITS: Mapping[str, int] = {"md5": 32, "sha1": 40, "sha256": 64, "sha384": 96, "sha512": 128}
_HASH = re.compile(r"(md5|sha-?1|sha-?256|sha-?384|sha-?512)([:-])(\S+)\Z", re.IGNORECASE)

LONGEST_VERSION = 1_024
"""Characters, by the standard."""

Pairs = Iterable[tuple[str, str]]


def render(scan: Scan) -> str:
    """The bill of materials. Equal scans make equal bills."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.schema.schema import SCHEMA_VERSIONS

    view = SCHEMA_VERSIONS[SchemaVersion.V1_6]
    frame = _frame(scan)
    bill = {key: frame[key] for key in ORDER} | {
        "components": [_node(found, view) for found in scan.components],
        "dependencies": _dependencies(scan),
    }
    return msgspec.json.format(msgspec.json.encode(bill), indent=2).decode() + "\n"


def _node(found: Assessed, view: Any) -> dict[str, Any]:
    """A component: what the library writes of its kind, and what is its own."""
    facts = found.custody.facts or Facts()
    own = {
        "bom-ref": found.purl,
        **_identity(found),
        "version": found.version and found.version[:LONGEST_VERSION],
        "hashes": sorted(_hashes(found.hashes), key=operator.itemgetter("alg", "content")),
        "externalReferences": list(_references(facts)),
        "evidence": {"occurrences": [_occurrence(place) for place in found.locations]} if found.locations else None,
        "properties": [
            {"name": f"outlast:{name}", "value": neutral(value)} for name, value in sorted(set(_about(found)))
        ],
    }
    image = found.purl.startswith(("pkg:docker/", "pkg:oci/"))
    kind = _kind(image, found.scope, found.licence, facts.organisation, view)
    return {**kind, **{name: value for name, value in own.items() if value}}


def _occurrence(place: Location) -> dict[str, Any]:
    occurrence: dict[str, Any] = {"location": neutral(place.path)}
    return occurrence if place.line is None else occurrence | {"line": place.line}


def _frame(scan: Scan) -> Mapping[str, Any]:
    """The bill without its components."""
    from cyclonedx.model.bom import Bom
    from cyclonedx.output.json import JsonV1Dot6

    serial = uuid.uuid5(uuid.NAMESPACE_URL, f"outlast:{hashlib.sha256(msgspec.json.encode(scan)).hexdigest()}")
    bom = Bom(serial_number=serial, metadata=_metadata(scan))
    frame: dict[str, Any] = msgspec.json.decode(JsonV1Dot6(bom).output_as_string())
    if _timestamp(scan.tool.generated) is None:  # where there is none, the library asks the clock
        del frame["metadata"]["timestamp"]
    return frame


def _metadata(scan: Scan) -> "BomMetaData":
    from cyclonedx.model.bom import BomMetaData
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.tool import ToolRepository

    tool = Component(name=scan.tool.name, version=scan.tool.version[:LONGEST_VERSION], type=ComponentType.APPLICATION)
    return BomMetaData(
        timestamp=_timestamp(scan.tool.generated),
        tools=ToolRepository(components=[tool]),
        component=Component(name=neutral(scan.project.name) or ROOT, type=ComponentType.APPLICATION, bom_ref=ROOT),
        properties=_properties(_project(scan)),
    )


def _timestamp(text: str) -> datetime.datetime | None:
    try:
        day = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return day.replace(tzinfo=day.tzinfo or datetime.UTC)


def _project(scan: Scan) -> Iterator[tuple[str, str]]:
    """What is so of the whole project."""
    yield "verdict", scan.summary.verdict
    if scan.summary.score is not None:
        yield "score", str(scan.summary.score)
    yield "rules", str(scan.tool.rules)
    yield "offline", str(scan.tool.offline).lower()
    for technology in scan.technologies:
        score = "" if technology.score is None else f" {technology.score}"
        yield f"technology:{technology.id}", f"{technology.verdict}{score}"
        for place in (place for place in technology.locations if place.path in technology.files):
            for relation in technology.relations:
                line = "" if place.line is None else f":{place.line}"
                yield f"file:{relation}:{technology.id}", f"{place.path}{line}"
    for point in scan.outlook.single_points:
        yield f"single-point:{point.actor}", ", ".join(point.technologies)
    for gap in scan.gaps:
        yield f"gap:{gap.stage}", f"{gap.subject}: {gap.reason}"


@lru_cache(maxsize=4096)
def _kind(image: bool, scope: Scope, licence: str | None, supplier: str | None, view: Any) -> dict[str, Any]:
    """What components have in common, as the library writes it."""
    from cyclonedx.model.component import Component, ComponentScope, ComponentType
    from cyclonedx.model.contact import OrganizationalEntity

    required = ComponentScope.EXCLUDED if scope in EXCLUDED else ComponentScope.REQUIRED
    component = Component(
        type=ComponentType.CONTAINER if image else ComponentType.LIBRARY,
        name=ROOT,
        scope=ComponentScope.OPTIONAL if scope == "optional" else required,
        licenses=[_licence(licence)] if licence else None,
        supplier=OrganizationalEntity(name=supplier) if supplier else None,
    )
    kind: dict[str, Any] = msgspec.json.decode(component.as_json(view_=view))  # type: ignore[attr-defined]
    return kind


def _identity(found: Assessed) -> dict[str, str | None]:
    """Its purl, with namespace and name as that has them."""
    from packageurl import PackageURL

    try:
        identity = PackageURL.from_string(found.purl)
    except ValueError:  # only in a saved report that was written by hand
        return {"name": neutral(found.name)}
    return {"purl": found.purl, "group": identity.namespace, "name": identity.name}


def _about(found: Assessed) -> Iterator[tuple[str, str]]:
    """What was found out about one component."""
    yield "scope", found.scope
    yield "verdict", found.verdict
    yield "severity", str(found.severity)
    if found.score is not None:
        yield "score", str(found.score)
    for binding in found.technologies:
        yield f"technology:{binding.relation}", binding.id
    yield "custody", found.custody.verdict
    for reason in found.custody.reasons:
        yield "custody:reason", reason
    if facts := found.custody.facts:
        values = (
            ("publishers", facts.publishers), ("latest", facts.latest), ("released", facts.released),
            ("withdrawn", facts.withdrawn), ("successor", facts.successor), ("source", facts.source),
            ("retrieved", facts.retrieved),
        )  # fmt: skip
        yield from ((f"custody:{name}", str(value)) for name, value in values if value)


def _properties(pairs: Pairs) -> "list[Property]":
    from cyclonedx.model import Property

    return [Property(name=f"outlast:{name}", value=neutral(value)) for name, value in pairs]


def _licence(text: str) -> "License":
    """An SPDX id, an SPDX expression, or the words as they are."""
    from cyclonedx.contrib.license.factories import LicenseFactory

    return LicenseFactory().make_from_string(text)


def _hashes(hashes: Iterable[str]) -> Iterator[dict[str, str]]:
    """Digests written "sha256:hex" or as subresource integrity, "sha512-base64"."""
    for text in set(" ".join(hashes).split()):
        if match := _HASH.match(text):
            name = match[1].lower().replace("-", "")
            content = match[3].lower() if match[2] == ":" else _hexadecimal(match[3])
            if re.fullmatch(rf"[0-9a-f]{{{DIGITS[name]}}}", content):
                yield {"alg": name.upper().replace("SHA", "SHA-"), "content": content}


def _hexadecimal(text: str) -> str:
    try:
        return base64.b64decode(text.partition("?")[0], validate=True).hex()
    except binascii.Error:
        return ""


def _references(facts: Facts) -> Iterator[dict[str, str]]:
    from cyclonedx.exception.model import InvalidUriException
    from cyclonedx.model import XsUri

    if facts.repository and address(facts.repository):
        with suppress(InvalidUriException):  # what the standard takes for no address, as with a stray "%"
            yield {"type": "vcs", "url": str(XsUri(facts.repository))}


def _dependencies(scan: Scan) -> list[dict[str, Any]]:
    """The edges; those of the project itself where the input tells what it asks for."""
    present = {component.purl for component in scan.components}
    edges = {component.purl: [need for need in component.requires if need in present] for component in scan.components}
    if any(component.direct is not None for component in scan.components):
        edges[ROOT] = [component.purl for component in scan.components if component.direct]
    return [
        {"ref": source, "dependsOn": sorted(set(targets))} if targets else {"ref": source}
        for source, targets in sorted(edges.items())
    ]
