"""CycloneDX: the three encodings say the same, and what documents say of themselves is heard."""

import json

import pytest
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.service import Service
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from hypothesis import given, settings
from hypothesis import strategies as st
from packageurl import PackageURL

from scanner.read.sbom import cyclonedx_json, cyclonedx_xml
from scanner.read.source import Source


def _with_parts(component, parts):
    component.components = parts
    return component


NAMES = st.text("abcdefgh-&<é", min_size=1, max_size=6).filter(str.strip)
PURLS = st.builds(
    PackageURL,
    type=st.sampled_from(["npm", "pypi", "maven", "generic"]),
    namespace=st.sampled_from([None, "com.example"]),
    name=NAMES,
    version=st.sampled_from([None, "1", "2+b"]),
    qualifiers=st.sampled_from([{}, {"arch": "amd64", "distro": "debian-13"}]),
)
LEAVES = st.builds(
    Component,
    name=NAMES,
    group=st.none() | NAMES,
    version=st.none() | st.sampled_from(["1", "2.0", "v3 beta"]),
    type=st.sampled_from([ComponentType.LIBRARY, ComponentType.FILE, ComponentType.DATA]),
    purl=st.none() | PURLS,
    scope=st.none() | st.sampled_from(list(ComponentScope)),
    hashes=st.lists(st.builds(HashType, alg=st.just(HashAlgorithm.SHA_256), content=st.just("ab" * 32)), max_size=1),
    properties=st.lists(
        st.just(Property(name="cdx:npm:package:development", value="true"))
        | st.just(Property(name="cdx:poetry:group", value="main")),
        max_size=2,
    ),
    external_references=st.lists(
        st.just(ExternalReference(type=ExternalReferenceType.VCS, url=XsUri("https://git.example/a"))), max_size=1
    ),
)
TREES = st.recursive(LEAVES, lambda inner: st.builds(_with_parts, LEAVES, st.lists(inner, max_size=3)), max_leaves=6)


@st.composite
def boms(draw):
    bom = Bom(metadata=BomMetaData(component=Component(name="shop", type=ComponentType.APPLICATION)))
    bom.components = draw(st.lists(TREES, max_size=4))
    bom.services = draw(st.lists(st.builds(Service, name=NAMES, group=st.none() | NAMES), max_size=2))
    nodes = [bom.metadata.component, *bom.components, *bom.services]
    for node in nodes:
        bom.register_dependency(node, draw(st.lists(st.sampled_from(nodes), max_size=2)))
    return bom


def read(reader, data, path="bom"):
    source = Source(path, data.encode() if isinstance(data, str) else data)
    return list(reader.read(source)), [gap.reason for gap in source.gaps]


def written(bom, format):
    return make_outputter(bom, format, SchemaVersion.V1_6).output_as_string()


def facts(components):
    return sorted(
        (item.purl, item.name, item.version or "", item.scope, str(item.direct), sorted(item.requires), item.hashes)
        for item in components
    )


@pytest.mark.filterwarnings("ignore:The Component this BOM is describing")
@settings(max_examples=60, deadline=None)
@given(boms())
def test_what_the_library_writes_in_json_and_in_xml_is_read_alike(bom):
    from_json, json_gaps = read(cyclonedx_json, written(bom, OutputFormat.JSON))
    from_xml, xml_gaps = read(cyclonedx_xml, written(bom, OutputFormat.XML))
    assert facts(from_json) == facts(from_xml)
    assert json_gaps == xml_gaps == []


@pytest.mark.filterwarnings("ignore:The Component this BOM is describing")
@settings(max_examples=60, deadline=None)
@given(boms())
def test_no_component_of_the_library_is_lost(bom):
    """Files without purl are no packages; equal ones are written once."""
    found = {item.purl for item in read(cyclonedx_json, written(bom, OutputFormat.JSON))[0]}
    for component in _all(bom.components):
        if component.purl:
            assert any(
                purl.startswith(component.purl.to_string().partition("?")[0].partition("@")[0]) for purl in found
            )
        elif component.type is not ComponentType.FILE:
            assert any(purl.startswith("pkg:generic/") for purl in found)


def _all(components):
    for component in components:
        yield component
        yield from _all(component.components)


def bom(**fields):
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", **fields})


def library(name, **fields):
    return {"type": "library", "bom-ref": name, "name": name, "version": "1", **fields}


