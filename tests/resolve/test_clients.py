"""What holds for the configuration of every client: nothing leaks, nothing is guessed, one registry comes after another."""

import json

import pytest

from scanner.resolve import archive
from scanner.resolve.clients import clients, of_type
from scanner.resolve.registries import types

from .conftest import Registry, basic, packument

SECRET = "hunter2"  # noqa: S105


def test_each_client_is_for_types_that_there_are():
    for client in clients():
        assert set(client.TYPES) <= types(), client
    assert [client.__name__.rpartition(".")[2] for client in of_type("pypi")] == ["pip", "uv"]


def gone(handler):
    handler.reply(404, b"{}")


def pypi(_):
    return json.dumps({"info": {"version": "1", "license": "MIT"}}).encode()


def laid_out(url):
    """What the indexes of Cargo and NuGet tell."""
    return {"api": url, "resources": [{"@id": f"{url}/registrations/", "@type": "RegistrationsBaseUrl/3.6.0"}]}


CASES = {
    "pip": ("pip/pip.conf", "[global]\nindex-url = http://ada:{secret}@{host}/simple\n", "pkg:pypi/left-pad@1"),
    "uv": ("uv/uv.toml", 'index-url = "http://ada:{secret}@{host}/simple"\n', "pkg:pypi/left-pad@1"),
    "npm": (".npmrc", "registry={url}\n//{host}/:_authToken={secret}\n", "pkg:npm/left-pad@1"),
    "yarn": (".yarnrc.yml", "npmRegistryServer: {url}\nnpmAuthToken: {secret}\n", "pkg:npm/left-pad@1"),
    "cargo": (
        ".cargo/config.toml",
        (
            '[registries.acme]\nindex = "sparse+{url}/index/"\ntoken = "{secret}"\n'
            '[source.crates-io]\nreplace-with = "acme"\n'
        ),
        "pkg:cargo/left-pad@1",
    ),
    "go": ("go/env", "GOPROXY=http://ada:{secret}@{host}\n", "pkg:golang/forge.example/left-pad@v1.0.0"),
    "maven": (
        ".m2/settings.xml",
        (
            "<settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>{url}</url></mirror></mirrors><servers>"
            "<server><id>m</id><username>ada</username><password>{secret}</password></server></servers></settings>"
        ),
        "pkg:maven/org.acme/left-pad@1",
    ),
    "nuget": (
        ".nuget/NuGet/NuGet.Config",
        (
            '<configuration><packageSources><add key="a" value="{url}/v3/index.json"/></packageSources>'
            '<packageSourceCredentials><a><add key="Username" value="ada"/><add key="ClearTextPassword" value="{secret}"/>'
            "</a></packageSourceCredentials></configuration>"
        ),
        "pkg:nuget/left-pad@1",
    ),
    "bundler": (".bundle/config", 'BUNDLE_MIRROR__ALL: "http://ada:{secret}@{host}"\n', "pkg:gem/left-pad@1"),
    "gem": (".gemrc", ':sources: ["http://ada:{secret}@{host}"]\n', "pkg:gem/left-pad@1"),
    "composer": (
        ".composer/config.json",
        '{{"repositories": [{{"type": "composer", "url": "http://ada:{secret}@{host}"}}, {{"packagist.org": false}}]}}',
        "pkg:composer/acme/left-pad@1",
    ),
    "netrc": (".netrc", "machine localhost login ada password {secret}\n", "pkg:npm/left-pad@1"),
}


