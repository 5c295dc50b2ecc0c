"""Registries that say in an index where their API is: a private feed may be laid out in any way."""

import pytest

from .cases import cargo, nuget
from .conftest import Registry, basic

PAD = "pkg:nuget/Pad@1.0.0"
NUGET_INDEX, CARGO_INDEX = "/feed/v3/index.json", "/index/config.json"
PAGE = nuget.page(nuget.NEW)


def resources(url, *types):
    return {"version": "3.0.0", "resources": [{"@id": f"{url}{path}", "@type": type} for path, type in types]}


@pytest.fixture
def feed(registry):
    """A NuGet feed that keeps its registrations in a place of its own."""
    registry.answer(
        NUGET_INDEX,
        resources(
            registry.url,
            ("/query", "SearchQueryService"),
            ("/old/", "RegistrationsBaseUrl"),
            ("/own/registrations-gz/", ["RegistrationsBaseUrl/3.6.0", "Other"]),
            ("/older/", "RegistrationsBaseUrl/3.4.0"),
        ),
    )
    registry.answer("/own/registrations-gz/pad/index.json", {"items": [PAGE]})
    return {"nuget": registry.url + NUGET_INDEX}


@pytest.fixture
def mirror(registry, write):
    """A registry of Cargo whose API is not where its index is, as the user's client is set to."""
    write(
        ".cargo/config.toml",
        f'[registries.acme]\nindex = "sparse+{registry.url}/index/"\ntoken = "secret"\n'
        '[source.crates-io]\nreplace-with = "acme"\n',
    )
    registry.answer(CARGO_INDEX, {"dl": f"{registry.url}/dl", "api": f"{registry.url}/own/"})
    registry.answer("/own/api/v1/crates/pad", cargo.crate())
    registry.answer("/own/api/v1/crates/pad/owners", {"users": [cargo.ADA]})


def test_registrations_are_where_the_service_index_says(feed, look_up, registry):
    facts = look_up(PAD, endpoints=feed).facts[PAD]
    assert facts.licence == "MIT"
    assert facts.source == f"{registry.url}/own/registrations-gz/pad/index.json"


def test_a_page_is_called_what_the_feed_calls_it(feed, look_up, registry):
    elsewhere = {"lower": "1.0.0", "upper": "1.0.0", "@id": "http://other.example/x/pad/pages/1.json"}
    registry.answer("/own/registrations-gz/pad/index.json", {"items": [elsewhere]})
    registry.answer("/own/registrations-gz/pad/pages/1.json", PAGE)
    assert look_up(PAD, endpoints=feed).facts[PAD].licence == "MIT"


@pytest.mark.parametrize("name", ["../../../etc", "1.json?x=1", "a/../b", "\u0663.json"])
def test_a_pages_name_cannot_lead_out_of_the_folder_of_its_package(name, feed, look_up, registry):
    elsewhere = {"lower": "1.0.0", "upper": "1.0.0", "@id": f"/pad/{name}"}
    registry.answer("/own/registrations-gz/pad/index.json", {"items": [elsewhere]})
    look_up(PAD, endpoints=feed)
    assert registry.paths[-1] == "/own/registrations-gz/pad/page/1.0.0/1.0.0.json"


def test_the_api_of_a_mirror_is_where_its_index_says(mirror, look_up, registry):
    facts = look_up("pkg:cargo/pad@1.0.0", endpoints={}).facts["pkg:cargo/pad@1.0.0"]
    assert (facts.publishers, facts.licence) == (1, "MIT OR Apache-2.0")
    assert facts.source == f"{registry.url}/own/api/v1/crates/pad"


def test_the_index_is_given_the_same_credentials_as_the_api(mirror, look_up, registry):
    look_up("pkg:cargo/pad@1.0.0", endpoints={})
    assert {headers["Authorization"] for _, headers in registry.requests} == {"secret"}
    registry.requests.clear()


def test_the_index_is_asked_for_once_in_a_run_and_not_at_all_from_the_cache(feed, look_up, registry):
    for number in range(20):
        registry.answer(f"/own/registrations-gz/p{number}/index.json", {"items": [PAGE]})
    purls = [f"pkg:nuget/P{number}@1.0.0" for number in range(20)]
    first = look_up(*purls, endpoints=feed)
    assert len(first.facts) == 20
    assert registry.paths.count(NUGET_INDEX) == 1
    registry.requests.clear()
    assert look_up(*purls, endpoints=feed) == first
    assert not registry.requests


def test_a_package_that_is_not_there_is_missing_and_the_index_is_not(feed, look_up):
    assert "not found" in look_up("pkg:nuget/Nothing@1", endpoints=feed).gaps[0].reason


def reply(status=200, body=b"{}"):
    return lambda handler: handler.reply(status, body)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (reply(404), "has no index where its address says"),
        (reply(401), "access refused (HTTP 401)"),
        (reply(200, b"["), "not as the registry documents it"),
        (reply(200, b'{"resources": []}'), "no RegistrationsBaseUrl"),
    ],
)
def test_an_index_that_leads_nowhere_is_asked_for_once_and_one_gap(act, words, look_up, registry):
    """No package counts as missing for it."""
    registry.act("*", act)
    found = look_up(
        *(f"pkg:nuget/P{number}@1" for number in range(30)), endpoints={"nuget": registry.url + NUGET_INDEX}
    )
    assert registry.paths == [NUGET_INDEX]
    assert [gap.subject for gap in found.gaps] == [registry.url.partition("//")[2]]
    assert words in found.gaps[0].reason


def test_an_index_that_fails_for_a_moment_is_asked_for_again(feed, look_up, registry):
    registry.acts[NUGET_INDEX].insert(0, reply(503))
    assert look_up(PAD, endpoints=feed).facts


def test_an_index_cannot_lead_to_another_host(look_up, registry, write):
    other = Registry()
    try:
        write(".netrc", "machine 127.0.0.1 login ada password hunter2\n")
        away = other.url.replace("127.0.0.1", "localhost")
        registry.answer(NUGET_INDEX, resources(away, ("/own/", "RegistrationsBaseUrl/3.6.0")))
        other.answer("*", {"items": [PAGE]})
        found = look_up(PAD, endpoints={"nuget": registry.url + NUGET_INDEX})
    finally:
        other.close()
    assert registry.requests[0][1]["Authorization"] == basic("ada:hunter2")
    assert not other.requests
    assert "its index leads to another host, localhost" in found.gaps[0].reason
