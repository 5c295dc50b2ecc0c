"""Every registry: facts from answers of the shape that it documents, asked for over a real socket."""

import json
from pathlib import Path

import pytest

from scanner.resolve import Settings
from scanner.resolve.endpoints import Endpoints
from scanner.resolve.registries import registry as module
from scanner.resolve.registries import types

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><groupId>org.acme</groupId><artifactId>pad</artifactId>{}</project>"""
PARENT = "<parent><groupId>org.acme</groupId><artifactId>parent</artifactId><version>7</version></parent>"
LICENCE = "<licenses><license><name>Apache License, Version 2.0</name></license></licenses>"
METADATA = (
    "<metadata><groupId>org.acme</groupId><artifactId>pad</artifactId>"
    "<versioning><release>2.0</release><lastUpdated>20260409101112</lastUpdated></versioning></metadata>"
)


def crate(**changes):
    version = {"num": "1.0.0", "license": "MIT/Apache-2.0", "created_at": "2026-04-09T00:00:00Z", "yanked": False}
    old = version | {"num": "0.9.0", "yanked": True, "yank_message": "unsound", "created_at": "2020-01-01T00:00:00Z"}
    crate = {"max_stable_version": "1.0.0", "repository": "https://forge.example/pad"}
    return {"crate": crate, "versions": [version | changes, old]}


def nuget(*entries):
    leaves = [
        {"catalogEntry": {"id": "Pad", "published": "2026-04-09T00:00:00Z", "listed": True} | entry}
        for entry in entries
    ]
    return {"lower": entries[0]["version"], "upper": entries[-1]["version"], "items": leaves}


def hex(**changes):
    return {
        "name": "pad",
        "meta": {
            "licenses": ["Apache-2.0"],
            "links": {"GitHub": "https://forge.example/pad", "Sponsor": "https://f.example"},
        },
        "owners": [{"username": "ada", "email": "ada@acme.example"}, {"username": "grace"}],
        "releases": [{"version": "1.0.0", "inserted_at": "2026-04-09T00:00:00Z"}],
        "latest_stable_version": "1.0.0",
    } | changes


def composer(**changes):
    versions = {
        "dev-main": {"version": "dev-main", "time": "2026-09-09T00:00:00+00:00", "license": ["GPL-3.0-only"]},
        "2.0.0": {
            "version": "2.0.0",
            "time": "2026-04-09T00:00:00+00:00",
            "license": ["MIT", "GPL-2.0-or-later"],
            "funding": [{"type": "x", "url": "https://f.example"}],
        },
        "1.0.0": {"version": "1.0.0", "time": "2020-04-09T00:00:00+00:00", "license": ["MIT"]},
    }
    return {
        "package": {
            "name": "acme/pad",
            "versions": versions,
            "maintainers": [{"name": "ada"}],
            "repository": "https://forge.example/pad.git",
        }
        | changes
    }


def pub(**changes):
    latest = {
        "version": "1.0.0",
        "published": "2026-04-09T00:00:00Z",
        "pubspec": {"repository": "https://forge.example/pad", "funding": ["https://f.example"]},
    }
    old = {"version": "0.9.0", "published": "2020-04-09T00:00:00Z", "retracted": True}
    return {"name": "pad", "latest": latest, "versions": [old, latest]} | changes


def github(**changes):
    return {
        "owner": {"login": "acme", "type": "Organization"},
        "html_url": "https://forge.example/acme/pad",
        "license": {"spdx_id": "MIT"},
        "pushed_at": "2026-04-09T00:00:00Z",
        "archived": False,
    } | changes


GEM = {
    "name": "pad",
    "version": "1.0.0",
    "version_created_at": "2026-04-09T00:00:00Z",
    "licenses": ["MIT", "Ruby"],
    "metadata": {"source_code_uri": "https://forge.example/pad", "funding_uri": "https://f.example"},
}
LATEST = {
    "Version": "v1.2.0",
    "Time": "2026-04-09T00:00:00Z",
    "Origin": {"VCS": "git", "URL": "https://forge.example/pad"},
}
CRATES, PUB, GEMS = "/api/v1/crates/pad", "/api/packages/pad", "/api/v1/gems/pad"
NUGET = "/v3/registration5-gz-semver2/pad"
TEAM = {"login": "github:acme:libs", "kind": "team"}
ADA, GRACE = {"login": "ada", "kind": "user"}, {"login": "grace", "kind": "user"}

CASES = {
    "cargo, two people": (
        "pkg:cargo/pad@1.0.0",
        {CRATES: crate(), f"{CRATES}/owners": {"users": [ADA, GRACE]}},
        {"publishers": 2, "organisation": None, "licence": "MIT OR Apache-2.0", "latest": "1.0.0"},
    ),
    "cargo, a team": (
        "pkg:cargo/pad@1.0.0",
        {CRATES: crate(), f"{CRATES}/owners": {"users": [ADA, TEAM]}},
        {"publishers": 1, "organisation": "acme", "released": "2026-04-09", "repository": "https://forge.example/pad"},
    ),
    "cargo, a yanked version": ("pkg:cargo/pad@0.9.0", {CRATES: crate()}, {"withdrawn": "yanked: unsound"}),
    "cargo, all yanked": ("pkg:cargo/pad@1.0.0", {CRATES: crate(yanked=True)}, {"withdrawn": "yanked: all versions"}),
    "cargo, no licence": ("pkg:cargo/pad@1.0.0", {CRATES: crate(license=None)}, {"licence": None, "publishers": None}),
    "gem": (
        "pkg:gem/pad@1.0.0",
        {f"{GEMS}.json": GEM, f"{GEMS}/owners.json": [{"id": 1, "handle": "ada"}, {"id": 2, "handle": None}]},
        {"publishers": 2, "licence": "MIT OR Ruby", "released": "2026-04-09", "funding": ("https://f.example",)},
    ),
    "gem, nothing told": (
        "pkg:gem/pad@1.0.0",
        {f"{GEMS}.json": {"name": "pad", "licenses": None, "metadata": None}},
        {"publishers": None, "licence": None, "released": None, "latest": None},
    ),
    "composer": (
        "pkg:composer/acme/pad@2.0.0",
        {"/packages/acme/pad.json": composer()},
        {
            "publishers": 1,
            "licence": "MIT OR GPL-2.0-or-later",
            "latest": "2.0.0",
            "released": "2026-04-09",
            "repository": "https://forge.example/pad",
            "funding": ("https://f.example",),
        },
    ),
    "composer, abandoned": (
        "pkg:composer/acme/pad@2.0.0",
        {"/packages/acme/pad.json": composer(abandoned=True)},
        {"withdrawn": "abandoned", "successor": None},
    ),
    "composer, abandoned for another": (
        "pkg:composer/acme/pad@2.0.0",
        {"/packages/acme/pad.json": composer(abandoned="acme/pad2")},
        {"withdrawn": "abandoned", "successor": "acme/pad2"},
    ),
    "hex": (
        "pkg:hex/pad@1.0.0",
        {"/packages/pad": hex()},
        {"publishers": 2, "licence": "Apache-2.0", "released": "2026-04-09", "repository": "https://forge.example/pad"},
    ),
    "hex, a retired version": (
        "pkg:hex/pad@0.9.0",
        {"/packages/pad": hex(retirements={"0.9.0": {"reason": "security", "message": "update"}})},
        {"withdrawn": "retired: security: update"},
    ),
    "hex, the latest retired": (
        "pkg:hex/pad@0.9.0",
        {"/packages/pad": hex(retirements={"1.0.0": {"reason": "renamed", "message": None}})},
        {"withdrawn": "retired: renamed"},
    ),
    "pub, a publisher": (
        "pkg:pub/pad@1.0.0",
        {
            PUB: pub(),
            f"{PUB}/publisher": {"publisherId": "acme.example"},
            f"{PUB}/score": {"tags": ["sdk:dart", "license:bsd-3-clause", "license:osi-approved"]},
        },
        {"organisation": "acme.example", "licence": "BSD-3-Clause", "released": "2026-04-09", "withdrawn": None},
    ),
    "pub, no publisher": (
        "pkg:pub/pad@1.0.0",
        {PUB: pub(), f"{PUB}/publisher": {"publisherId": None}, f"{PUB}/score": {"tags": ["license:unknown"]}},
        {"organisation": None, "publishers": None, "licence": None},
    ),
    "pub, discontinued": (
        "pkg:pub/pad@1.0.0",
        {PUB: pub(isDiscontinued=True, replacedBy="pad2")},
        {"withdrawn": "discontinued", "successor": "pad2"},
    ),
    "pub, a retracted version": ("pkg:pub/pad@0.9.0", {PUB: pub()}, {"withdrawn": "retracted"}),
    "nuget": (
        "pkg:nuget/Pad@1.0.0",
        {
            f"{NUGET}/index.json": {
                "items": [nuget({"version": "1.0.0", "licenseExpression": "MIT"}, {"version": "2.0.0-rc"})]
            }
        },
        {"publishers": None, "licence": "MIT", "latest": "1.0.0", "released": "2026-04-09"},
    ),
    "nuget, many versions": (
        "pkg:nuget/Pad@1.0.0",
        {
            f"{NUGET}/index.json": {"items": [{"lower": "1.0.0", "upper": "2.0.0"}]},
            f"{NUGET}/page/1.0.0/2.0.0.json": nuget(
                {"version": "1.0.0", "deprecation": {"reasons": ["Legacy"]}},
                {"version": "2.0.0", "licenseUrl": "https://licenses.nuget.org/Apache-2.0"},
            ),
        },
        {"licence": "Apache-2.0", "latest": "2.0.0", "withdrawn": "deprecated: Legacy"},
    ),
    "nuget, deprecated": (
        "pkg:nuget/Pad@0.1.0",
        {
            f"{NUGET}/index.json": {
                "items": [
                    nuget(
                        {
                            "version": "1.0.0",
                            "licenseUrl": "https://acme.example/licence",
                            "deprecation": {
                                "reasons": ["Legacy"],
                                "message": "old",
                                "alternatePackage": {"id": "Pad2"},
                            },
                        }
                    )
                ]
            }
        },
        {"withdrawn": "deprecated: Legacy: old", "successor": "Pad2", "licence": None},
    ),
    "nuget, all versions unlisted": (
        "pkg:nuget/Pad@1.0.0",
        {f"{NUGET}/index.json": {"items": [nuget({"version": "1.0.0", "listed": False})]}},
        {"withdrawn": "unlisted: all versions", "released": None},
    ),
    "maven": (
        "pkg:maven/org.acme/pad@1.0",
        {
            "/org/acme/pad/maven-metadata.xml": METADATA,
            "/org/acme/pad/2.0/pad-2.0.pom": POM.format(f"{LICENCE}<scm><url>https://forge.example/pad</url></scm>"),
        },
        {"licence": "Apache-2.0", "latest": "2.0", "released": "2026-04-09", "repository": "https://forge.example/pad"},
    ),
    "maven, the parent's licence": (
        "pkg:maven/org.acme/pad@1.0",
        {
            "/org/acme/pad/maven-metadata.xml": METADATA,
            "/org/acme/pad/2.0/pad-2.0.pom": POM.format(PARENT),
            "/org/acme/parent/7/parent-7.pom": POM.format(LICENCE),
        },
        {"licence": "Apache-2.0", "publishers": None},
    ),
    "maven, no POM": (
        "pkg:maven/org.acme/pad@1.0",
        {"/org/acme/pad/maven-metadata.xml": METADATA},
        {"licence": None, "latest": "2.0"},
    ),
    "maven, relocated": (
        "pkg:maven/org.acme/pad@1.0",
        {
            "/org/acme/pad/maven-metadata.xml": METADATA,
            "/org/acme/pad/2.0/pad-2.0.pom": POM.format(
                "<distributionManagement><relocation><groupId>org.new</groupId></relocation></distributionManagement>"
            ),
        },
        {"withdrawn": "relocated", "successor": "org.new:pad"},
    ),
    "golang": (
        "pkg:golang/forge.example/Acme/pad@v1.0.0",
        {
            "/forge.example/!acme/pad/@latest": LATEST,
            "/forge.example/!acme/pad/@v/v1.2.0.mod": "module forge.example/Acme/pad\n\ngo 1.22\n",
        },
        {"latest": "v1.2.0", "released": "2026-04-09", "repository": "https://forge.example/pad", "withdrawn": None},
    ),
    "golang, deprecated": (
        "pkg:golang/forge.example/pad@v1.0.0",
        {
            "/forge.example/pad/@latest": LATEST,
            "/forge.example/pad/@v/v1.2.0.mod": "// A module.\n//\n// Deprecated: use forge.example/pad2\n// instead.\nmodule x\n",
        },
        {"withdrawn": "deprecated: use forge.example/pad2 instead."},
    ),
    "golang, a retracted version": (
        "pkg:golang/forge.example/pad@v1.0.0",
        {
            "/forge.example/pad/@latest": LATEST,
            "/forge.example/pad/@v/v1.2.0.mod": "module x\nretract (\n\tv1.0.0 // leaks\n\t[v0.1.0, v0.9.0] // old\n)\n",
        },
        {"withdrawn": "retracted: leaks"},
    ),
    "golang, the remark above another block": (
        "pkg:golang/forge.example/pad@v1.0.0",
        {
            "/forge.example/pad/@latest": LATEST,
            "/forge.example/pad/@v/v1.2.0.mod": "module x // a pad\n\n// Deprecated: no\nrequire y v1.0.0\n",
        },
        {"withdrawn": None},
    ),
    "github, an organisation": (
        "pkg:github/acme/pad@v1",
        {"/repos/acme/pad": github()},
        {"organisation": "acme", "licence": "MIT", "released": "2026-04-09", "withdrawn": None},
    ),
    "github, a user": (
        "pkg:github/acme/pad@v1",
        {"/repos/acme/pad": github(owner={"login": "ada", "type": "User"}, license={"spdx_id": "NOASSERTION"})},
        {"organisation": None, "publishers": None, "licence": None},
    ),
    "github, archived": (
        "pkg:github/acme/pad@v1",
        {"/repos/acme/pad": github(archived=True)},
        {"withdrawn": "archived"},
    ),
}
TESTED_ALONE = {"pypi", "npm"}


@pytest.fixture(autouse=True)
def _no_pace(monkeypatch):
    for type in types():
        if hasattr(module(type), "PACE"):
            monkeypatch.setattr(module(type), "PACE", 0.0)


@pytest.mark.parametrize("case", CASES)
def test_the_facts_of_a_package(case, registry, look_up):
    purl, documents, expected = CASES[case]
    for path, document in documents.items():
        body = document.encode() if isinstance(document, str) else document
        registry.answer(path, body, content_type="text/plain" if isinstance(document, str) else "application/json")
    found = look_up(purl)
    assert not found.gaps
    facts = found.facts[purl]
    assert {name: getattr(facts, name) for name in expected} == expected
    assert set(registry.paths) >= set(documents)


@pytest.mark.parametrize("type", sorted(types()))
def test_each_registry_has_cases_and_a_default_over_tls(type, tmp_path):
    """Or tests of its own: a registry without any is not one."""
    assert type in TESTED_ALONE or any(purl.startswith(f"pkg:{type}/") for purl, *_ in CASES.values())
    assert Endpoints(Settings(cache=tmp_path), {}).of(type, "acme/pad").base.startswith("https://")


@pytest.mark.parametrize("type", sorted(types()))
def test_a_package_that_a_registry_does_not_have_is_not_found(type, look_up):
    found = look_up(f"pkg:{type}/acme/pad@1")
    assert not found.facts
    assert ["not found" in gap.reason for gap in found.gaps] == [True]


@pytest.mark.parametrize("type", sorted(types()))
@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff", b"<", b'{"items": []}', b"[" * 100_000])
def test_an_answer_of_another_shape_is_a_gap(type, body, registry, look_up):
    """Or a package about which nothing is told, but never an error of ours."""
    registry.answer("*", body)
    found = look_up(f"pkg:{type}/acme/pad@1")
    for facts in found.facts.values():
        assert (facts.publishers, facts.licence, facts.withdrawn) == (None, None, None)
    assert found.facts or found.gaps


def test_coordinates_in_an_answer_cannot_lead_elsewhere(registry, look_up):
    registry.answer(
        "/org/acme/pad/maven-metadata.xml", METADATA.replace("2.0", "../../../etc").encode(), content_type="text/xml"
    )
    look_up("pkg:maven/org.acme/pad@1")
    assert registry.paths == ["/org/acme/pad/maven-metadata.xml"]


def test_parents_without_end_come_to_an_end(registry, look_up):
    registry.answer("*", POM.format(PARENT).encode(), content_type="text/xml")
    registry.answer("/org/acme/pad/maven-metadata.xml", METADATA.encode(), content_type="text/xml")
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


class TestGoConfiguration:
    def find(self, tmp_path, name, **environ):
        return Endpoints(Settings(cache=tmp_path), environ).of("golang", name)

    @pytest.mark.parametrize(
        "value", ["https://proxy.example,direct", "off|https://proxy.example", "direct,https://proxy.example"]
    )
    def test_the_proxy_of_the_environment_is_asked(self, value, tmp_path):
        assert self.find(tmp_path, "forge.example/pad", GOPROXY=value).base == "https://proxy.example"

    @pytest.mark.parametrize("variable", ["GOPRIVATE", "GONOPROXY"])
    def test_private_modules_are_not(self, variable, tmp_path):
        value = {variable: "*.corp.example,forge.example/acme"}
        for name in ("git.corp.example/pad", "forge.example/acme/pad", "forge.example/acme"):
            assert self.find(tmp_path, name, **value) == "is private by the configuration of your client"
        for name in ("forge.example/other/pad", "corp.example/pad"):
            assert self.find(tmp_path, name, **value).base.startswith("https://")


def test_a_registry_is_asked_no_faster_than_it_wants(registry, look_up, monkeypatch):
    import time

    monkeypatch.setattr(module("cargo"), "PACE", 0.05)
    times = []

    def answer(handler):
        times.append(time.monotonic())
        handler.reply(404, b"{}")

    registry.act("*", answer)
    look_up(*(f"pkg:cargo/p{i}@1" for i in range(4)))
    assert len(times) == 8
    assert times[-1] - times[0] >= 0.3


def test_no_registry_of_this_machine_is_written_down():
    """Hosts that installers use are derived or configured, so that nothing here goes stale or leaks."""
    from scanner.resolve.registries import npm, pypi

    folder = Path(module("npm").__file__).parent.parent
    hosts = [address.default().removeprefix("https://") for address in (npm, pypi)]
    for path in folder.rglob("*.py"):
        assert not [host for host in hosts if host in path.read_text("utf-8")], path
    assert json.dumps(hosts)