@pytest.mark.parametrize(
    ("properties", "scope"),
    [
        ([("cdx:npm:package:development", "true")], "development"),
        ([("cdx:npm:package:development", "false")], "runtime"),
        ([("cdx:composer:package:isDevRequirement", "true")], "development"),
        ([("cdx:poetry:group", "dev")], "development"),
        ([("cdx:poetry:group", "dev"), ("cdx:poetry:group", "main")], "runtime"),
        ([("cdx:maven:package:test", "true")], "test"),
        ([("other", "true")], "runtime"),
    ],
)
def test_properties_of_the_taxonomy_tell_the_scope(properties, scope):
    properties = [{"name": name, "value": value} for name, value in properties]
    (found,), _ = read(cyclonedx_json, bom(components=[library("a", properties=properties)]))
    assert found.scope == scope


def test_direct_is_unknown_where_the_graph_does_not_start_from_the_project():
    data = bom(components=[library("a"), library("b")], dependencies=[{"ref": "a", "dependsOn": ["b"]}])
    assert [item.direct for item in read(cyclonedx_json, data)[0]] == [None, None]


def test_direct_is_unknown_for_what_the_graph_does_not_know():
    data = bom(
        metadata={"component": {"type": "application", "name": "shop", "bom-ref": "shop"}},
        components=[library("a"), library("b"), library("c")],
        dependencies=[{"ref": "shop", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": ["b"]}],
    )
    assert {item.name: item.direct for item in read(cyclonedx_json, data)[0]} == {"a": True, "b": False, "c": None}


def test_what_a_module_of_the_project_asks_for_is_direct():
    module = {"type": "application", "name": "web", "bom-ref": "web"}
    data = bom(
        metadata={"component": {"type": "application", "name": "shop", "components": [module]}},
        components=[library("a")],
        dependencies=[{"ref": "web", "dependsOn": ["a"]}],
    )
    assert read(cyclonedx_json, data)[0][0].direct is True


def test_a_document_that_refers_to_itself_is_no_gap():
    own = "3e671687-395b-41f5-a30f-a58921a69b79"
    data = bom(serialNumber=f"urn:uuid:{own}", components=[library("a", **{"bom-ref": f"urn:cdx:{own}/1#a"})])
    assert read(cyclonedx_json, data)[1] == []


def test_edges_of_a_reference_used_twice_are_those_of_the_first_and_both_stay():
    data = bom(
        components=[library("a"), {**library("b"), "bom-ref": "a"}, library("c")],
        dependencies=[{"ref": "c", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": ["c"]}],
    )
    components, gaps = read(cyclonedx_json, data)
    requires = {item.name: item.requires for item in components}
    assert requires == {"a": ("pkg:generic/c@1",), "b": (), "c": ("pkg:generic/a@1",)}
    assert gaps == ["a bom-ref is used more than once, and its edges are those of the first: a"]


def test_a_reference_used_often_with_many_edges_costs_no_square():
    """Ten thousand of each, where every one had every edge, would be a hundred million purls."""
    data = bom(
        components=[library("a", **{"bom-ref": "x"}), library("b")] * 10_000,
        dependencies=[{"ref": "x", "dependsOn": ["b"]}] * 10_000,
    )
    assert sum(len(item.requires) for item in read(cyclonedx_json, data)[0]) == 1


def test_one_broken_component_loses_nothing_of_the_others():
    whole = [library(f"p{number}", purl=f"pkg:npm/p{number}@1") for number in range(50)]
    intact, _ = read(cyclonedx_json, bom(components=whole))
    for broken in (7, None, [], "x", {"name": 7}, {"purl": "pkg:"}, {"components": [[]]}, {"hashes": 1}):
        found, gaps = read(cyclonedx_json, bom(components=[*whole[:25], broken, *whole[25:]]))
        assert {item.purl for item in intact} <= {item.purl for item in found}
        assert gaps


def test_blanks_around_a_purl_are_no_part_of_it():
    found, _ = read(cyclonedx_json, bom(components=[library("a", purl=" pkg:npm/a@1\n")]))
    assert [component.purl for component in found] == ["pkg:npm/a@1"]


def test_lines_are_found_behind_escapes():
    data = '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [\n{"purl": "pkg:deb/debian/a@1?arch=x\\u0026distro=y"}]}'
    (found,), _ = read(cyclonedx_json, data)
    assert found.purl == "pkg:deb/debian/a@1?arch=x&distro=y"
    assert found.locations[0].line == 2


def test_deep_nesting_is_read_or_refused_but_never_a_crash():
    from scanner.errors import ReadError

    node = library("leaf")
    for _ in range(150):
        node = {"name": "x", "components": [node]}
    assert len(read(cyclonedx_json, bom(components=[node]))[0]) == 151
    data = '{"bomFormat":"CycloneDX","specVersion":"1.6","components":' + '[{"components":' * 20_000
    with pytest.raises(ReadError, match="nested too deep"):
        read(cyclonedx_json, data)