class TestNoSecretLeaves:
    """Over real sockets: the registry is told, and another one, the cache, an export, facts and gaps are not."""

    @pytest.fixture
    def other(self):
        server = Registry()
        yield server
        server.close()

    @pytest.mark.parametrize("name", CASES)
    def test_a_secret_reaches_its_registry_and_nothing_else(
        self, name, registry, other, write, look_up, settings, tmp_path, caplog, capfd, monkeypatch
    ):
        """Whether it fails, refuses, has no such package, leads away or answers nonsense."""
        acts = {
            "fails": lambda handler: handler.reply(500, SECRET.encode()),
            "refuses": lambda handler: handler.reply(401),
            "missing": gone,
            "leads": lambda handler: handler.reply(302, location=f"{other.url}/left-pad"),
            "nonsense": lambda handler: handler.reply(200, b"{"),
        }
        place, text, purl = CASES[name]
        write(place, text.format(secret=SECRET, url=registry.url, host=registry.url.partition("//")[2]))
        endpoints = {"npm": registry.url.replace("127.0.0.1", "localhost")} if name == "netrc" else {}
        for index in ("/index/config.json", "/v3/index.json"):
            registry.answer(index, laid_out(registry.url))
        registry.act("*", lambda handler: next(act for word, act in acts.items() if word in handler.path)(handler))
        other.act("*", gone)
        caplog.set_level("DEBUG")
        purls = [purl.replace("left-pad", word) for word in acts]
        found = look_up(*purls, "pkg:hex/left-pad@1", endpoints=endpoints | {"hex": other.url})
        assert {headers["Authorization"] for _, headers in registry.requests} <= AUTHORISED
        assert {word for word in acts for path in registry.paths if word in path} == set(acts)
        assert all("Authorization" not in headers for _, headers in other.requests)
        assert len(found.gaps) == len(acts) + 1
        archive.export(settings.cache, tmp_path / "out")
        files = [path.read_bytes() for path in (*settings.cache.iterdir(), tmp_path / "out")]
        everything = b"".join(
            (*files, repr(found).encode(), caplog.text.encode(), *map(str.encode, capfd.readouterr()))
        )
        for secret in (SECRET, basic(f"ada:{SECRET}").removeprefix("Basic ")):
            assert secret.encode() not in everything


AUTHORISED = {basic(f"ada:{SECRET}"), f"Bearer {SECRET}", SECRET}

BROKEN = {
    "pip/pip.conf": ("pypi", "[global]\nindex-url hunter2\n", "line 2: is not a valid INI file"),
    "uv/uv.toml": ("pypi", '[[index]]\nurl = hunter2"\n', "line 2: is not valid TOML"),
    ".yarnrc.yml": ("npm", "npmAuthToken: hunter2\n: [\n", "line 2: is not valid YAML"),
    ".cargo/config.toml": ("cargo", "[registries\nhunter2", "line 1: is not valid TOML"),
    ".cargo/credentials.toml": (
        "cargo",
        "[registries]\nhunter2 = 1\n",
        "$.registries[...]: has another shape than its client reads (Expected `object`, got `int`)",
    ),
    ".m2/settings.xml": ("maven", "<settings>\n<servers>hunter2</server>", "line 2: is not valid XML"),
    ".nuget/NuGet/NuGet.Config": (
        "nuget",
        '<!DOCTYPE x [<!ENTITY a "hunter2">]><configuration>&a;</configuration>',
        "declares entities, which are not followed",
    ),
    ".bundle/config": ("gem", "BUNDLE_X: [hunter2\n", "line 2: is not valid YAML"),
    ".composer/auth.json": ("composer", '{"bearer":\n{"x": hunter2}}', "line 2: is not valid JSON"),
    ".composer/config.json": ("composer", "[]", "has another shape than its client reads"),
    "dart/pub-tokens.json": ("pub", '{"hosted": [{"token": 5, "url": "hunter2"}]}', "$.hosted[0].token: has another"),
    ".npmrc": ("npm", "\udcff hunter2", "byte 0: is not UTF-8"),
    "go/env": ("golang", "x" * (1 << 20) + "hunter2", "is larger than 1 MiB"),
}


@pytest.mark.parametrize("place", BROKEN)
def test_a_broken_file_is_one_gap_with_its_place_and_nobody_is_asked(place, write, home, registry, look_up):
    """What it would have kept private is not known."""
    type, content, words = BROKEN[place]
    write(place, "").write_bytes(content.encode(errors="surrogateescape"))
    registry.answer("/left-pad", packument())
    names = ("a/b", "a/c") if type in ("maven", "composer", "golang") else ("b", "c")
    found = look_up(*(f"pkg:{type}/{name}@1" for name in names), endpoints={})
    assert not registry.requests
    assert [gap.subject for gap in found.gaps] == [f"~/{place}"]
    assert found.gaps[0].reason.startswith("2 packages: " + words)
    assert f"it is not known where {type} packages come from" in found.gaps[0].reason
    assert SECRET not in repr(found)


