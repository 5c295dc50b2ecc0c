"""What breaks the schema of a bill of materials, and where.

CycloneDX is held against its official schemas, which cyclonedx-python-lib ships; SPDX 2 against the mandatory fields
of its specification (spdx_schema.py), as no small package ships the official schema.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from scanner.errors import ReadError, UsageError
from scanner.read.formats import Format
from scanner.read.sbom import attestation, gzip, wrapped
from scanner.read.sbom.xml_items import items
from scanner.read.source import Source

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

SCHEMAS = files("cyclonedx.schema").joinpath("_res")
JSON_SCHEMAS = {"1.2": "1.2-strict", "1.3": "1.3-strict", "1.4": "1.4", "1.5": "1.5", "1.6": "1.6", "1.7": "1.7"}
XML_SCHEMAS = ("1.0", "1.1", *JSON_SCHEMAS)
SHARED = ("spdx", "jsf-0.82", "cryptography-defs")
"""Schemas that the others refer to."""
SHARED_AT = "http://cyclonedx.org/schema/"
NAMESPACE = f"{SHARED_AT}bom/"
UNCHECKED = frozenset({"cyclonedx-protobuf", "spdx-tag-value", "spdx-rdf", "spdx3-json"})
MAX_BREACHES = 1000
MAX_MESSAGE = 300


class Breach(NamedTuple):
    """One thing that breaks the schema: in which file, at which spot in it, and how."""

    path: str
    place: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in self if part)


class Version(msgspec.Struct, rename="camel"):
    spec_version: object = None


class Validation:
    """Breaches in the files that it is shown; and formats of SBOMs that there is no schema for."""

    def __init__(self) -> None:
        self.breaches: list[Breach] = []
        self.unchecked: list[str] = []

    def __call__(self, source: Source, format: Format) -> None:
        """Check one file before it is read."""
        try:
            self.breaches += breaches(source, format)
        except ReadError as error:
            self.breaches.append(Breach(error.path, error.place, error.message))
        if format.name in UNCHECKED:
            self.unchecked.append(f"{source.path}: not checked: there is no schema of {format.name} at hand")


def breaches(source: Source, format: Format) -> Iterator[Breach]:
    """What breaks the schema of `format`, at most 1,000 things; nothing for formats that have none.

    Raises ReadError where the content cannot be decoded, UsageError where a library for it is not installed.
    """
    match format.name:
        case "cyclonedx-json":
            yield from _cyclonedx_json(source)
        case "cyclonedx-xml":
            yield from _cyclonedx_xml(source)
        case "spdx-json":
            yield from _json(source, _spdx(), source.json(object))
        case "spdx-yaml":
            yield from _json(source, _spdx(), source.yaml(object))
        case "gzip":
            yield from _inside(gzip.unwrapped(source), "gzip")
        case "attestation":
            for document in attestation.unwrapped(source):
                yield from _inside(document, "attestation")


def _inside(document: Source, wrapper: str) -> Iterator[Breach]:
    format = wrapped.format_of(document.data, wrapper)
    if format:
        yield from breaches(document, format)


def _cyclonedx_json(source: Source) -> Iterator[Breach]:
    document = source.json(object)
    version = document.get("specVersion") if isinstance(document, dict) else None
    schema = JSON_SCHEMAS.get(version) if isinstance(version, str) else None
    if schema is None:
        yield Breach(source.path, "$.specVersion", f"{version!r:.20} is none of {', '.join(JSON_SCHEMAS)}")
    else:
        yield from _json(source, _cyclonedx(schema), document)


def _json(source: Source, validator: "Validator", document: object) -> Iterator[Breach]:
    try:
        errors = validator.iter_errors(document)
    except ValueError as reason:  # what YAML can hold and JSON cannot
        yield Breach(source.path, "$", f"is no JSON: {reason}")
        return
    for count, error in enumerate(errors):
        if count == MAX_BREACHES:
            yield Breach(source.path, "", f"more than {MAX_BREACHES} breaches: the rest is left out")
            return
        deepest = _deepest(error)
        yield Breach(source.path, _pointer(deepest.instance_path), deepest.message[:MAX_MESSAGE])


def _deepest(error: "ValidationError") -> "ValidationError":
    """Of alternatives none of which fits, what is wrong with the one that fits furthest."""
    alternatives = getattr(error.kind, "context", None) or ()
    inner = [_deepest(other) for alternative in alternatives for other in alternative]
    return max(inner, key=lambda other: len(other.instance_path), default=error)


def _pointer(path: list[str | int]) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


@cache
def _cyclonedx(version: str) -> "Validator":
    from jsonschema_rs import Registry, validator_for

    shared = [(f"{SHARED_AT}{name}.SNAPSHOT.schema.json", _schema(name)) for name in SHARED]
    return validator_for(
        _schema(f"bom-{version}"), registry=Registry(shared), validate_formats=True, mask="value", offline=True
    )


def _schema(name: str) -> Any:
    return json.loads(SCHEMAS.joinpath(f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))


@cache
def _spdx() -> "Validator":
    from jsonschema_rs import validator_for

    from scanner.read.sbom.spdx_schema import SCHEMA

    return validator_for(SCHEMA, validate_formats=True, mask="value")


def _cyclonedx_xml(source: Source) -> Iterator[Breach]:
    """Read once by the reader's own parser, which lets no entity pass, before libxml2 sees it."""
    try:
        from lxml import etree
    except ImportError as error:
        raise UsageError("validating XML needs lxml: pip install 'outlast[xml]'") from error

    _, root = next(items(source, ("",), frozenset()))
    namespace = root.attributes["xmlns"]
    version = namespace.removeprefix(NAMESPACE)
    if version not in XML_SCHEMAS or not namespace.startswith(NAMESPACE):
        yield Breach(source.path, "line 1", f"namespace {namespace[:80]!r} is that of no CycloneDX version")
        return
    with as_file(SCHEMAS) as folder:
        schema = etree.XMLSchema(etree.parse(str(folder / f"bom-{version}.SNAPSHOT.xsd")))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        document = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        message = " ".join(str(error.msg).split())
        raise ReadError(source.path, f"XML is malformed: {message}", f"line {error.lineno}") from error
    if not schema.validate(document):
        log: Any = schema.error_log
        for entry in islice(log, MAX_BREACHES):
            message = entry.message.replace(f"{{{namespace}}}", "")
            yield Breach(source.path, f"line {entry.line}", message[:MAX_MESSAGE])
