"""Sources across ecosystems: they are asked only where they are configured, about what registries do not tell."""

import pytest

from scanner.model import Borrowed

from .cases import depsdev, ecosystems


@pytest.fixture
def across(registry, look_up, settings):
    """Look up with deps.dev, ecosyste.ms or both at the local registry."""

    def run(*purls, sources=("ecosystems",), **changes):
        endpoints = settings.endpoints | dict.fromkeys(sources, registry.url)
        return look_up(*purls, endpoints=endpoints, **changes)

    return run


def lookup(text):
    return f"/packages/lookup?purl={text}"


def test_they_are_off_unless_they_are_configured(npm, look_up, registry):
    npm("left-pad", maintainers=None)
    look_up("pkg:npm/left-pad@1.3.0", "pkg:opam/pad@1.0.0")
    assert registry.paths == ["/left-pad"]


def test_a_type_without_a_registry_is_told_by_them(registry, across):
    registry.answer(ecosystems.PATH, [ecosystems.package("ada")])
    found = across("pkg:opam/pad@1.0.0", "pkg:opam/pad@0.9.0")
    assert not found.gaps
    facts = found.facts["pkg:opam/pad@1.0.0"]
    assert (facts.publishers, facts.licence, facts.borrowed) == (1, "MIT", ())
    assert facts.source == registry.url + ecosystems.PATH
    assert registry.paths == [ecosystems.PATH]


def test_what_they_do_not_know_either_stays_a_gap(registry, across):
    registry.answer(ecosystems.PATH, [ecosystems.package()])
    found = across("pkg:opam/pad@1.0.0", "pkg:opam/nothing@1", "pkg:opam/nothing@2", "pkg:generic/pad@1")
    assert [(gap.subject, gap.reason) for gap in found.gaps] == [
        ("opam", "1 package: no registry of this type can be asked, so that the rules alone judge it"),
        (
            "generic",
            "1 package: a generic purl names no registry; give the package its own type in the SBOM to have it looked at",
        ),
    ]
    assert not [path for path in registry.paths if "generic" in path]


def test_a_registry_without_an_address_is_stood_in_for(registry, look_up):
    registry.answer(lookup("pkg:deb/debian/pad"), [ecosystems.package()])
    found = look_up("pkg:deb/debian/pad@1", "pkg:deb/debian/other@1", endpoints={"ecosystems": registry.url})
    assert set(found.facts) == {"pkg:deb/debian/pad@1"}
    assert [(gap.subject, gap.reason) for gap in found.gaps] == [
        ("deb", "1 package: no endpoint configured; name one under [registries]")
    ]


def test_an_unknown_fact_is_filled_and_says_from_where(npm, registry, across):
    npm("left-pad", maintainers=None, version={"license": None})
    registry.answer(lookup("pkg:npm/left-pad"), [ecosystems.package("ada", "grace")])
    facts = across("pkg:npm/left-pad@1.3.0").facts["pkg:npm/left-pad@1.3.0"]
    assert (facts.publishers, facts.licence, facts.latest, facts.source) == (
        2,
        "MIT",
        "1.3.0",
        f"{registry.url}/left-pad",
    )
    address = registry.url + lookup("pkg:npm/left-pad")
    assert facts.borrowed == tuple(
        Borrowed(fact=name, source=address) for name in ("funding", "licence", "publishers", "repository")
    )


def test_what_a_registry_tells_is_not_overruled(npm, registry, across):
    npm("left-pad")
    registry.answer(lookup("pkg:npm/left-pad"), [ecosystems.package("mallory", licenses="ISC", status="removed")])
    facts = across("pkg:npm/left-pad@1.3.0").facts["pkg:npm/left-pad@1.3.0"]
    assert (facts.publishers, facts.licence, facts.withdrawn, facts.organisation) == (2, "MIT", None, None)


def test_the_organisation_is_not_put_beside_publishers_that_are_known(npm, registry, across):
    npm("left-pad", maintainers=[{"name": "ada"}])
    registry.answer(lookup("pkg:npm/left-pad"), [ecosystems.package()])
    facts = across("pkg:npm/left-pad@1.3.0").facts["pkg:npm/left-pad@1.3.0"]
    assert (facts.publishers, facts.organisation) == (1, None)


def test_both_are_asked_one_after_the_other(npm, registry, across):
    npm("pad", maintainers=None, version={"license": None})
    for path, document in depsdev.package().items():
        registry.answer(path, document)
    registry.answer(lookup("pkg:npm/pad"), [ecosystems.package("ada")])
    facts = across("pkg:npm/pad@1.3.0", sources=("depsdev", "ecosystems")).facts["pkg:npm/pad@1.3.0"]
    assert {it.fact: it.source.removeprefix(registry.url) for it in facts.borrowed} == {
        "licence": depsdev.PATH,
        "repository": depsdev.PATH,
        "publishers": lookup("pkg:npm/pad"),
        "funding": lookup("pkg:npm/pad"),
    }


def test_a_source_is_not_asked_about_types_that_it_does_not_know(registry, across):
    found = across("pkg:opam/pad@1.0.0", sources=("depsdev",))
    assert not registry.requests
    assert [gap.subject for gap in found.gaps] == ["opam"]


@pytest.mark.parametrize(
    "purl",
    [
        "pkg:npm/left-pad@1?repository_url=https://npm.acme.example",
        "pkg:opam/pad@1?vcs_url=git%2Bhttps://git.acme.example/pad",
        "pkg:cocoapods/Pad@1?repository_url=https://git.acme.example/specs.git",
    ],
)
def test_a_private_package_does_not_get_known(purl, registry, across):
    across(purl)
    assert not registry.requests


def test_a_registry_that_fails_is_not_made_up_for(registry, across):
    registry.act("/left-pad", lambda handler: handler.reply(403))
    registry.answer(lookup("pkg:npm/left-pad"), [ecosystems.package("ada")])
    assert not across("pkg:npm/left-pad@1.3.0").facts
    assert registry.paths == ["/left-pad"]


def test_a_package_that_its_registry_does_not_have_stays_not_found(registry, across):
    registry.answer(lookup("pkg:npm/left-pad"), [ecosystems.package("ada")])
    found = across("pkg:npm/left-pad@1.3.0")
    assert not found.facts
    assert "not found" in found.gaps[0].reason


def test_a_source_that_fails_is_a_gap_of_the_package(npm, registry, across):
    npm("left-pad", maintainers=None)
    registry.act(lookup("pkg:npm/left-pad"), lambda handler: handler.reply(403))
    found = across("pkg:npm/left-pad@1.3.0")
    assert found.facts["pkg:npm/left-pad@1.3.0"].licence == "MIT"
    assert [(gap.subject, "access refused" in gap.reason) for gap in found.gaps] == [("pkg:npm/left-pad", True)]


def test_offline_what_was_told_before_is_used(npm, registry, across):
    npm("left-pad", maintainers=None)
    registry.answer(lookup("pkg:npm/left-pad"), [ecosystems.package("ada")])
    purls = ("pkg:npm/left-pad@1.3.0", "pkg:npm/other@1")
    first = across(purls[0])
    registry.requests.clear()
    found = across(*purls, offline=True)
    assert not registry.requests
    assert found.facts == first.facts
    assert [gap.reason for gap in found.gaps] == ["offline: custody of 1 package not looked at"]
