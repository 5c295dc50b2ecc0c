"""settings.xml of Maven: mirrors, repositories of profiles, servers."""

import pytest

from scanner.resolve.clients.maven import BLOCKED
from tests.resolve.conftest import basic

MAVEN, NAME, HOST = "maven", "org.acme/pad", "https://mirror.example"


def mirror(of, id="m", url=HOST, more=""):
    return f"<mirror><id>{id}</id><mirrorOf>{of}</mirrorOf><url>{url}/{id}</url>{more}</mirror>"


def profile(*repositories, id="p", active="<activeByDefault>true</activeByDefault>"):
    listed = "".join(f"<repository><id>{name}</id><url>{url}</url></repository>" for name, url in repositories)
    return f"<profile><id>{id}</id><activation>{active}</activation><repositories>{listed}</repositories></profile>"


@pytest.fixture
def of(find, write):
    """Addresses that are asked with these settings; "public" for Maven Central."""

    def run(*, mirrors="", profiles="", rest=""):
        write(
            ".m2/settings.xml",
            '<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">'
            f"<mirrors>{mirrors}</mirrors><profiles>{profiles}</profiles>{rest}</settings>",
        )
        found = find(MAVEN, NAME)
        if isinstance(found, str):
            return found
        many = (found,) if hasattr(found, "base") else found
        return ["public" if endpoint.public else endpoint.base for endpoint in many]

    return run


@pytest.mark.parametrize(
    "pattern", ["central", "*", "external:*", "*,!internal", " acme , central ", "external:*,!acme"]
)
def test_a_mirror_of_central_is_asked(pattern, of):
    assert of(mirrors=mirror(pattern)) == [f"{HOST}/m"]


@pytest.mark.parametrize("pattern", ["acme", "*,!central", "!central,*", "external:http:*", "central2"])
def test_other_mirrors_are_not(pattern, of):
    assert of(mirrors=mirror(pattern)) == ["public"]


def test_a_mirror_by_name_goes_before_one_by_pattern_and_else_the_first(of):
    assert of(mirrors=mirror("*", "a") + mirror("central", "b")) == [f"{HOST}/b"]
    assert of(mirrors=mirror("*", "a") + mirror("external:*", "b")) == [f"{HOST}/a"]


def test_a_blocked_mirror_keeps_packages_from_everybody(of):
    assert of(mirrors=mirror("*", more="<blocked>true</blocked>")) == BLOCKED


def test_repositories_of_active_profiles_come_before_central(of):
    assert of(profiles=profile(("acme", "https://acme.example"))) == ["https://acme.example", "public"]
    assert of(profiles=profile(("central", "https://acme.example"))) == ["https://acme.example"]
    assert of(profiles=profile(("acme", "https://acme.example"), active="")) == ["public"]
    named = "<activeProfiles><activeProfile>p</activeProfile></activeProfiles>"
    assert of(profiles=profile(("acme", "https://acme.example"), active=""), rest=named)[0] == "https://acme.example"


def test_one_mirror_of_all_repositories_is_asked_once(of):
    assert of(mirrors=mirror("*"), profiles=profile(("acme", "https://acme.example"))) == [f"{HOST}/m"]


class TestServers:
    @pytest.fixture
    def authorization(self, of, find):
        def run(inside, id="m"):
            of(mirrors=mirror("*"), rest=f"<servers><server><id>{id}</id>{inside}</server></servers>")
            return find(MAVEN, NAME).authorization

        return run

    def test_the_login_of_its_server_goes_to_a_mirror(self, authorization, monkeypatch):
        monkeypatch.setenv("TOKEN", "s3cret")
        login = "<username>ada</username><password>${env.TOKEN}</password>"
        assert authorization(login) == basic("ada:s3cret")
        assert authorization(login, id="other") is None

    def test_a_header_can_stand_for_it(self, authorization):
        header = "<property><name>Authorization</name><value>Bearer s3cret</value></property>"
        assert authorization(f"<configuration><httpHeaders>{header}</httpHeaders></configuration>") == "Bearer s3cret"

    def test_what_maven_has_encrypted_is_not_sent(self, authorization):
        assert authorization("<username>ada</username><password>{COQLCE6DU6GtcS5P=}</password>") is None


def test_the_settings_of_the_installation_hold_as_well(find, write, monkeypatch, home):
    monkeypatch.setenv("MAVEN_HOME", str(home / "maven"))
    write("maven/conf/settings.xml", f"<settings><mirrors>{mirror('*')}</mirrors></settings>")
    assert find(MAVEN, NAME).base == f"{HOST}/m"
    write(".m2/settings.xml", f"<settings><mirrors>{mirror('*', 'mine')}</mirrors></settings>")
    assert find(MAVEN, NAME).base == f"{HOST}/mine"
