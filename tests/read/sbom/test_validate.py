"""Validation against the schemas: what is valid passes, what is not is named with its place."""

import gzip
import json

import pytest

from scanner.errors import ReadError
from scanner.read.formats import formats
from scanner.read.sbom.validate import JSON_SCHEMAS, XML_SCHEMAS, Validation, breaches
from scanner.read.source import Source
from tests.read.cases import FIXTURES

FORMATS = {format.name: format for format in formats()}
UUID = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"


def found(format, data):
    data = data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else json.dumps(data).encode()
    return [(breach.place, breach.message) for breach in breaches(Source("x", data), FORMATS[format])]


def bom(version="1.6", **fields):
    return {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, "serialNumber": UUID, **fields}


@pytest.mark.parametrize("version", JSON_SCHEMAS)
def test_a_valid_document_of_each_version_has_no_breach(version):
    library = {"type": "library", "name": "a", "version": "1", "licenses": [{"license": {"id": "MIT"}}]}
    assert found("cyclonedx-json", bom(version, components=[library])) == []


@pytest.mark.parametrize("version", JSON_SCHEMAS)
def test_a_breach_has_its_place_in_each_version(version):
    library = {"type": "library", "name": "a", "version": "1", "hashes": [{"alg": "MD5", "content": "no hash"}]}
    ((place, message),) = found("cyclonedx-json", bom(version, components=[library]))
    assert place == "$.components[0].hashes[0].content"
    assert "does not match" in message


def test_of_alternatives_the_one_that_fits_furthest_says_what_is_wrong():
    library = {"type": "library", "name": "a", "licenses": [{"license": {"id": "Nonesuch"}}]}
    ((place, _),) = found("cyclonedx-json", bom(components=[library]))
    assert place == "$.components[0].licenses[0].license.id"


@pytest.mark.parametrize("version", [1.6, "2.0", None])
def test_a_version_without_schema_is_a_breach(version):
    assert found("cyclonedx-json", bom(version))[0][0] == "$.specVersion"


@pytest.mark.parametrize("version", XML_SCHEMAS)
def test_xml_of_each_version_is_checked_with_lines(version):
    start = f'<bom xmlns="http://cyclonedx.org/schema/bom/{version}" version="1">\n<components>'
    library = '<component type="library"><name>a</name><version>1</version><modified>false</modified></component>'
    assert found("cyclonedx-xml", f"{start}{library}</components></bom>") == []
    broken = library.replace("library", "libary")
    ((place, message), *_) = found("cyclonedx-xml", f"{start}\n{broken}</components></bom>")
    assert place == "line 3"
    assert "libary" in message


def test_xml_of_no_version_is_a_breach():
    assert found("cyclonedx-xml", '<bom xmlns="http://cyclonedx.org/schema/bom/11"/>')[0][0] == "line 1"


def test_xml_with_entities_does_not_reach_the_validator():
    data = '<!DOCTYPE bom [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.6">&a;</bom>'
    with pytest.raises(ReadError, match="entities"):
        found("cyclonedx-xml", data)


def test_spdx_needs_its_mandatory_fields():
    path = FIXTURES / "spdx-json" / "everything" / "shop.spdx.json"
    document = json.loads(path.read_text("utf-8"))
    assert found("spdx-json", document) == []
    del document["packages"][1]["downloadLocation"]
    document["relationships"][0]["relationshipType"] = "NEEDS"
    assert [place for place, _ in found("spdx-json", document)] == [
        "$.packages[1]",
        "$.relationships[0].relationshipType",
    ]


def test_yaml_that_could_be_no_json_is_a_breach():
    assert found("spdx-yaml", "spdxVersion: SPDX-2.3\ntrue: 1\n")[0][0] == "$"


def test_what_is_inside_a_wrapper_is_checked():
    data = gzip.compress(json.dumps(bom(components=[{}])).encode())
    assert {place for place, _ in found("gzip", data)} == {"$.components[0]"}


def test_lockfiles_have_no_schema_here():
    assert found("package-lock", {}) == []


def test_a_validation_notes_what_cannot_be_decoded_and_what_has_no_schema():
    validation = Validation()
    validation(Source("a.json", b"{"), FORMATS["cyclonedx-json"])
    validation(Source("b.spdx", b""), FORMATS["spdx-tag-value"])
    assert [str(breach) for breach in validation.breaches] == ["a.json: line 1, column 2: Input data was truncated"]
    assert validation.unchecked == ["b.spdx: not checked: there is no schema of spdx-tag-value at hand"]
