"""Bundler and gem, Composer, pub, Hex, GitHub."""

import json

import pytest

from scanner.resolve.clients.composer import OFF
from scanner.resolve.clients.hex import MIRRORED
from tests.resolve.conftest import basic

MIRROR = "https://mirror.example"


def places(found):
    many = (found,) if hasattr(found, "base") else found
    return found if isinstance(found, str) else ["public" if it.public else it.base for it in many]


class TestBundler:
    @pytest.mark.parametrize(
        "key", ["BUNDLE_MIRROR__HTTPS://RUBYGEMS__ORG/", "BUNDLE_MIRROR__HTTPS://RUBYGEMS__ORG", "BUNDLE_MIRROR__ALL"]
    )
    def test_a_mirror_of_the_public_registry_is_asked(self, key, find, write, monkeypatch):
        write(".bundle/config", f'---\n{key}: "{MIRROR}/gems/"\n')
        assert find("gem").base == f"{MIRROR}/gems"
        monkeypatch.setenv(key, "https://other.example")
        assert find("gem").base == "https://other.example"

    def test_a_mirror_of_another_source_is_not(self, find, write):
        write(".bundle/config", f'---\nBUNDLE_MIRROR__HTTPS://GEMS__ACME__EXAMPLE/: "{MIRROR}"\n')
        assert find("gem").public

    @pytest.mark.parametrize("key", ["BUNDLE_MY___MIRROR__EXAMPLE", "BUNDLE_HTTPS://MY___MIRROR__EXAMPLE/"])
    def test_credentials_go_to_their_host(self, key, find, write):
        write(".bundle/config", f'---\nBUNDLE_MIRROR__ALL: "https://my-mirror.example"\n{key}: "ada:p:ss"\n')
        assert find("gem").authorization == basic("ada:p:ss")
        assert find("gem", endpoints={"gem": MIRROR}).authorization is None

    def test_the_projects_mirror_is_asked_where_the_user_knows_its_host(self, find, write, project):
        (project / ".bundle").mkdir()
        (project / ".bundle/config").write_text('---\nBUNDLE_MIRROR__ALL: "https://gems.example"\n')
        assert "named by the project alone" in find("gem", project=project)
        write(".bundle/config", '---\nBUNDLE_GEMS__EXAMPLE: "ada:secret"\n')
        assert find("gem", project=project).authorization == basic("ada:secret")

    def test_sources_of_gem_are_asked_in_turn(self, find, write):
        write(".gemrc", f"---\n:sources:\n- {MIRROR}/\n- https://rubygems.org/\n")
        assert places(find("gem")) == [MIRROR, "public"]
        write(".gemrc", "---\n:sources: [https://rubygems.org]\n")
        assert places(find("gem")) == ["public"]


