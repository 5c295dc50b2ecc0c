"""The shortcut for plain purls equals packageurl-python, and keys are what rules match on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from scanner.purl import build, canonical, key, name_of, version_of

TYPES = ["npm", "pypi", "cargo", "gem", "nuget", "maven", "golang", "docker", "deb", "generic", "composer", "github"]
part = st.text("abzABZ019._-+~@%/ é", min_size=1, max_size=8)


@given(st.sampled_from(TYPES), st.lists(part, max_size=2), part, st.none() | part)
def test_building_a_purl_equals_packageurl(type, namespaces, name, version):
    namespace = "/".join(namespaces) or None
    try:
        expected = PackageURL(type, namespace, name, version).to_string()
    except (ValueError, TypeError):
        with pytest.raises(ValueError):  # noqa: PT011 - its text is packageurl's
            build(type, name, version, namespace=namespace or "")
        return
    assert build(type, name, version, namespace=namespace or "") == expected


@given(st.sampled_from(TYPES), st.lists(part, max_size=2), part, st.none() | part)
def test_canonical_equals_packageurl_and_is_its_own_canonical_form(type, namespaces, name, version):
    text = f"pkg:{type}/{'/'.join([*namespaces, name])}" + (f"@{version}" if version else "")
    try:
        expected = PackageURL.from_string(text).to_string()
    except (ValueError, TypeError):
        with pytest.raises(ValueError):  # noqa: PT011
            canonical(text)
        return
    assert canonical(text) == expected


@pytest.mark.parametrize(
    ("purl", "expected"),
    [
        ("pkg:npm/%40babel/core@7", "npm/%40babel/core"),
        ("pkg:golang/github.com/a/b/v2@v2.0.1", "golang/github.com/a/b"),
        ("pkg:golang/gopkg.in/yaml.v3@v3.0.1", "golang/gopkg.in/yaml.v3"),
        ("pkg:pypi/ruamel.yaml@0.18", "pypi/ruamel-yaml"),
        ("pkg:nuget/Newtonsoft.Json@13", "nuget/newtonsoft.json"),
        ("pkg:docker/library/redis@8", "docker/library/redis"),
        ("pkg:docker/prom/node@1?repository_url=quay.io", "oci/quay.io/prom/node"),
        ("pkg:docker/library/redis@8?repository_url=docker.io", "docker/library/redis"),
        ("pkg:oci/debian@sha256%3Aab?repository_url=docker.io/library/debian", "docker/library/debian"),
        ("pkg:deb/debian/curl@7?arch=amd64", "deb/debian/curl"),
        ("pkg:cpan/TURNSTEP/DBD-Pg@3.18.0", "cpan/DBD-Pg"),
        ("pkg:cpan/DBD::Pg", "cpan/DBD-Pg"),
        ("pkg:cocoapods/Firebase@10.28.0#Auth", "cocoapods/Firebase/Auth"),
        ("pkg:cocoapods/Firebase@10.28.0", "cocoapods/Firebase"),
    ],
)
def test_the_key_that_rules_match_on(purl, expected):
    assert key(canonical(purl)) == expected


def test_name_and_version_as_the_ecosystem_writes_them():
    assert name_of("pkg:npm/%40babel/core@7.0.0%2Bb?x=1") == "@babel/core"
    assert version_of("pkg:npm/%40babel/core@7.0.0%2Bb?x=1") == "7.0.0+b"
    assert version_of("pkg:npm/%40babel/core") is None
