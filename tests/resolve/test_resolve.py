"""The contract of resolve(): which packages are asked about, how often, and what becomes a gap."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from scanner.model import Facts
from scanner.resolve import resolve
from scanner.resolve.cache import Cache
from scanner.resolve.record import Entry, Record, Validator

from .cases import nuget


def reasons(resolution):
    return [gap.reason for gap in resolution.gaps]


def age(settings, hours):
    """Make all that is cached older."""
    cache = Cache(settings.cache)
    cache.write({url: entry._replace(fetched=entry.fetched - hours * 3600) for url, entry in cache.entries().items()})
    cache.close()


def test_facts_come_under_the_purl_that_was_given(npm, look_up, registry):
    npm("left-pad")
    facts = look_up("pkg:npm/left-pad@1.3.0").facts["pkg:npm/left-pad@1.3.0"]
    assert (facts.publishers, facts.licence, facts.released) == (2, "MIT", "2026-04-09")
    assert (facts.source, facts.stale) == (registry.url + "/left-pad", False)


def test_a_package_is_asked_about_once_however_many_versions_are_used(npm, look_up, registry):
    npm("left-pad", versions={"1.0.0": {"deprecated": "has a hole"}})
    found = look_up("pkg:npm/left-pad@1.3.0", "pkg:npm/left-pad@1.0.0", "pkg:npm/left-pad@1.3.0").facts
    assert registry.paths == ["/left-pad"]
    assert {purl: facts.withdrawn for purl, facts in found.items()} == {
        "pkg:npm/left-pad@1.3.0": None,
        "pkg:npm/left-pad@1.0.0": "deprecated: has a hole",
    }


def test_names_that_are_the_same_to_the_registry_are_one_package(look_up, registry):
    """NuGet does not tell case apart, and a project may use a package in both spellings."""
    registry.answer(nuget.INDEX, nuget.index(nuget.NEW)[nuget.INDEX])
    found = look_up("pkg:nuget/Pad@1.0.0", "pkg:nuget/pad@1.0.0")
    assert registry.paths == [nuget.INDEX]
    assert [facts.latest for facts in found.facts.values()] == ["1.0.0", "1.0.0"]


def test_a_scoped_name_is_one_segment_of_the_path(npm, look_up, registry):
    npm("@acme/pad")
    assert look_up("pkg:npm/%40acme/pad@1.3.0").facts
    assert registry.paths == ["/@acme%2Fpad"]


def test_the_registry_is_told_who_asks_and_for_what(npm, look_up, registry):
    npm("left-pad")
    look_up("pkg:npm/left-pad@1")
    headers = registry.requests[0][1]
    assert headers["User-Agent"].startswith("outlast/")
    assert (headers["Accept"], headers["Accept-Encoding"]) == ("application/json", "gzip")
    assert "Authorization" not in headers


def test_types_without_a_registry_are_one_gap_each(look_up, registry):
    found = look_up("pkg:generic/a@1", "pkg:generic/b@1", "pkg:generic/b@2", "pkg:bitnami/c@1")
    assert not found.facts
    assert not registry.requests
    assert [(gap.stage, gap.subject, gap.reason) for gap in found.gaps] == [
        (
            "resolve",
            "generic",
            "2 packages: a generic purl names no registry; give the package its own type in the SBOM to have it looked at",
        ),
        ("resolve", "bitnami", "1 package: no registry of this type can be asked, so that the rules alone judge it"),
    ]


@pytest.mark.parametrize(
    "qualifier",
    [
        "repository_url=https://npm.acme.example",
        "repository_url=npm.acme.example/team",
        "repository_url=https://[broken",
        "vcs_url=git%2Bhttps://git.acme.example/pad@1",
        "download_url=https://acme.example/pad.tgz",
    ],
)
def test_a_package_from_elsewhere_is_not_looked_up_at_the_usual_registry(qualifier, npm, look_up, registry):
    npm("left-pad")
    found = look_up(f"pkg:npm/left-pad@1?{qualifier}")
    assert not found.facts
    assert not registry.requests
    assert [gap.subject for gap in found.gaps] == ["pkg:npm/left-pad"]
    assert "private source" in found.gaps[0].reason


def test_a_package_from_the_registry_that_is_asked_anyway_is_looked_up(npm, look_up, registry):
    npm("left-pad")
    purl = f"pkg:npm/left-pad@1?repository_url={registry.url}/"
    assert purl in look_up(purl).facts


@pytest.mark.parametrize("name", ["..%2f..", "%2e%2e", "a%2f..%2fb", "a%00b", "a%5cb", "a" * 600])
def test_a_name_cannot_lead_out_of_the_registrys_address(name, look_up, registry):
    found = look_up(f"pkg:npm/{name}@1")
    assert not registry.requests
    assert reasons(found) == ["is no name that a registry can have"]


def test_a_name_is_no_query(look_up, registry):
    look_up("pkg:npm/a%3Fwrite=true%23x@1")
    assert registry.paths == ["/a%3Fwrite=true%23x"]


def test_progress_counts_packages(npm, look_up):
    npm("a")
    npm("b")
    look_up("pkg:npm/a@1")
    told = []
    look_up("pkg:npm/a@1", "pkg:npm/b@1", "pkg:npm/b@2", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_what_is_fresh_in_the_cache_is_not_asked_again(npm, look_up, registry):
    npm("left-pad")
    first = look_up("pkg:npm/left-pad@1.3.0", "pkg:npm/nothing@1")
    registry.requests.clear()
    assert look_up("pkg:npm/left-pad@1.3.0", "pkg:npm/nothing@1") == first
    assert not registry.requests


def test_what_is_old_is_revalidated_and_kept_where_nothing_has_changed(look_up, registry, settings):
    from .conftest import packument

    registry.answer("/left-pad", packument(), etag='"one"', last_modified="Mon, 01 Jun 2026 00:00:00 GMT")
    first = look_up("pkg:npm/left-pad@1.3.0")
    age(settings, 25)
    registry.act("/left-pad", lambda handler: handler.reply(304))
    assert look_up("pkg:npm/left-pad@1.3.0") == first
    headers = registry.requests[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"one"', "Mon, 01 Jun 2026 00:00:00 GMT")
    look_up("pkg:npm/left-pad@1.3.0")
    assert len(registry.requests) == 2


def test_what_an_older_version_asked_for_otherwise_is_asked_for_anew(npm, look_up, registry, settings):
    """It had another number of documents of a package, which are not those of today."""
    npm("left-pad")
    cache, known = Cache(settings.cache), (Validator('"one"'), Validator(absent=True))
    cache.write({f"{registry.url}/left-pad": Entry(known, 0.0, Record(facts=Facts(licence="ISC")))})
    cache.close()
    assert look_up("pkg:npm/left-pad@1.3.0").facts["pkg:npm/left-pad@1.3.0"].licence == "MIT"
    assert "If-None-Match" not in registry.requests[0][1]


def test_what_has_changed_replaces_what_was_known(look_up, registry, settings, npm):
    npm("left-pad")
    look_up("pkg:npm/left-pad@1.3.0")
    age(settings, 25)
    npm("left-pad", maintainers=[{"name": "mallory"}])
    assert look_up("pkg:npm/left-pad@1.3.0").facts["pkg:npm/left-pad@1.3.0"].publishers == 1


def test_a_document_that_changed_has_the_others_asked_in_full(look_up, registry, settings):
    registry.answer("/pypi/pad/json", {"info": {"version": "1", "license": "MIT"}}, etag='"a"')
    registry.answer("/simple/pad/", {"files": [], "project-status": {"status": "archived"}}, etag='"b"')
    look_up("pkg:pypi/pad@1")
    age(settings, 25)
    body = registry.acts["/pypi/pad/json"][0]
    registry.act("/pypi/pad/json", lambda handler: handler.reply(304), body)
    registry.answer("/simple/pad/", {"files": []}, etag='"c"')
    facts = look_up("pkg:pypi/pad@1").facts["pkg:pypi/pad@1"]
    assert (facts.licence, facts.withdrawn) == ("MIT", None)


def test_a_registry_that_cannot_be_asked_leaves_the_old_answer_marked_stale(npm, look_up, registry, settings):
    npm("left-pad")
    look_up("pkg:npm/left-pad@1.3.0")
    age(settings, 24 * 30)
    registry.act("/left-pad", lambda handler: handler.reply(500))
    found = look_up("pkg:npm/left-pad@1.3.0")
    assert found.facts["pkg:npm/left-pad@1.3.0"].stale
    assert [gap.subject for gap in found.gaps] == ["pkg:npm/left-pad"]
    assert "answers HTTP 500; facts are 30 days old" in found.gaps[0].reason


def test_a_missing_package_is_a_gap_and_has_no_facts(look_up, registry):
    for _ in range(2):
        found = look_up("pkg:npm/nothing@1")
        assert not found.facts
        assert "not found" in found.gaps[0].reason
    assert registry.paths == ["/nothing"]


@pytest.mark.parametrize(("status", "words"), [(401, "access refused (HTTP 401)"), (403, "access refused (HTTP 403)")])
def test_a_refusal_is_told_apart_from_a_missing_package(status, words, look_up, registry):
    registry.act("/left-pad", lambda handler: handler.reply(status))
    assert words in reasons(look_up("pkg:npm/left-pad@1"))[0]
    assert len(registry.requests) == 1


class TestOffline:
    @pytest.fixture(autouse=True)
    def _no_socket(self, monkeypatch, request, registry):
        request.getfixturevalue("npm")("left-pad")
        self.registry, self.monkeypatch = registry, monkeypatch

    def forbid(self):
        def refuse(*args, **kwargs):
            raise AssertionError("a socket was used")

        for name in ("connect", "connect_ex", "bind", "sendto"):
            self.monkeypatch.setattr(socket.socket, name, refuse)
        self.monkeypatch.setattr(socket, "getaddrinfo", refuse)
        self.monkeypatch.setattr(asyncio, "run", refuse)

    def test_no_socket_is_used_and_the_rest_is_one_gap(self, look_up):
        self.forbid()
        found = look_up("pkg:npm/left-pad@1.3.0", "pkg:pypi/pad@1", "pkg:npm/other@1", offline=True)
        assert not found.facts
        assert reasons(found) == ["offline: custody of 3 packages not looked at"]

    def test_the_cache_is_used_and_said_to_be_stale_past_its_time(self, look_up, settings):
        look_up("pkg:npm/left-pad@1.3.0")
        self.forbid()
        assert not look_up("pkg:npm/left-pad@1.3.0", offline=True).facts["pkg:npm/left-pad@1.3.0"].stale
        age(settings, 25)
        found = look_up("pkg:npm/left-pad@1.3.0", offline=True)
        assert found.facts["pkg:npm/left-pad@1.3.0"].stale
        assert not found.gaps

    def test_no_cache_is_made(self, look_up, settings):
        self.forbid()
        look_up("pkg:npm/left-pad@1.3.0", offline=True)
        assert not settings.cache.exists()


def test_a_caller_with_an_event_loop_of_its_own_can_resolve(npm, settings):
    npm("left-pad")

    async def notebook():
        return resolve(["pkg:npm/left-pad@1.3.0"], settings=settings)

    with ThreadPoolExecutor(1) as thread:  # a browser test may have left a loop running in this one
        assert thread.submit(lambda: asyncio.run(notebook())).result().facts


def test_http2_settings_reach_the_same_answers(npm, look_up, settings, tmp_path):
    npm("left-pad")
    first = look_up("pkg:npm/left-pad@1.3.0")
    assert look_up("pkg:npm/left-pad@1.3.0", http2=True, cache=tmp_path / "other") == first


def test_nothing_to_ask_asks_nothing(look_up):
    assert look_up() == ({}, [])


def test_settings_are_frozen(settings):
    with pytest.raises(AttributeError):
        settings.timeout = 1
    assert replace(settings, timeout=3).timeout == 3
