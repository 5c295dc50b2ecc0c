"""Every registry: facts from answers of the shape that it documents, asked for over a real socket."""

import json
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from scanner.model import Facts
from scanner.resolve.plan import plan
from scanner.resolve.registries import registry as module
from scanner.resolve.registries import types

from .cases import KINDS, tables
from .cases.golang import LATEST
from .cases.maven import PARENT, metadata, pom

TABLES = tables()
UNADDRESSED = ("deb", "depsdev", "ecosystems")
"""Those whose address only the configuration has."""


@pytest.mark.parametrize(("type", "kind"), [(type, kind) for type, table in TABLES.items() for kind in table])
def test_the_facts_of_a_package(type, kind, registry, look_up, settings):
    """All of them: a fact that the table does not name is unknown, and never "nobody"."""
    case = TABLES[type][kind]
    for path, document in case.documents.items():
        text = isinstance(document, str)
        registry.answer(
            path, document.encode() if text else document, content_type="text/plain" if text else "application/json"
        )
    found = look_up(case.purl, endpoints={type: registry.url} | settings.endpoints)
    if case.facts is None:
        assert not found.facts
        assert ["not found" in gap.reason for gap in found.gaps] == [True]
        return
    assert not found.gaps
    facts = replace(found.facts[case.purl], source="", retrieved="")
    assert asdict(facts) == asdict(Facts(**case.facts))
    assert set(registry.paths) >= set(case.documents)


@pytest.mark.parametrize("type", sorted(types()))
def test_each_registry_has_every_kind_of_package_and_an_address_over_tls(type):
    assert set(TABLES[type]) >= set(KINDS)
    assert all(case.purl.startswith("pkg:") for case in TABLES[type].values())
    assert TABLES[type]["missing"].facts is None
    addresses = getattr(module(type), "SITES", None) or {type: module(type).default()}
    assert all(address.startswith("https://") for address in addresses.values() if type not in UNADDRESSED)


def test_a_table_is_of_a_registry():
    assert set(TABLES) == types()


@pytest.mark.parametrize("type", sorted(types()))
def test_an_answer_of_another_shape_is_a_gap(type, registry, look_up, settings, tmp_path):
    """Or a package about which nothing is told, but never an error of ours."""
    purl, endpoints = TABLES[type]["person"].purl, {type: registry.url} | settings.endpoints
    for number, body in enumerate([b"", b"{}", b"[]", b"null", b"\xff", b"<", b'{"items": []}', b"[" * 100_000]):
        registry.answer("*", body)
        found = look_up(purl, endpoints=endpoints, cache=tmp_path / str(number))
        told = {(facts.publishers, facts.licence, facts.withdrawn) for facts in found.facts.values()}
        assert told <= {(None, None, None)}, body[:20]
        assert found.facts or found.gaps, body[:20]


def test_coordinates_in_an_answer_cannot_lead_elsewhere(registry, look_up):
    registry.answer(
        "/org/acme/pad/maven-metadata.xml", metadata().replace("2.0", "../../../etc").encode(), content_type="text/xml"
    )
    look_up("pkg:maven/org.acme/pad@1")
    assert registry.paths == ["/org/acme/pad/maven-metadata.xml"]


def test_parents_without_end_come_to_an_end(registry, look_up):
    registry.answer("*", pom(PARENT).encode(), content_type="text/xml")
    registry.answer("/org/acme/pad/maven-metadata.xml", metadata().encode(), content_type="text/xml")
    look_up("pkg:maven/org.acme/pad@1")
    assert len(registry.requests) == 5


def test_xml_entities_are_refused(registry, look_up):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><metadata><versioning><release>&a;</release></versioning></metadata>'
    registry.answer("/org/acme/pad/maven-metadata.xml", bomb.encode(), content_type="text/xml")
    found = look_up("pkg:maven/org.acme/pad@1")
    assert not found.facts
    assert "not as the registry documents it" in found.gaps[0].reason


def test_a_further_document_that_fails_fails_the_whole(registry, look_up):
    registry.answer("/forge.example/pad/@latest", LATEST)
    registry.act("/forge.example/pad/@v/v1.2.0.mod", lambda handler: handler.reply(500))
    found = look_up("pkg:golang/forge.example/pad@v1.0.0")
    assert not found.facts
    assert "answers HTTP 500" in found.gaps[0].reason


def test_a_registry_is_asked_no_faster_than_it_wants(registry, look_up, monkeypatch):
    import time

    monkeypatch.setattr(module("cargo"), "PACE", 0.05)
    monkeypatch.setattr(module("cargo"), "default", lambda: registry.url)
    times = []

    def answer(handler):
        times.append(time.monotonic())
        handler.reply(404, b"{}")

    registry.act("*", answer)
    look_up(*(f"pkg:cargo/p{i}@1" for i in range(4)))
    assert len(times) == 8
    assert times[-1] - times[0] >= 0.3


@pytest.mark.parametrize("type", ["cargo", "gem"])
def test_only_the_public_registry_has_its_pace(type, settings):
    """A mirror of one's own may be asked as fast as it answers."""

    def pace(**endpoints):
        return plan([f"pkg:{type}/pad@1"], replace(settings, endpoints=endpoints), {}).packages[0].pace

    assert pace() == pace(**{type: f"{module(type).default()}/"}) == module(type).PACE > 0
    assert pace(**{type: "https://mirror.example/api"}) == 0


def test_no_registry_of_this_machine_is_written_down():
    """Hosts that installers use are derived or configured, so that nothing here goes stale or leaks."""
    from scanner.resolve.registries import npm, pypi

    folder = Path(module("npm").__file__).parent.parent
    hosts = [address.default().removeprefix("https://") for address in (npm, pypi)]
    for path in folder.rglob("*.py"):
        assert not [host for host in hosts if host in path.read_text("utf-8")], path
    assert json.dumps(hosts)
