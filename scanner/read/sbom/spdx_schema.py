"""The mandatory fields and fixed vocabularies of SPDX 2.2 and 2.3 as a JSON Schema, written after the specification.

It is less than the official schema: it knows no optional field, and so refuses no unknown one.

Specification: https://spdx.github.io/spdx-spec/v2.3/document-creation-information/ and the clauses after it
"""

from typing import Any

ID = {"type": "string", "pattern": "^SPDXRef-[A-Za-z0-9.-]+$"}
"""Clause 7.2: letters, numbers, "." and "-"."""
REFERENCE = {"type": "string", "pattern": "^(DocumentRef-[^:]+:)?SPDXRef-[A-Za-z0-9.-]+$|^NONE$|^NOASSERTION$"}
TEXT = {"type": "string", "minLength": 1}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
CREATOR = {"type": "string", "pattern": "^(Person|Organization|Tool): "}
ALGORITHMS = (
    "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA3-256", "SHA3-384", "SHA3-512", "BLAKE2b-256", "BLAKE2b-384",
    "BLAKE2b-512", "BLAKE3", "MD2", "MD4", "MD5", "MD6", "ADLER32",
)  # fmt: skip
CATEGORIES = ("SECURITY", "PACKAGE-MANAGER", "PACKAGE_MANAGER", "PERSISTENT-ID", "PERSISTENT_ID", "OTHER")
PURPOSES = (
    "APPLICATION", "FRAMEWORK", "LIBRARY", "CONTAINER", "OPERATING-SYSTEM", "OPERATING_SYSTEM", "DEVICE", "FIRMWARE",
    "SOURCE", "ARCHIVE", "FILE", "INSTALL", "OTHER",
)  # fmt: skip
RELATIONSHIPS = (
    "AMENDS", "ANCESTOR_OF", "BUILD_DEPENDENCY_OF", "BUILD_TOOL_OF", "CONTAINED_BY", "CONTAINS", "COPY_OF",
    "DATA_FILE_OF", "DEPENDENCY_MANIFEST_OF", "DEPENDENCY_OF", "DEPENDS_ON", "DESCENDANT_OF", "DESCRIBED_BY",
    "DESCRIBES", "DEV_DEPENDENCY_OF", "DEV_TOOL_OF", "DISTRIBUTION_ARTIFACT", "DOCUMENTATION_OF", "DYNAMIC_LINK",
    "EXAMPLE_OF", "EXPANDED_FROM_ARCHIVE", "FILE_ADDED", "FILE_DELETED", "FILE_MODIFIED", "GENERATED_FROM",
    "GENERATES", "HAS_PREREQUISITE", "METAFILE_OF", "OPTIONAL_COMPONENT_OF", "OPTIONAL_DEPENDENCY_OF", "OTHER",
    "PACKAGE_OF", "PATCH_APPLIED", "PATCH_FOR", "PREREQUISITE_FOR", "PROVIDED_DEPENDENCY_OF",
    "REQUIREMENT_DESCRIPTION_FOR", "RUNTIME_DEPENDENCY_OF", "SPECIFICATION_FOR", "STATIC_LINK", "TEST_CASE_OF",
    "TEST_DEPENDENCY_OF", "TEST_OF", "TEST_TOOL_OF", "VARIANT_OF",
)  # fmt: skip


def _record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with the fields that it must have, and those of which it is known what they must be."""
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def _list(item: dict[str, Any], **limits: int) -> dict[str, Any]:
    return {"type": "array", "items": item, **limits}


CHECKSUM = _record({"algorithm": {"enum": ALGORITHMS}, "checksumValue": {"type": "string", "pattern": "^[0-9a-f]+$"}})
EXTERNAL = _record({"referenceCategory": {"enum": CATEGORIES}, "referenceType": TEXT, "referenceLocator": TEXT})
PACKAGE = _record(
    {"SPDXID": ID, "name": TEXT, "downloadLocation": TEXT},
    {
        "checksums": _list(CHECKSUM), "externalRefs": _list(EXTERNAL), "filesAnalyzed": {"type": "boolean"},
        "primaryPackagePurpose": {"enum": PURPOSES}, "versionInfo": {"type": "string"},
        "licenseDeclared": TEXT, "licenseConcluded": TEXT,
    },
)  # fmt: skip
FILE = _record({"SPDXID": ID, "fileName": TEXT, "checksums": _list(CHECKSUM, minItems=1)})
RELATIONSHIP = _record(
    {
        "spdxElementId": REFERENCE,
        "relationshipType": {"enum": RELATIONSHIPS},
        "relatedSpdxElement": REFERENCE,
    }
)
CREATION = _record({"created": TIME, "creators": _list(CREATOR, minItems=1)})
DOCUMENT = _record({"externalDocumentId": TEXT, "spdxDocument": TEXT, "checksum": CHECKSUM})
LICENCE = _record({"licenseId": TEXT, "extractedText": {"type": "string"}})
SCHEMA = _record(
    {
        "spdxVersion": {"type": "string", "pattern": "^SPDX-2\\.[0-3]$"},
        "dataLicense": {"const": "CC0-1.0"},
        "SPDXID": {"const": "SPDXRef-DOCUMENT"},
        "name": TEXT,
        "documentNamespace": {"type": "string", "format": "uri", "pattern": "^[^#]+$"},
        "creationInfo": CREATION,
    },
    {
        "packages": _list(PACKAGE), "files": _list(FILE), "relationships": _list(RELATIONSHIP),
        "externalDocumentRefs": _list(DOCUMENT), "hasExtractedLicensingInfos": _list(LICENCE),
    },
)  # fmt: skip
