"""pip.conf, uv.toml and their variables."""

import pytest

PYPI = "pypi"


def bases(found):
    return [endpoint.base for endpoint in found]


@pytest.mark.parametrize("variable", ["PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX"])
def test_variables_are_followed(variable, find, monkeypatch):
    monkeypatch.setenv(variable, "https://registry.example/api/pypi/team/simple/")
    assert find(PYPI).base == "https://registry.example/api/pypi/team"


@pytest.mark.parametrize("path", ["pip/pip.conf", ".pip/pip.conf"])
def test_pips_files_are_followed(path, find, write):
    write(path, "[global]\nindex-url = https://registry.example/root/pypi/+simple/\n")
    assert find(PYPI).base == "https://registry.example/root/pypi"


def test_the_file_that_pip_is_pointed_to_is_followed(find, tmp_path, monkeypatch):
    (tmp_path / "conf").write_text("[install]\nindex-url: https://registry.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "conf"))
    assert find(PYPI).base == "https://registry.example"


def test_a_variable_goes_before_another_clients_file(find, write, monkeypatch):
    write("pip/pip.conf", "[global]\nindex-url = https://other.example/simple\n")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://registry.example/simple")
    assert find(PYPI).base == "https://registry.example"


def test_pips_further_indexes_come_after_the_first(find, write):
    write(
        "pip/pip.conf", "[global]\nindex-url = https://a.example/simple\nextra-index-url = https://b.example/simple\n"
    )
    assert bases(find(PYPI)) == ["https://a.example", "https://b.example"]


def test_without_a_first_index_the_public_one_comes_first(find, write):
    write("pip/pip.conf", "[global]\nextra-index-url =\n  https://a.example/simple\n  https://b.example/simple\n")
    public, *further = find(PYPI)
    assert public.public
    assert bases(further) == ["https://a.example", "https://b.example"]


def test_a_further_index_on_this_machine_cannot_be_asked(find, write):
    write("pip/pip.conf", "[global]\nextra-index-url = file:///srv/simple\n")
    assert find(PYPI).public


@pytest.mark.parametrize(
    "content",
    [
        'index-url = "https://registry.example/simple"',
        '[[index]]\nurl = "https://registry.example/simple"\ndefault = true',
    ],
)
def test_uvs_file_is_followed(content, find, write):
    write("uv/uv.toml", content)
    assert find(PYPI).base == "https://registry.example"


def test_uv_looks_through_its_indexes_but_for_explicit_ones_and_through_the_default_last(find, write):
    write(
        "uv/uv.toml",
        '[[index]]\nurl = "https://d.example"\ndefault = true\n'
        '[[index]]\nname = "a"\nurl = "https://a.example"\n'
        '[[index]]\nname = "e"\nurl = "https://e.example"\nexplicit = true\n',
    )
    assert bases(find(PYPI)) == ["https://a.example", "https://d.example"]


def test_indexes_of_uv_can_have_names_in_the_variable(find, monkeypatch):
    monkeypatch.setenv("UV_INDEX", "acme=https://a.example/simple https://b.example/simple?x=1")
    *named, public = find(PYPI)
    assert bases(named) == ["https://a.example", "https://b.example"]
    assert public.public
