"""Proxies of the environment, over real sockets: what goes through them, what goes past, and who sees which secret."""

import pytest

from scanner.errors import ConfigError

from .conftest import Registry, basic, packument

PAD = "pkg:npm/left-pad@1.3.0"


@pytest.fixture
def proxy():
    """It answers itself, as if it had asked."""
    server = Registry()
    yield server
    server.close()


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_requests_go_through_the_proxy_with_its_login(variable, http2, proxy, look_up, monkeypatch):
    monkeypatch.setenv(variable, proxy.url.replace("http://", "http://ada:hunter2@"))
    address = "http://npm.acme.example"
    proxy.answer(f"{address}/left-pad", packument())
    found = look_up(PAD, endpoints={"npm": address}, http2=http2)
    assert found.facts
    headers = proxy.requests[0][1]
    assert (headers["Proxy-Authorization"], headers["Host"]) == (basic("ada:hunter2"), "npm.acme.example")
    assert "Authorization" not in headers
    assert "hunter2" not in repr(found)


def test_hosts_of_no_proxy_are_asked_past_it(proxy, npm, registry, look_up, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "other.example,127.0.0.1")
    npm("left-pad")
    assert look_up(PAD).facts
    assert not proxy.requests


def test_a_proxy_may_stand_there_without_a_scheme(proxy, look_up, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", proxy.url.removeprefix("http://"))
    proxy.answer("http://npm.acme.example/left-pad", packument())
    assert look_up(PAD, endpoints={"npm": "http://npm.acme.example"}).facts


def test_a_proxy_that_refuses_is_told_without_its_login(proxy, look_up, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("http://", "http://ada:hunter2@"))
    proxy.act("*", lambda handler: handler.reply(407))
    found = look_up(PAD, endpoints={"npm": "http://npm.acme.example"})
    assert "access refused (HTTP 407)" in found.gaps[0].reason
    assert "hunter2" not in repr(found)


def test_an_address_of_a_proxy_that_is_none_is_an_error_that_names_the_variables(look_up, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "gopher://ada:hunter2@proxy.example")
    with pytest.raises(ConfigError, match="HTTPS_PROXY") as error:
        look_up(PAD)
    assert "hunter2" not in str(error.value)