def test_the_callers_word_holds_whatever_is_broken(write, registry, look_up):
    write(".yarnrc.yml", ": [\n")
    registry.answer("/left-pad", packument())
    assert look_up("pkg:npm/left-pad@1.3.0", endpoints={"npm": registry.url}).facts


def test_a_scope_that_is_private_never_reaches_the_public_registry(write, registry, look_up, project):
    (project / ".npmrc").write_text("@acme:registry=https://npm.acme.example\n")
    write(".npmrc", f"registry={registry.url}\n")
    registry.act("*", gone)
    found = look_up("pkg:npm/%40acme/pad@1", "pkg:npm/pad@1", endpoints={}, project=project)
    assert registry.paths == ["/pad"]
    assert "comes from a private registry" in found.gaps[0].reason


class TestOneAfterAnother:
    """Registries that are asked for what the one before them has not: the lists of GOPROXY, pip and others."""

    PAD, OTHER = "pkg:golang/forge.example/pad@v1.0.0", "pkg:golang/forge.example/other@v1.0.0"
    LATEST = b'{"Version": "v1.2.0", "Time": "2026-04-09T00:00:00Z"}'

    @pytest.fixture
    def second(self):
        server = Registry()
        server.answer("/forge.example/pad/@latest", self.LATEST)
        yield server
        server.close()

    @pytest.fixture
    def go(self, look_up, registry, second, monkeypatch):
        def run(*purls, joint=",", **changes):
            monkeypatch.setenv("GOPROXY", f"{registry.url}{joint}{second.url}")
            return look_up(*purls, endpoints={}, **changes)

        return run

    def test_what_the_first_has_not_is_asked_of_the_second(self, go, registry, second):
        registry.answer("/forge.example/other/@latest", self.LATEST)
        told = []
        found = go(self.PAD, self.OTHER, progress=lambda done, total: told.append((done, total)))
        sources = {purl: facts.source.rpartition("/forge")[0] for purl, facts in found.facts.items()}
        assert sources == {self.PAD: second.url, self.OTHER: registry.url}
        assert not found.gaps
        assert told[-1] == (2, 2)
        assert second.paths[0] == "/forge.example/pad/@latest"
        assert not any("other" in path for path in second.paths)

    def test_it_is_remembered_and_works_offline(self, go, registry, second):
        first = go(self.PAD)
        asked = len(registry.requests), len(second.requests)
        assert go(self.PAD) == go(self.PAD, offline=True) == first
        assert (len(registry.requests), len(second.requests)) == asked

    @pytest.mark.parametrize("status", [403, 500])
    def test_a_failure_leads_on_after_a_bar_only(self, status, go, registry, second):
        registry.act("*", lambda handler: handler.reply(status))
        found = go(self.PAD, joint=",")
        assert not found.facts
        assert f"HTTP {status}" in found.gaps[0].reason
        assert not second.requests
        found = go(self.PAD, joint="|")
        assert found.facts
        assert not found.gaps

    def test_what_nobody_has_is_told_of_the_last(self, go, second):
        found = go(self.OTHER)
        assert [gap.reason for gap in found.gaps] == [
            f"not found at {second.url.removeprefix('http://')}: private, renamed or removed"
        ]

    def test_together_they_have_the_time_of_one(self, go, registry, second):
        import time

        began = time.monotonic()
        second.act("*", lambda handler: (time.sleep(0.6), gone(handler)))
        registry.act("*", lambda handler: (time.sleep(0.6), gone(handler)))
        found = go(self.PAD, deadline=0.9, patience=60)
        assert time.monotonic() - began < 5
        assert [gap.reason.partition(": ")[2] for gap in found.gaps] == [
            "not asked before the time for all registries was over"
        ]
