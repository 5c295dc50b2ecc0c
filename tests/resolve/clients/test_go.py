"""GOPROXY, GOPRIVATE and GONOPROXY, of the environment and of `go env -w`."""

import pytest

from scanner.resolve.clients import KEPT
from scanner.resolve.clients.go import DIRECT


@pytest.fixture
def of(find):
    """Addresses of the proxies that are asked about a module, or why there are none."""

    def run(name="forge.example/pad"):
        found = find("golang", name)
        many = found if isinstance(found, tuple) and not hasattr(found, "base") else (found,)
        return found if isinstance(found, str) else [endpoint.base for endpoint in many]

    return run


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://a.example", ["https://a.example"]),
        ("https://a.example,direct", ["https://a.example"]),
        ("https://a.example,https://b.example|https://c.example,off", [f"https://{n}.example" for n in "abc"]),
        ("https://a.example,direct,https://b.example", ["https://a.example"]),
        ("direct", DIRECT),
        ("off", DIRECT),
        ("file:///srv/proxy,https://a.example", "its registry is configured to something that is no web address"),
    ],
)
def test_the_list_is_followed_up_to_direct_or_off(value, expected, of, monkeypatch):
    monkeypatch.setenv("GOPROXY", value)
    assert of() == expected


@pytest.mark.parametrize("variable", ["GOPRIVATE", "GONOPROXY"])
def test_private_modules_go_to_no_proxy(variable, of, monkeypatch):
    monkeypatch.setenv(variable, "*.corp.example,forge.example/acme")
    for name in ("git.corp.example/pad", "forge.example/acme/pad", "forge.example/acme"):
        assert of(name) == KEPT
    for name in ("forge.example/other/pad", "corp.example/pad"):
        assert of(name)[0].startswith("https://")


def test_gonoproxy_goes_before_goprivate(of, monkeypatch):
    monkeypatch.setenv("GOPRIVATE", "forge.example")
    monkeypatch.setenv("GONOPROXY", "none")
    assert isinstance(of(), list)


def test_what_go_keeps_is_read_and_the_environment_goes_before_it(of, write, monkeypatch):
    write("go/env", "GOPROXY=https://kept.example\nGOPRIVATE=forge.example/acme\n")
    assert of() == ["https://kept.example"]
    assert of("forge.example/acme") == KEPT
    monkeypatch.setenv("GOPROXY", "https://said.example")
    assert of() == ["https://said.example"]


def test_a_file_that_is_off_is_not_read(of, write, monkeypatch):
    write("go/env", "GOPROXY=https://kept.example\n")
    monkeypatch.setenv("GOENV", "off")
    assert of() != ["https://kept.example"]
