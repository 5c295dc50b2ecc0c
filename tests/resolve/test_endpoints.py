"""Which address is asked, as whom: the caller's word, the user's own clients, the public registry; never the input's."""

import pytest

from scanner.resolve.endpoints import Endpoint

from .conftest import basic

PYPI, NPM, ACME = "pypi", "npm", "https://npm.acme.example"


@pytest.mark.parametrize("type", [PYPI, NPM])
def test_the_public_registry_is_what_packageurl_derives(type, find):
    from packageurl.contrib import purl2url

    page = purl2url.get_download_url(f"pkg:{type}/a@1") or purl2url.get_repo_url(f"pkg:{type}/a@1")
    base = find(type).base
    assert base.startswith("https://")
    assert page.partition("://")[2].startswith(base.removeprefix("https://") + "/")


def test_the_callers_word_comes_first(find, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")
    assert find(PYPI, endpoints={"pypi": "https://registry.example/base/"}) == Endpoint("https://registry.example/base")


def test_the_caller_can_name_the_registry_of_a_scope(find):
    endpoints = {"npm": "https://registry.example", "npm/@acme": ACME}
    assert find(NPM, "@acme/pad", endpoints=endpoints).base == ACME
    assert find(NPM, "@other/pad", endpoints=endpoints).base == "https://registry.example"


@pytest.mark.parametrize("address", ["file:///srv/simple", "registry.example", "https://[x", "ftp://registry.example"])
def test_what_is_no_web_address_is_not_asked(address, find):
    assert find(PYPI, endpoints={"pypi": address}) == "its registry is configured to something that is no web address"


def test_credentials_in_an_address_become_a_header(find, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://ada:p%40ss@registry.example:8443/simple")
    endpoint = find(PYPI)
    assert endpoint == Endpoint("https://registry.example:8443", basic("ada:p@ss"))
    assert "ss" not in repr(endpoint).removeprefix("Endpoint('https://registry")


def test_netrc_is_for_its_host_only(find, home):
    (home / ".netrc").write_text("machine registry.example login ada password secret\ndefault login a password b\n")
    (home / ".netrc").chmod(0o600)
    assert find(PYPI, endpoints={"pypi": "https://registry.example"}).authorization == basic("ada:secret")
    assert find(PYPI, endpoints={"pypi": "https://other.example"}).authorization is None


def test_a_netrc_that_cannot_be_made_out_is_told_once_with_its_line_and_not_its_words(home, look_up, npm):
    (home / ".netrc").write_text("machine registry.example\nlogin ada\nhunter2 nonsense\n")
    npm("left-pad")
    npm("other")
    found = look_up("pkg:npm/left-pad@1.3.0", "pkg:npm/other@1.3.0")
    assert len(found.facts) == 2
    assert [(gap.subject, gap.reason) for gap in found.gaps] == [
        ("~/.netrc", "line 3: cannot be made out; no credentials are taken from it")
    ]


class TestCredentialsStayAtTheirHost:
    """Over a real socket: they reach the registry, and are nowhere else."""

    @pytest.fixture
    def secret(self, registry):
        return registry.url.replace("http://", "http://ada:hunter2@")

    def test_they_are_sent_and_appear_in_no_fact_gap_or_file(self, secret, npm, registry, look_up, settings, tmp_path):
        from scanner.resolve import archive

        npm("left-pad")
        registry.act("/broken", lambda handler: handler.reply(500))
        found = look_up("pkg:npm/left-pad@1.3.0", "pkg:npm/broken@1", "pkg:npm/nothing@1", endpoints={"npm": secret})
        assert registry.requests[0][1]["Authorization"] == basic("ada:hunter2")
        archive.export(settings.cache, tmp_path / "out")
        files = [path.read_bytes() for path in settings.cache.iterdir()] + [(tmp_path / "out").read_bytes()]
        everything = repr(found).encode() + b"".join(files)
        assert len(found.gaps) == 2
        assert b"left-pad" in everything
        assert b"hunter2" not in everything
        assert basic("ada:hunter2").encode() not in everything

    def test_a_redirect_does_not_carry_them_away(self, secret, registry, look_up):
        from .conftest import Registry

        other = Registry()
        try:
            registry.act("/pad", lambda handler: handler.reply(302, location=other.url + "/pad"))
            look_up("pkg:npm/pad@1", endpoints={"npm": secret})
            assert not other.requests
        finally:
            other.close()
