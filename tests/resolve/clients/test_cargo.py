"""config.toml and credentials.toml of Cargo."""

import pytest

CARGO, MIRROR = "cargo", "https://mirror.example/cargo"
REPLACED = f'[source.crates-io]\nreplace-with = "acme"\n[source.acme]\nregistry = "sparse+{MIRROR}/index/"\n'


@pytest.mark.parametrize("place", [".cargo/config.toml", ".cargo/config"])
def test_what_replaces_crates_io_is_asked(place, find, write):
    write(place, REPLACED)
    assert find(CARGO).base == f"{MIRROR}/index/config.json"


def test_replacements_are_followed_and_may_be_a_registry_by_name(find, write, monkeypatch, home):
    monkeypatch.setenv("CARGO_HOME", str(home / "cargo"))
    write(
        "cargo/config.toml",
        f'[source.crates-io]\nreplace-with = "a"\n[source.a]\nreplace-with = "b"\n'
        f'[registries.b]\nindex = "sparse+{MIRROR}/index/"\n',
    )
    assert find(CARGO).base == f"{MIRROR}/index/config.json"


def test_replacements_in_a_circle_come_to_an_end(find, write):
    write(".cargo/config.toml", '[source.crates-io]\nreplace-with = "a"\n[source.a]\nreplace-with = "crates-io"\n')
    assert find(CARGO).public


def test_a_folder_in_its_place_holds_the_same_crates(find, project):
    (project / ".cargo").mkdir()
    (project / ".cargo/config.toml").write_text(
        '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n'
    )
    assert find(CARGO, project=project).public


def test_the_token_of_a_registry_goes_there_and_nowhere_else(find, write, monkeypatch):
    write(".cargo/config.toml", '[registries.acme]\nindex = "sparse+https://mirror.example/cargo/index/"\n' + REPLACED)
    write(".cargo/credentials.toml", '[registry]\ntoken = "publishing"\n[registries.acme]\ntoken = "secret"\n')
    assert find(CARGO).authorization == "secret"
    assert find(CARGO, endpoints={"cargo": "https://other.example"}).authorization is None
    monkeypatch.setenv("CARGO_REGISTRIES_ACME_TOKEN", "newer")
    assert find(CARGO).authorization == "newer"


def test_a_token_for_publishing_is_not_sent_to_the_public_registry(find, write):
    write(".cargo/credentials.toml", '[registry]\ntoken = "publishing"\n')
    assert find(CARGO).authorization is None


def test_a_registry_that_only_the_project_names_is_not_asked(find, write, project):
    (project / ".cargo").mkdir()
    (project / ".cargo/config.toml").write_text(REPLACED)
    assert "named by the project alone" in find(CARGO, project=project)
    write(".cargo/config.toml", '[registries.acme]\nindex = "sparse+https://mirror.example/cargo/index/"\n')
    assert find(CARGO, project=project).base == f"{MIRROR}/index/config.json"


@pytest.mark.parametrize(
    "index",
    [
        "sparse+https://index.crates.io/",
        "https://github.com/rust-lang/crates.io-index",
        "registry+https://github.com/rust-lang/crates.io-index",
    ],
)
def test_the_public_index_by_its_address_is_the_public_registry(index, find, write):
    write(".cargo/config.toml", f'[source.crates-io]\nreplace-with = "it"\n[source.it]\nregistry = "{index}"\n')
    assert find(CARGO).public


def test_an_index_in_git_stands_beside_the_api(find, write):
    write(".cargo/config.toml", REPLACED.replace(f"sparse+{MIRROR}/index/", f"{MIRROR}/git/index"))
    assert find(CARGO).base == MIRROR
