"""NuGet.Config: sources, their mapping to names, credentials, and files on top of one another."""

import pytest

from scanner.resolve.clients.nuget import UNMAPPED
from tests.resolve.conftest import basic

NUGET = "nuget"
PUBLIC = '<add key="nuget.org" value="https://api.nuget.org/v3/index.json" />'
ACME = '<add key="Acme Feed" value="https://acme.example/nuget/v3/index.json" />'


def config(sources, rest=""):
    return f'<?xml version="1.0"?><configuration><packageSources>{sources}</packageSources>{rest}</configuration>'


def mapping(**patterns):
    named = "".join(
        f'<packageSource key="{key.replace("_", " ")}">'
        + "".join(f'<package pattern="{pattern}" />' for pattern in found)
        + "</packageSource>"
        for key, found in patterns.items()
    )
    return f"<packageSourceMapping>{named}</packageSourceMapping>".replace("nuget org", "nuget.org")


@pytest.fixture
def of(find):
    def run(name="Pad", **settings):
        found = find(NUGET, name, **settings)
        if isinstance(found, str):
            return found
        many = (found,) if hasattr(found, "base") else found
        return ["public" if endpoint.public else endpoint.base for endpoint in many]

    return run


@pytest.mark.parametrize("place", [".nuget/NuGet/NuGet.Config", "NuGet/nuget.config"])
def test_the_users_sources_are_asked_the_companys_own_first(place, of, write):
    write(place, config(PUBLIC + ACME))
    assert of() == ["https://acme.example/nuget/v3/index.json", "public"]


def test_the_public_source_alone_is_what_everybody_has(of, write):
    write(".nuget/NuGet/NuGet.Config", config(PUBLIC))
    assert of() == ["public"]


def test_a_source_that_is_switched_off_and_a_folder_are_not_asked(of, write):
    off = '<disabledPackageSources><add key="Acme Feed" value="true" /></disabledPackageSources>'
    write(".nuget/NuGet/NuGet.Config", config(PUBLIC + ACME + '<add key="disk" value="C:\\packages" />', off))
    assert of() == ["public"]


def test_the_longest_pattern_of_the_mapping_decides(of, write):
    rules = mapping(nuget_org=["*"], Acme_Feed=["Acme.*", "Acme.Only"])
    write(".nuget/NuGet/NuGet.Config", config(PUBLIC + ACME, rules))
    assert of("Acme.Pad") == of("acme.only") == ["https://acme.example/nuget/v3/index.json"]
    assert of("Pad") == ["public"]


def test_a_name_that_the_mapping_leaves_out_is_told_to_nobody(of, write):
    write(".nuget/NuGet/NuGet.Config", config(PUBLIC + ACME, mapping(Acme_Feed=["Acme.*"])))
    assert of("Pad") == UNMAPPED


def test_credentials_are_those_of_their_source(find, write, monkeypatch):
    monkeypatch.setenv("FEED", "s3cret")
    login = '<add key="Username" value="ada" /><add key="ClearTextPassword" value="%FEED%" />'
    encrypted = '<add key="Username" value="ada" /><add key="Password" value="AQAAANCMnd8=" />'
    given = f"<Acme_x0020_Feed>{login}</Acme_x0020_Feed><other>{encrypted}</other>"
    rest = f"<packageSourceCredentials>{given}</packageSourceCredentials>"
    write(".nuget/NuGet/NuGet.Config", config(PUBLIC + ACME + ACME.replace("Acme Feed", "other"), rest))
    acme, public = find(NUGET)
    assert (acme.authorization, public.authorization) == (basic("ada:s3cret"), None)


def test_the_project_can_clear_what_the_user_has_but_leads_nowhere_new(of, write, project):
    write(".nuget/NuGet/NuGet.Config", config(PUBLIC))
    (project / "nuget.config").write_text(config("<clear />" + ACME))
    assert "named by the project alone" in of(project=project)
    write(".nuget/NuGet/NuGet.Config", config(ACME))
    assert of(project=project) == ["https://acme.example/nuget/v3/index.json"]


def test_the_project_can_keep_names_from_the_public_registry(of, write, project):
    (project / "nuget.config").write_text(config(PUBLIC + ACME, mapping(nuget_org=["*"], Acme_Feed=["Acme.*"])))
    assert "named by the project alone" in of("Acme.Pad", project=project)
    assert of("Pad", project=project) == ["public"]


def test_the_project_learns_no_variables_and_gives_no_credentials(find, write, project, monkeypatch):
    monkeypatch.setenv("SECRET", "s3cret")
    login = '<add key="Username" value="a" /><add key="ClearTextPassword" value="b" />'
    rest = f"<packageSourceCredentials><acme>{login}</acme></packageSourceCredentials>"
    write(".nuget/NuGet/NuGet.Config", config(ACME))
    source = '<clear /><add key="acme" value="https://acme.example/%SECRET%/v3/index.json" />'
    (project / "NuGet.Config").write_text(config(source, rest))
    endpoint = find(NUGET, project=project)
    assert endpoint.base == "https://acme.example/%SECRET%/v3/index.json"
    assert endpoint.authorization is None
