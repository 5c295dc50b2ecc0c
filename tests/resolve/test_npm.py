"""Facts from the npm registry's document of a package."""

import json

import msgspec
import pytest

from scanner.resolve.registries import npm

from .conftest import packument


def record(**changes):
    return npm.facts(json.dumps(packument(**changes)).encode())


def facts(**changes):
    return record(**changes).facts


def test_maintainers_are_counted_once():
    assert facts(maintainers=[{"name": "ada"}, {"name": "grace"}, {"name": "ada"}]).publishers == 2
    assert facts(maintainers=[{"name": "ada", "email": "ada@acme.example"}]).publishers == 1
    assert facts(maintainers=["ada <ada@acme.example>"]).publishers == 1


@pytest.mark.parametrize("maintainers", [None, [], "ada", [{"email": "ada@acme.example"}]])
def test_maintainers_that_are_not_told_are_unknown_and_not_nobody(maintainers):
    assert facts(maintainers=maintainers).publishers is None


@pytest.mark.parametrize(
    ("version", "licence"),
    [
        ({"license": "MIT"}, "MIT"),
        ({"license": "(MIT OR CC0-1.0)"}, "MIT OR CC0-1.0"),
        ({"license": {"type": "ISC", "url": "https://…"}}, "ISC"),
        ({"license": None, "licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}, "MIT OR GPL-2.0-only"),
        ({"license": "SEE LICENSE IN LICENSE.md"}, "SEE LICENSE IN LICENSE.md"),
        ({"license": "UNLICENSED"}, "UNLICENSED"),
        ({"license": None}, None),
        ({"license": ""}, None),
        ({"license": 7}, "7"),
    ],
)
def test_the_licence(version, licence):
    assert facts(version=version).licence == licence


def test_a_deprecated_version_is_withdrawn_and_the_others_are_not():
    told = record(versions={"1.0.0": {"deprecated": "has a hole"}, "1.1.0": {"deprecated": ""}})
    assert told.withdrawn == {"1.0.0": "deprecated: has a hole"}
    assert told.facts.withdrawn is None


def test_a_package_whose_latest_version_is_deprecated_is_withdrawn():
    assert facts(version={"deprecated": "use pad2"}).withdrawn == "deprecated: use pad2"
    assert facts(version={"deprecated": True}).withdrawn == "deprecated"


def test_an_unpublished_package_is_withdrawn():
    document = {"name": "pad", "time": {"created": "…", "unpublished": {"time": "2024-01-01T00:00:00Z"}}}
    told = npm.facts(json.dumps(document).encode()).facts
    assert (told.withdrawn, told.released, told.publishers) == ("unpublished", None, None)


def test_the_last_release_is_of_a_version_that_is_still_there():
    """`modified` moves with every edit of the metadata, and an unpublished version keeps its time."""
    told = facts(
        time={
            "created": "2014-01-01T00:00:00Z",
            "modified": "2026-01-01T00:00:00Z",
            "1.3.0": "2018-04-09T01:00:00Z",
            "9.9.9": "2025-01-01T00:00:00Z",
        }
    )
    assert (told.latest, told.released) == ("1.3.0", "2018-04-09")


@pytest.mark.parametrize(
    ("dist", "provenance"),
    [
        ({"signatures": [{}], "attestations": {"url": "https://…"}}, True),
        ({"signatures": [{}]}, False),
        ({"tarball": "https://…"}, None),
        (None, None),
    ],
)
def test_provenance(dist, provenance):
    """A mirror that leaves signatures out may leave attestations out as well."""
    assert facts(version={"dist": dist}).provenance is provenance


@pytest.mark.parametrize(
    ("declared", "repository"),
    [
        ({"type": "git", "url": "git+https://github.com/ada/pad.git"}, "https://github.com/ada/pad"),
        ("git+ssh://git@github.com/ada/pad.git", "https://github.com/ada/pad"),
        ("git@gitlab.com:ada/pad.git", "https://gitlab.com/ada/pad"),
        ("git://github.com/ada/pad.git", "https://github.com/ada/pad"),
        ("ada/pad", "https://github.com/ada/pad"),
        ("gitlab:ada/pad", "https://gitlab.com/ada/pad"),
        ("javascript:alert(1)", None),
        (["x"], None),
        ("", None),
        (None, None),
    ],
)
def test_the_repository_as_a_browser_opens_it(declared, repository):
    assert facts(version={"repository": declared}).repository == repository


@pytest.mark.parametrize(
    ("declared", "funding"),
    [
        ("https://fund.example", ("https://fund.example",)),
        ({"type": "x", "url": "https://fund.example"}, ("https://fund.example",)),
        (["https://a.example", {"url": "https://b.example"}, 3], ("https://a.example", "https://b.example")),
        ("javascript:alert(1)", ()),
        (None, ()),
    ],
)
def test_funding(declared, funding):
    assert facts(version={"funding": declared}).funding == funding


@pytest.mark.parametrize("document", [{}, {"error": "not_found"}, {"name": "pad", "versions": []}, {"name": None}])
def test_another_shape_is_an_error(document):
    with pytest.raises(msgspec.DecodeError):
        npm.facts(json.dumps(document).encode())