class TestComposer:
    @pytest.fixture
    def config(self, write):
        return lambda *repositories, **named: write(
            ".composer/config.json", json.dumps({"repositories": list(repositories) or named})
        )

    def test_repositories_are_asked_in_turn_and_the_public_one_last(self, find, config):
        config({"type": "composer", "url": MIRROR}, {"type": "vcs", "url": "https://git.example/pad"})
        assert places(find("composer", "acme/pad")) == [MIRROR, "public"]

    @pytest.mark.parametrize("off", [{"packagist.org": False}, {"packagist": False}])
    def test_the_public_one_can_be_switched_off(self, off, find, config):
        config({"type": "composer", "url": MIRROR}, off)
        assert places(find("composer", "acme/pad")) == [MIRROR]
        config(off)
        assert find("composer", "acme/pad") == OFF
        config(acme={"type": "composer", "url": MIRROR}, **off)
        assert places(find("composer", "acme/pad")) == [MIRROR]

    def test_a_repository_may_be_for_some_names_only(self, find, config):
        config({"type": "composer", "url": MIRROR, "only": ["acme/*"]})
        assert places(find("composer", "acme/pad")) == [MIRROR]
        assert places(find("composer", "other/pad")) == ["public"]
        config({"type": "composer", "url": MIRROR, "exclude": ["acme/*"]})
        assert places(find("composer", "acme/pad")) == ["public"]
        assert places(find("composer", "other/pad")) == [MIRROR, "public"]

    def test_credentials_go_to_their_host(self, find, config, write, monkeypatch):
        config({"type": "composer", "url": MIRROR})
        write(".composer/auth.json", '{"http-basic": {"mirror.example": {"username": "ada", "password": "p:ss"}}}')
        mirror, public = find("composer", "acme/pad")
        assert (mirror.authorization, public.authorization) == (basic("ada:p:ss"), None)
        monkeypatch.setenv("COMPOSER_AUTH", '{"bearer": {"mirror.example": "secret"}}')
        assert find("composer", "acme/pad")[0].authorization == "Bearer secret"

    def test_its_home_can_be_elsewhere(self, find, write, monkeypatch, home):
        monkeypatch.setenv("COMPOSER_HOME", str(home / "elsewhere"))
        write("elsewhere/config.json", json.dumps({"repositories": [{"type": "composer", "url": MIRROR}]}))
        assert places(find("composer", "acme/pad"))[0] == MIRROR

    def test_a_project_keeps_its_names_but_leads_nowhere_new(self, find, project):
        told = {"repositories": [{"type": "composer", "url": MIRROR, "only": ["acme/*"]}]}
        (project / "composer.json").write_text(json.dumps(told))
        assert "named by the project alone" in find("composer", "acme/pad", project=project)
        assert places(find("composer", "other/pad", project=project)) == ["public"]


class TestPub:
    def test_its_variable_is_followed_with_the_token_for_it(self, find, write, monkeypatch):
        monkeypatch.setenv("PUB_HOSTED_URL", f"{MIRROR}/pub/")
        monkeypatch.setenv("PUB_TOKEN", "secret")
        hosted = [{"url": f"{MIRROR}/pub", "env": "PUB_TOKEN"}, {"url": "https://other.example", "token": "other"}]
        write("dart/pub-tokens.json", json.dumps({"version": 1, "hosted": hosted}))
        assert (find("pub").base, find("pub").authorization) == (f"{MIRROR}/pub", "Bearer secret")


class TestHex:
    def test_an_api_of_its_own_is_asked_with_its_key(self, find, monkeypatch):
        monkeypatch.setenv("HEX_API_URL", f"{MIRROR}/api")
        monkeypatch.setenv("HEX_API_KEY", "secret")
        assert (find("hex").base, find("hex").authorization) == (f"{MIRROR}/api", "secret")

    def test_a_key_is_not_sent_to_the_public_api(self, find, monkeypatch):
        monkeypatch.setenv("HEX_API_KEY", "secret")
        assert find("hex").authorization is None

    @pytest.mark.parametrize("variable", ["HEX_MIRROR", "HEX_MIRROR_URL"])
    def test_where_packages_come_from_a_mirror_the_public_api_is_not_asked(self, variable, find, monkeypatch):
        monkeypatch.setenv(variable, MIRROR)
        assert find("hex") == MIRRORED
        assert find("hex", endpoints={"hex": MIRROR}).base == MIRROR

    def test_what_hex_keeps_is_read(self, find, write):
        write(".hex/hex.config", '{mirror_url,<<"https://mirror.example">>}.\n{\'$write_key\',<<"secret">>}.\n')
        assert find("hex") == MIRRORED


@pytest.mark.parametrize("variable", ["GH_TOKEN", "GITHUB_TOKEN"])
def test_the_token_of_github_is_for_its_public_api_alone(variable, find, monkeypatch):
    monkeypatch.setenv(variable, "secret")
    assert find("github", "acme/pad").authorization == "Bearer secret"
    assert find("github", "acme/pad", endpoints={"github": MIRROR}).authorization is None
