""".npmrc and .yarnrc.yml: registries by scope, credentials by address, and what a project may say."""

import base64

import pytest

from scanner.resolve.endpoints import Endpoint
from tests.resolve.conftest import basic

NPM, ACME = "npm", "https://npm.acme.example"


@pytest.fixture
def user(home):
    return home / ".npmrc"


def test_the_users_registry_is_followed(user, find):
    user.write_text("; a comment\n# another\nregistry = https://registry.example/npm/\nregistry2=x\n")
    assert find(NPM) == Endpoint("https://registry.example/npm")


@pytest.mark.parametrize("variable", ["npm_config_registry", "NPM_CONFIG_REGISTRY"])
def test_the_environment_comes_before_the_files(variable, user, find, monkeypatch):
    user.write_text("registry=https://other.example\n")
    monkeypatch.setenv(variable, "https://registry.example")
    assert find(NPM).base == "https://registry.example"


def test_a_scope_has_its_own_registry(user, find, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "https://registry.example")
    user.write_text(f"@acme:registry={ACME}\n")
    assert find(NPM, "@acme/pad").base == ACME
    assert find(NPM, "@other/pad").base == "https://registry.example"
    assert find(NPM, "acme").base == "https://registry.example"


def test_a_token_goes_to_its_address_only(user, find):
    user.write_text(
        f"@acme:registry={ACME}/team\n@rest:registry={ACME}/other\n//npm.acme.example/team/:_authToken=secret\n"
    )
    assert find(NPM, "@acme/pad").authorization == "Bearer secret"
    assert find(NPM, "@rest/pad").authorization is None
    assert find(NPM, "pad").authorization is None


def test_the_token_of_the_longest_path_is_taken(user, find):
    user.write_text(f"registry={ACME}/a/b\n//npm.acme.example/:_authToken=far\n//npm.acme.example/a/:_authToken=near\n")
    assert find(NPM).authorization == "Bearer near"


def test_a_token_can_stand_in_a_variable(user, find, monkeypatch):
    monkeypatch.setenv("TOKEN", "secret")
    user.write_text(f"registry={ACME}\n//npm.acme.example/:_authToken=${{TOKEN}}\n")
    assert find(NPM).authorization == "Bearer secret"


def test_older_forms_of_credentials_are_known(user, find):
    password = base64.b64encode(b"p:ss").decode()
    user.write_text(f"registry={ACME}\n//npm.acme.example/:username=ada\n//npm.acme.example/:_password={password}\n")
    assert find(NPM).authorization == basic("ada:p:ss")
    user.write_text(f"registry={ACME}\n//npm.acme.example/:_auth=YTpi\n")
    assert find(NPM).authorization == "Basic YTpi"


def test_a_registry_that_only_the_project_names_is_not_asked(project, find):
    (project / ".npmrc").write_text(f"@acme:registry={ACME}\n")
    assert "named by the project alone" in find(NPM, "@acme/pad", project=project)
    assert isinstance(find(NPM, "@other/pad", project=project), Endpoint)


@pytest.mark.parametrize("line", ["//npm.acme.example/:_authToken=secret", "@x:registry=https://npm.acme.example/x"])
def test_a_registry_of_the_project_is_asked_where_the_user_knows_its_host(line, project, user, find):
    (project / ".npmrc").write_text(f"registry={ACME}\n")
    user.write_text(line)
    assert find(NPM, project=project).base == ACME


def test_the_project_gives_no_credentials_and_learns_no_variables(project, user, find, monkeypatch):
    monkeypatch.setenv("SECRET", "secret")
    (project / ".npmrc").write_text(f"registry={ACME}/${{SECRET}}\n//npm.acme.example/:_authToken=${{SECRET}}\n")
    user.write_text("@x:registry=https://npm.acme.example\n")
    endpoint = find(NPM, project=project)
    assert "secret" not in endpoint.base
    assert endpoint.authorization is None


class TestYarn:
    def test_its_registry_and_those_of_scopes_are_followed(self, find, write):
        write(
            ".yarnrc.yml",
            f"npmRegistryServer: https://registry.example/npm\nnpmScopes:\n  acme:\n    npmRegistryServer: {ACME}\n",
        )
        assert find(NPM).base == "https://registry.example/npm"
        assert find(NPM, "@acme/pad").base == ACME

    def test_a_scope_goes_before_what_npm_says_of_all(self, find, write):
        write(".npmrc", "registry=https://other.example\n")
        write(".yarnrc.yml", f"npmScopes:\n  acme:\n    npmRegistryServer: {ACME}\n")
        assert find(NPM, "@acme/pad").base == ACME
        assert find(NPM).base == "https://other.example"

    def test_variables_are_followed(self, find, monkeypatch):
        monkeypatch.setenv("YARN_NPM_REGISTRY_SERVER", ACME)
        monkeypatch.setenv("YARN_NPM_AUTH_TOKEN", "secret")
        assert (find(NPM).base, find(NPM).authorization) == (ACME, "Bearer secret")

    def test_tokens_go_to_their_registry_only(self, find, write, monkeypatch):
        monkeypatch.setenv("TOKEN", "secret")
        write(
            ".yarnrc.yml",
            f"""
npmRegistryServer: https://registry.example
npmAuthIdent: ada:p:ss
npmScopes:
  acme: {{npmRegistryServer: {ACME}, npmAuthToken: "${{TOKEN}}"}}
  rest: {{npmRegistryServer: https://rest.example}}
  more: {{npmRegistryServer: https://more.example}}
npmRegistries:
  //more.example: {{npmAuthToken: "${{UNSET:-instead}}"}}
""",
        )
        given = {name: find(NPM, name).authorization for name in ("pad", "@acme/pad", "@rest/pad", "@more/pad")}
        assert given == {
            "pad": basic("ada:p:ss"),
            "@acme/pad": "Bearer secret",
            "@rest/pad": None,
            "@more/pad": "Bearer instead",
        }

    def test_the_project_gives_no_credentials_and_leads_nowhere_new(self, find, write, project):
        (project / ".yarnrc.yml").write_text(f"npmRegistryServer: {ACME}\nnpmAuthToken: theirs\n")
        assert "named by the project alone" in find(NPM, project=project)
        write(".yarnrc.yml", f"npmScopes: {{x: {{npmRegistryServer: {ACME}}}}}\n")
        assert find(NPM, project=project) == Endpoint(ACME)
