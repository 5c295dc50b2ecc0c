"""SPDX: relationships become edges and scopes, and the encodings agree."""

import json

import pytest

from scanner.read.sbom import spdx3_json, spdx_json, spdx_tag_value, spdx_yaml
from scanner.read.sbom.relationships import PART_FIRST, WHOLE_FIRST, Edge, graph
from scanner.read.sbom.spdx_schema import RELATIONSHIPS
from scanner.read.source import Source


def edge(whole, part, scope="runtime", asked=True):
    return Edge(whole, part, scope, asked)


def read(reader, text):
    source = Source("a.spdx", text.encode())
    return list(reader.read(source)), [gap.reason for gap in source.gaps]


def document(packages, relationships=(), **fields):
    return json.dumps(
        {
            "spdxVersion": "SPDX-2.3",
            "SPDXID": "SPDXRef-DOCUMENT",
            "packages": [{"SPDXID": f"SPDXRef-{name}", "name": name} for name in packages],
            "relationships": [
                {"spdxElementId": f"SPDXRef-{a}", "relationshipType": kind, "relatedSpdxElement": f"SPDXRef-{b}"}
                for a, kind, b in relationships
            ],
            **fields,
        }
    )


def test_a_way_is_as_strong_as_its_weakest_edge_and_the_strongest_way_counts():
    edges = [
        edge("shop", "jest", "development"),
        edge("jest", "expect"),
        edge("jest", "both"),
        edge("shop", "lib"),
        edge("lib", "both"),
        edge("lib", "extra", "optional"),
    ]
    known = {"shop", "jest", "expect", "both", "lib", "extra"}
    found = graph(edges, known, ["shop"])
    assert found.scopes == {"jest": "development", "expect": "development", "extra": "optional"}
    assert found.direct == {"jest": True, "lib": True, "expect": False, "both": False, "extra": False}


def test_what_the_project_only_contains_is_not_known_to_be_direct():
    found = graph([edge("shop", "a"), edge("shop", "b", asked=False)], {"shop", "a", "b"}, ["shop"])
    assert found.direct == {"a": True}


def test_cycles_and_unknown_ends_do_no_harm():
    edges = [edge("a", "b", "test"), edge("b", "a"), edge("a", "nobody"), edge("nobody", "a")]
    assert graph(edges, {"a", "b"}, []).project is None
    assert graph(edges, {"a", "b"}, []).scopes == {}


@pytest.mark.parametrize("kind", [*WHOLE_FIRST, *PART_FIRST])
def test_every_relationship_used_is_one_of_the_specification(kind):
    assert kind in RELATIONSHIPS or kind[0].islower()


@pytest.mark.parametrize(("kind", "scope"), PART_FIRST.items())
def test_relationships_that_name_the_part_first(kind, scope):
    text = document(["shop", "a", "b"], [("DOCUMENT", "DESCRIBES", "shop"), ("a", kind, "shop"), ("b", kind, "a")])
    found = {item.name: item for item in read(spdx_json, text)[0]}
    assert found["a"].scope == scope
    assert found["a"].requires == ("pkg:generic/b",)


def test_one_described_package_of_several_is_the_project_and_no_component():
    assert [item.name for item in read(spdx_json, document(["a", "b"], documentDescribes=["SPDXRef-a"]))[0]] == ["b"]


def test_a_package_alone_is_a_component_even_if_it_is_what_the_document_describes():
    assert [item.name for item in read(spdx_json, document(["a"], documentDescribes=["SPDXRef-a"]))[0]] == ["a"]


def test_packages_that_share_an_identifier_both_stay():
    components, _ = read(spdx_json, document(["a", "a"]))
    assert [item.name for item in components] == ["a", "a"]


def test_json_yaml_and_tags_say_the_same():
    yaml = """
spdxVersion: SPDX-2.3
packages:
- {SPDXID: SPDXRef-a, name: a, versionInfo: "1"}
- {SPDXID: SPDXRef-b, name: b, versionInfo: "1"}
relationships:
- {spdxElementId: SPDXRef-a, relationshipType: DEPENDS_ON, relatedSpdxElement: SPDXRef-b}
"""
    tags = """
SPDXVersion: SPDX-2.3
PackageName: a
SPDXID: SPDXRef-a
PackageVersion: 1
Relationship: SPDXRef-a DEPENDS_ON SPDXRef-b
PackageName: b
SPDXID: SPDXRef-b
PackageVersion: 1
"""
    facts = [
        [(item.purl, item.requires) for item in read(reader, text)[0]]
        for reader, text in ((spdx_yaml, yaml), (spdx_tag_value, tags))
    ]
    assert facts == [[("pkg:generic/a@1", ("pkg:generic/b@1",)), ("pkg:generic/b@1", ())]] * 2


@pytest.mark.parametrize("scope", ["development", "test", "build", "runtime"])
def test_spdx_3_tells_the_stage_that_a_dependency_is_for(scope):
    graph = [
        {"type": "software_Package", "spdxId": "urn:a", "name": "a"},
        {"type": "software_Package", "spdxId": "urn:b", "name": "b"},
        {"type": "LifecycleScopedRelationship", "from": "urn:a", "to": ["urn:b"], "relationshipType": "dependsOn", "scope": scope},
    ]  # fmt: skip
    components, _ = read(spdx3_json, json.dumps({"@context": "https://spdx.org/rdf/3.0.1/", "@graph": graph}))
    assert {item.name: item.scope for item in components} == {"a": "runtime", "b": scope}
