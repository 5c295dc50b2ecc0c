"""The CycloneDX report: valid, readable by the standard's own library, and the same inventory when read again."""

import json
import re
from pathlib import Path

import cyclonedx.schema
import jsonschema_rs
import msgspec
import pytest
from cyclonedx.model.bom import Bom

from scanner.pipeline import scan
from scanner.read import read
from scanner.report.cyclonedx import render
from tests.report import sample

SCHEMAS = Path(cyclonedx.schema.__file__).parent / "_res"


@pytest.fixture(scope="module")
def schema():
    def load(name):
        return json.loads((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_text(encoding="utf-8"))

    base = "http://cyclonedx.org/schema"
    others = [(f"{base}/{name}.SNAPSHOT.schema.json", load(name)) for name in ("spdx", "jsf-0.82", "cryptography-defs")]
    registry = jsonschema_rs.Registry(others)
    return jsonschema_rs.validator_for(load("bom-1.6"), registry=registry)


def properties(node):
    found = {}
    for item in node["properties"]:
        found.setdefault(item["name"], []).append(item["value"])
    return found


@pytest.mark.parametrize("scan", [sample.demo(), sample.empty(), sample.hostile('<a href="x">\u202e\x00')])
def test_is_valid(schema, scan):
    assert [error.message for error in schema.iter_errors(json.loads(render(scan)))] == []


def test_the_standards_library_reads_it():
    bom = Bom.from_json(json.loads(render(sample.demo())))
    assert {component.purl.to_string() for component in bom.components} == {
        component.purl for component in sample.demo().components
    }


def test_read_again_it_is_the_same_inventory():
    scan = sample.demo()
    indirect = tuple(component.purl for component in scan.components if component.direct is False)
    edge = msgspec.structs.replace(scan.components[0], requires=indirect, hashes=("sha256:" + "ab" * 32,))
    scan = msgspec.structs.replace(scan, components=(edge, *scan.components[1:]))
    again = {component.purl: component for component in read(("-",), stdin=render(scan).encode()).components}
    assert len(again) == len(scan.components)
    for component in scan.components:
        found = again[component.purl]
        for field in ("name", "version", "scope", "direct", "requires", "licence", "hashes"):
            assert getattr(found, field) == getattr(component, field), (component.purl, field)


def test_read_again_it_is_judged_the_same():
    """Also what only files imply: the demo has Poetry by its lockfile, and by a word in it Docker Engine."""
    first = scan(["fixtures/demo"], offline=True)
    again = scan(["-"], stdin=render(first).encode(), offline=True)
    assert any(technology.files and not technology.components for technology in first.technologies)

    def judged(result):
        technologies = {
            item.id: (item.verdict, item.score, item.severity, item.relations, item.files)
            for item in result.technologies
        }
        components = {item.purl: (item.verdict, item.score, item.severity) for item in result.components}
        return technologies, components, result.summary

    assert judged(again) == judged(first)


def test_a_component_says_what_was_found_out():
    nodes = {node["purl"]: node for node in json.loads(render(sample.demo()))["components"]}
    found = properties(nodes["pkg:pypi/boto3@1.40.61"])
    assert found["outlast:verdict"] == ["flagged"]
    assert found["outlast:technology:uses"] == ["amazon-dynamodb", "amazon-s3", "amazon-sqs"]
    assert found["outlast:custody:publishers"] == ["5"]
    assert nodes["pkg:pypi/boto3@1.40.61"]["evidence"]["occurrences"][0]["location"] == "poetry.lock"
    assert nodes["pkg:pypi/pytest@9.0.0"]["scope"] == "excluded"


def test_the_bill_says_what_is_so_of_the_project():
    found = properties(json.loads(render(sample.demo()))["metadata"])
    assert found["outlast:verdict"] == ["flagged"]
    assert found["outlast:technology:postgresql"] == ["safe 98"]
    assert found["outlast:single-point:broadcom"] == ["vmware-vsphere"]
    assert any("legacy/setup.py" in value for value in found["outlast:gap:read"])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("sha512-" + "q" * 86 + "==", "SHA-512"),
        ("sha1:" + "0" * 40, "SHA-1"),
        ("SHA256:" + "AB" * 32, "SHA-256"),
        ("sha256:short", None),
        ("sha512-not base64", None),
        ("blake3:00", None),
    ],
)
def test_digests_are_written_as_the_standard_spells_them(text, written):
    scan = sample.demo()
    one = msgspec.structs.replace(scan.components[0], hashes=(text,))
    node = json.loads(render(msgspec.structs.replace(scan, components=(one,))))["components"][0]
    assert [item["alg"] for item in node.get("hashes", ())] == ([written] if written else [])


def test_equal_scans_make_equal_bills():
    assert render(sample.demo()) == render(sample.demo())


def test_every_property_is_documented():
    documented = (Path(__file__).parents[2] / "docs" / "cyclonedx.md").read_text(encoding="utf-8")
    bill = json.loads(render(sample.demo()))
    names = {name for node in (*bill["components"], bill["metadata"]) for name in properties(node)}
    for name in names:
        stem = re.sub(r"^(outlast:(?:technology|file|single-point|gap)):.*", r"\1", name)
        assert stem in documented or f":{name.rpartition(':')[2]}`" in documented


@pytest.mark.parametrize("url", ["https://forge.example/%zz", "https://forge.example/#a#b"])
def test_an_address_that_the_standard_does_not_take_is_left_out(schema, url):
    one = sample.demo().components[0]
    facts = msgspec.structs.replace(one.custody.facts, repository=url)
    one = msgspec.structs.replace(one, custody=msgspec.structs.replace(one.custody, facts=facts))
    bill = json.loads(render(msgspec.structs.replace(sample.demo(), components=(one,))))
    assert list(schema.iter_errors(bill)) == []
    assert "externalReferences" not in bill["components"][0]


@pytest.mark.parametrize(("generated", "written"), [("2020-02-03", "2020-02-03T00:00:00Z"), ("someday", None)])
def test_the_day_is_that_of_the_report_and_never_that_of_the_clock(schema, generated, written):
    scan = sample.demo()
    bill = json.loads(
        render(msgspec.structs.replace(scan, tool=msgspec.structs.replace(scan.tool, generated=generated)))
    )
    stamp = bill["metadata"].get("timestamp")
    assert (stamp and stamp.replace("+00:00", "Z")) == written
    assert list(schema.iter_errors(bill)) == []
