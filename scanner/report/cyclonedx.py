"""CycloneDX 1.6 in JSON: the inventory with what was found out about it, as properties named `outlast:…`.

Standard: ECMA-424, https://cyclonedx.org/docs/1.6/json/. The properties: docs/cyclonedx.md. Read again, it gives the
same inventory. cyclonedx-python-lib writes the frame and each component; put together by it they would be sorted and
searched through once a component (20,000 of them: 196 s, so 5 s).
"""

import base64
import binascii
import datetime
import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from scanner.model import Assessed, Facts, Location, Scan, Scope
from scanner.report.visible import address, neutral

if TYPE_CHECKING:
    from cyclonedx.model import ExternalReference, HashType, Property
    from cyclonedx.model.bom import BomMetaData
    from cyclonedx.model.component import Component
    from cyclonedx.model.license import License
    from packageurl import PackageURL

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
    """A component: the library's, with what is only text laid into it, which costs the library half of its time."""
    node: dict[str, Any] = msgspec.json.decode(_component(found).as_json(view_=view))  # type: ignore[attr-defined]
    if found.locations:
        node["evidence"] = {"occurrences": [_occurrence(place) for place in found.locations]}
    node["properties"] = [
        {"name": f"outlast:{name}", "value": neutral(value)} for name, value in sorted(set(_about(found)))
    ]
    return node


def _occurrence(place: Location) -> dict[str, Any]:
    occurrence: dict[str, Any] = {"location": neutral(place.path)}
    return occurrence if place.line is None else occurrence | {"line": place.line}


def _frame(scan: Scan) -> Mapping[str, Any]:
    """The bill without its components."""
    from cyclonedx.model.bom import Bom
    from cyclonedx.output.json import JsonV1Dot6

    serial = uuid.uuid5(uuid.NAMESPACE_URL, f"outlast:{hashlib.sha256(msgspec.json.encode(scan)).hexdigest()}")
    bom = Bom(serial_number=serial, metadata=_metadata(scan))
    frame: Mapping[str, Any] = msgspec.json.decode(JsonV1Dot6(bom).output_as_string())
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
    for point in scan.outlook.single_points:
        yield f"single-point:{point.actor}", ", ".join(point.technologies)
    for gap in scan.gaps:
        yield f"gap:{gap.stage}", f"{gap.subject}: {gap.reason}"


def _component(found: Assessed) -> "Component":
    from cyclonedx.model.component import Component, ComponentScope, ComponentType
    from cyclonedx.model.contact import OrganizationalEntity

    identity = _identity(found.purl)
    facts = found.custody.facts or Facts()
    scope = ComponentScope.EXCLUDED if found.scope in EXCLUDED else ComponentScope.REQUIRED
    return Component(
        type=ComponentType.CONTAINER if identity and identity.type in ("docker", "oci") else ComponentType.LIBRARY,
        bom_ref=found.purl,
        purl=identity,
        group=identity.namespace if identity else None,
        name=identity.name if identity else neutral(found.name),
        version=found.version and found.version[:LONGEST_VERSION],
        scope=ComponentScope.OPTIONAL if found.scope == "optional" else scope,
        licenses=[_licence(found.licence)] if found.licence else None,
        hashes=list(_hashes(found.hashes)),
        supplier=OrganizationalEntity(name=facts.organisation) if facts.organisation else None,
        external_references=list(_references(facts)),
    )


def _identity(text: str) -> "PackageURL | None":
    from packageurl import PackageURL

    try:
        return PackageURL.from_string(text)
    except ValueError:  # only in a saved report that was written by hand
        return None


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


@lru_cache(maxsize=4096)
def _licence(text: str) -> "License":
    """An SPDX id, an SPDX expression, or the words as they are."""
    from cyclonedx.contrib.license.factories import LicenseFactory

    return LicenseFactory().make_from_string(text)


def _hashes(hashes: Iterable[str]) -> "Iterator[HashType]":
    """Digests written "sha256:hex" or as subresource integrity, "sha512-base64"."""
    from cyclonedx.model import HashAlgorithm, HashType

    for text in " ".join(hashes).split():
        if match := _HASH.match(text):
            name = match[1].lower().replace("-", "")
            content = match[3].lower() if match[2] == ":" else _hexadecimal(match[3])
            if re.fullmatch(rf"[0-9a-f]{{{DIGITS[name]}}}", content):
                spelled = name.upper().replace("SHA", "SHA-")
                yield HashType(alg=HashAlgorithm(spelled), content=content)


def _hexadecimal(text: str) -> str:
    try:
        return base64.b64decode(text.partition("?")[0], validate=True).hex()
    except binascii.Error:
        return ""


def _references(facts: Facts) -> "Iterator[ExternalReference]":
    from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri

    if facts.repository and address(facts.repository):
        yield ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(facts.repository))


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
