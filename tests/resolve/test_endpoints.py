"""Which address is asked, as whom: the caller's word, the user's own clients, the public registry; never the input's."""

import base64
import os

import pytest

from scanner.resolve import Settings
from scanner.resolve.endpoints import Endpoint, Endpoints

PYPI, NPM, ACME = "pypi", "npm", "https://npm.acme.example"


@pytest.fixture
def find(tmp_path, monkeypatch):
    """The endpoint of a package, by the files and variables that a test has made."""

    def run(type, name="pad", **settings):
        return Endpoints(Settings(cache=tmp_path, **settings), os.environ).of(type, name)

    return run


def basic(text):
    return "Basic " + base64.b64encode(text.encode()).decode()


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


@pytest.mark.parametrize("variable", ["PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX"])
def test_variables_of_pip_and_uv_are_followed(variable, find, monkeypatch):
    monkeypatch.setenv(variable, "https://registry.example/api/pypi/team/simple/")
    assert find(PYPI).base == "https://registry.example/api/pypi/team"


@pytest.mark.parametrize("path", ["pip/pip.conf", ".pip/pip.conf"])
def test_pips_files_are_followed(path, find, home):
    (home / path).parent.mkdir()
    (home / path).write_text("[global]\nindex-url = https://registry.example/root/pypi/+simple/\n")
    assert find(PYPI).base == "https://registry.example/root/pypi"


def test_the_file_that_pip_is_pointed_to_is_followed(find, tmp_path, monkeypatch):
    (tmp_path / "conf").write_text("[install]\nindex-url: https://registry.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "conf"))
    assert find(PYPI).base == "https://registry.example"


@pytest.mark.parametrize(
    "content",
    [
        'index-url = "https://registry.example/simple"',
        '[[index]]\nurl = "https://registry.example/simple"\ndefault = true',
    ],
)
def test_uvs_file_is_followed(content, find, home):
    (home / "uv").mkdir()
    (home / "uv" / "uv.toml").write_text(content)
    assert find(PYPI).base == "https://registry.example"


@pytest.mark.parametrize("content", ["[global\nindex-url", "\0", "[global]\nindex-url = %(nothing)s\n"])
def test_a_broken_file_of_pip_stops_nothing(content, find, home):
    (home / "pip").mkdir()
    (home / "pip" / "pip.conf").write_text(content)
    find(PYPI)


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


def test_a_broken_netrc_stops_nothing(find, home):
    (home / ".netrc").write_text("nonsense\x00 here")
    assert find(PYPI).authorization is None


class TestNpmrc:
    @pytest.fixture
    def user(self, home):
        return home / ".npmrc"

    @pytest.fixture
    def project(self, tmp_path):
        folder = tmp_path / "project"
        folder.mkdir()
        return folder

    def test_the_users_registry_is_followed(self, user, find):
        user.write_text("; a comment\n# another\nregistry = https://registry.example/npm/\nregistry2=x\n")
        assert find(NPM) == Endpoint("https://registry.example/npm")

    @pytest.mark.parametrize("variable", ["npm_config_registry", "NPM_CONFIG_REGISTRY"])
    def test_the_environment_comes_before_the_files(self, variable, user, find, monkeypatch):
        user.write_text("registry=https://other.example\n")
        monkeypatch.setenv(variable, "https://registry.example")
        assert find(NPM).base == "https://registry.example"

    def test_a_scope_has_its_own_registry(self, user, find, monkeypatch):
        monkeypatch.setenv("npm_config_registry", "https://registry.example")
        user.write_text(f"@acme:registry={ACME}\n")
        assert find(NPM, "@acme/pad").base == ACME
        assert find(NPM, "@other/pad").base == "https://registry.example"
        assert find(NPM, "acme").base == "https://registry.example"

    def test_a_token_goes_to_its_address_only(self, user, find):
        user.write_text(
            f"@acme:registry={ACME}/team\n@rest:registry={ACME}/other\n//npm.acme.example/team/:_authToken=secret\n"
        )
        assert find(NPM, "@acme/pad").authorization == "Bearer secret"
        assert find(NPM, "@rest/pad").authorization is None
        assert find(NPM, "pad").authorization is None

    def test_the_token_of_the_longest_path_is_taken(self, user, find):
        user.write_text(
            f"registry={ACME}/a/b\n//npm.acme.example/:_authToken=far\n//npm.acme.example/a/:_authToken=near\n"
        )
        assert find(NPM).authorization == "Bearer near"

    def test_a_token_can_stand_in_a_variable(self, user, find, monkeypatch):
        monkeypatch.setenv("TOKEN", "secret")
        user.write_text(f"registry={ACME}\n//npm.acme.example/:_authToken=${{TOKEN}}\n")
        assert find(NPM).authorization == "Bearer secret"

    def test_older_forms_of_credentials_are_known(self, user, find):
        password = base64.b64encode(b"p:ss").decode()
        user.write_text(
            f"registry={ACME}\n//npm.acme.example/:username=ada\n//npm.acme.example/:_password={password}\n"
        )
        assert find(NPM).authorization == basic("ada:p:ss")
        user.write_text(f"registry={ACME}\n//npm.acme.example/:_auth=YTpi\n")
        assert find(NPM).authorization == "Basic YTpi"

    def test_a_registry_that_only_the_project_names_is_not_asked(self, project, find):
        (project / ".npmrc").write_text(f"@acme:registry={ACME}\n")
        assert "named by the project alone" in find(NPM, "@acme/pad", project=project)
        assert isinstance(find(NPM, "@other/pad", project=project), Endpoint)

    @pytest.mark.parametrize(
        "line", ["//npm.acme.example/:_authToken=secret", "@x:registry=https://npm.acme.example/x"]
    )
    def test_a_registry_of_the_project_is_asked_where_the_user_knows_its_host(self, line, project, user, find):
        (project / ".npmrc").write_text(f"registry={ACME}\n")
        user.write_text(line)
        assert find(NPM, project=project).base == ACME

    def test_the_project_gives_no_credentials_and_learns_no_variables(self, project, user, find, monkeypatch):
        monkeypatch.setenv("SECRET", "secret")
        (project / ".npmrc").write_text(f"registry={ACME}/${{SECRET}}\n//npm.acme.example/:_authToken=${{SECRET}}\n")
        user.write_text("@x:registry=https://npm.acme.example\n")
        endpoint = find(NPM, project=project)
        assert "secret" not in endpoint.base
        assert endpoint.authorization is None


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
