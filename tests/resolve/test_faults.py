"""Whatever a registry or the network does, a run ends, says what it could not look at, and no verdict gets better."""

import gzip
import json
import socket
import ssl
import struct
import threading
import time
import tracemalloc
from datetime import date, timedelta
from email.utils import format_datetime

import pytest
import trustme

from scanner.assess.custody import judge
from scanner.resolve.cache import Cache

from .conftest import Registry, packument

PAD = "pkg:npm/left-pad@1.3.0"
GOOD = json.dumps(packument()).encode()
FLAGGED = json.dumps(packument(version={"deprecated": "dead"})).encode()
TODAY = date(2026, 11, 24)


def hang_up(handler):
    """Close with a reset in place of an orderly end."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.wfile.flush()
    handler.connection.close()
    handler.close_connection = True


def reset_in_body(handler):
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(GOOD)))
    handler.end_headers()
    handler.wfile.write(GOOD[:40])
    hang_up(handler)


def ends_early(handler):
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(GOOD)))
    handler.end_headers()
    handler.wfile.write(GOOD[:40])
    handler.close_connection = True


def gzip_ends_early(handler):
    packed = gzip.compress(GOOD)
    handler.reply(200, packed[: len(packed) // 2], content_encoding="gzip")


def endless(handler, start=b"", **headers):
    handler.send_response(200)
    for name, value in ({"content-type": "application/json"} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    try:
        handler.wfile.write(start)
        while True:
            handler.wfile.write(b" " * 65536)
    except OSError:
        handler.close_connection = True


def endless_after_its_end(handler):
    """The compressed body is whole; what follows is none of it."""
    endless(handler, gzip.compress(GOOD), content_encoding="gzip")


BOMB = gzip.compress(bytes(64 << 20))


def bomb(handler):
    """64 KiB that unpack to 64 MiB."""
    handler.reply(200, BOMB, content_encoding="gzip")


def drip(handler):
    """A byte at a time, never long enough apart for a read timeout."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", "100000")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.01)
    except OSError:
        handler.close_connection = True


def silence(handler):
    time.sleep(1)
    handler.close_connection = True


def nonsense(handler):
    handler.wfile.write(b"\x00\xff this is not HTTP\r\n\r\n")
    handler.close_connection = True


def redirect_loop(handler):
    handler.reply(302, location=handler.path)


def status(code, **headers):
    return lambda handler: handler.reply(code, b"" if code in (204, 304) else b"{}", **headers)


def body(content, **headers):
    return lambda handler: handler.reply(200, content, **headers)


FAULTS = {
    "no connection is kept": (hang_up, "breaks off"),
    "reset in the body": (reset_in_body, "breaks off"),
    "body shorter than announced": (ends_early, "breaks off"),
    "compressed body cut short": (gzip_ends_early, "breaks off"),
    "endless body": (endless, "answers more than 1 MiB"),
    "endless after the end of the compression": (endless_after_its_end, "answers more than 1 MiB"),
    "decompression bomb": (bomb, "answers more than 1 MiB"),
    "slow drip": (drip, "no whole answer in 0.1 seconds"),
    "silence": (silence, "no answer in time"),
    "not HTTP": (nonsense, ""),
    "server error": (status(500), "answers HTTP 500"),
    "unavailable": (status(503), "answers HTTP 503"),
    "rate limit": (status(429), "rate limit reached (HTTP 429)"),
    "rate limit for an hour": (status(429, retry_after="3600"), "asks to come back in 3600 seconds"),
    "odd Retry-After": (status(429, retry_after="²"), "rate limit reached (HTTP 429)"),
    "rate limit of a forge": (
        status(403, x_ratelimit_remaining="0", x_ratelimit_reset="9999999999"),
        "rate limit reached (HTTP 403), asks to come back in",
    ),
    "rate limit without an end": (status(403, x_ratelimit_remaining="0"), "rate limit reached (HTTP 403)"),
    "teapot": (status(418), "answers HTTP 418"),
    "no content": (status(204), "answers HTTP 204"),
    "unasked 304": (status(304), "answers HTTP 304"),
    "redirect loop": (redirect_loop, "more than 5 redirects"),
    "redirect to another host": (
        status(301, location="http://elsewhere.example/left-pad"),
        "redirects to another host",
    ),
    "redirect to another port": (status(301, location="http://127.0.0.1:1/left-pad"), "redirects to another port"),
    "redirect to a file": (status(301, location="file:///etc/passwd"), "redirects to another host"),
    "redirect to nonsense": (status(301, location="http://[x"), "redirects to what is no address"),
    "redirect with credentials": (status(301, location="http://a:b@127.0.0.1/x"), "redirects to another host"),
    "redirect to nowhere": (status(302), "answers HTTP 302"),
    "wrong content type": (body(b"<html>", content_type="text/html"), "answers text/html"),
    "unknown encoding": (body(GOOD, content_encoding="br"), "encoding br"),
    "damaged compression": (body(b"not gzip", content_encoding="gzip"), "compression is damaged"),
    "invalid JSON": (body(b"{"), "not as the registry documents it"),
    "not UTF-8": (body(b'{"name": "\xff"}'), "not as the registry documents it"),
    "nested 100,000 deep": (
        body(b'{"name": "left-pad", "maintainers": ' + b"[" * 100_000),
        "not as the registry documents it",
    ),
    "another shape": (body(b'{"error": "not_found"}'), "not as the registry documents it"),
    "a list": (body(b"[]"), "not as the registry documents it"),
    "empty": (body(b""), "not as the registry documents it"),
}


def hasty(fault):
    """Settings under which a fault shows soon, and nothing else does on a busy machine."""
    short = {"slow drip": {"patience": 0.1}, "silence": {"timeout": 0.1}}
    return {"largest": 1 << 20, "backoff": 0.001, "patience": 20, "timeout": 20} | short.get(fault, {})


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_gap_and_the_custody_unknown(fault, registry, look_up):
    act, words = FAULTS[fault]
    registry.act("/left-pad", act)
    found = look_up(PAD, **hasty(fault))
    assert not found.facts
    assert [gap.subject for gap in found.gaps] == ["pkg:npm/left-pad"]
    assert words in found.gaps[0].reason


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_never_makes_a_verdict_better(fault, registry, look_up):
    """What the registry said before stays, marked stale."""
    registry.act("/left-pad", body(FLAGGED))
    look_up(PAD)
    registry.act("/left-pad", FAULTS[fault][0])
    found = look_up(PAD, ttl_hours=0, **hasty(fault))
    assert judge(found.facts[PAD], TODAY).verdict == "flagged"
    assert found.facts[PAD].stale
    assert found.gaps


@pytest.mark.parametrize("fault", ["reset in the body", "silence", "not HTTP", "slow drip", "server error"])
def test_faults_are_the_same_over_httpx_own_transport(fault, registry, look_up):
    act, words = FAULTS[fault]
    registry.act("/left-pad", act)
    found = look_up(PAD, http2=True, **hasty(fault))
    assert not found.facts
    assert words in found.gaps[0].reason


@pytest.mark.parametrize("fault", ["server error", "invalid JSON", "wrong content type", "reset in the body"])
def test_half_an_answer_is_no_answer(fault, registry, look_up):
    """The index would have told that the project is archived; without it the rest must not pass for the whole."""
    registry.answer("/pypi/pad/json", {"info": {"license": "MIT"}})
    registry.act("/simple/pad/", FAULTS[fault][0])
    found = look_up("pkg:pypi/pad@1", **hasty(fault))
    if fault == "wrong content type":  # an index without the JSON form: nothing more to be had
        assert judge(found.facts["pkg:pypi/pad@1"], TODAY).verdict == "unknown"
    else:
        assert not found.facts
        assert found.gaps


def test_a_fault_that_passes_is_tried_again(registry, look_up):
    registry.act("/left-pad", status(500), reset_in_body, body(GOOD))
    found = look_up(PAD)
    assert found.facts
    assert not found.gaps
    assert len(registry.requests) == 3


def test_a_registry_is_asked_three_times_at_most(registry, look_up):
    registry.act("/left-pad", status(503))
    look_up(PAD)
    assert len(registry.requests) == 3


@pytest.mark.parametrize("fault", ["teapot", "redirect to another host", "wrong content type", "decompression bomb"])
def test_a_fault_that_stays_is_not_tried_again(fault, registry, look_up):
    registry.act("/left-pad", FAULTS[fault][0])
    look_up(PAD, **hasty(fault))
    assert len(registry.requests) == 1


@pytest.mark.parametrize("how", ["seconds", "date"])
def test_retry_after_is_waited_for(how, registry, look_up):
    """The second request does not come before the registry wants it; a date has whole seconds only."""
    from datetime import UTC, datetime

    times = []

    def busy(handler):
        times.append(time.time())
        when = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
        handler.reply(429, retry_after="1" if how == "seconds" else format_datetime(when, usegmt=True))

    def ready(handler):
        times.append(time.time())
        handler.reply(200, GOOD)

    registry.act("/left-pad", busy, ready)
    assert look_up(PAD).facts
    assert times[1] - times[0] >= 0.99


def test_the_end_of_a_forges_rate_limit_is_waited_for(registry, look_up):
    """It is given in whole seconds since 1970."""
    times = []

    def used_up(handler):
        times.append(time.time())
        handler.reply(403, b"{}", x_ratelimit_remaining="0", x_ratelimit_reset=str(int(time.time()) + 2))

    def ready(handler):
        times.append(time.time())
        handler.reply(200, GOOD)

    registry.act("/left-pad", used_up, ready)
    assert look_up(PAD).facts
    assert times[1] - times[0] >= 0.99


def test_a_refusal_is_no_rate_limit_while_requests_are_left(registry, look_up):
    registry.act("/left-pad", status(403, x_ratelimit_remaining="58", x_ratelimit_reset="9999999999"))
    assert "access refused (HTTP 403)" in look_up(PAD).gaps[0].reason
    assert len(registry.requests) == 1


def test_a_registry_whose_rate_limit_lasts_is_left_alone(registry, look_up):
    registry.act("*", status(429, retry_after="3600"))
    found = look_up(*(f"pkg:npm/p{i}@1" for i in range(50)), connections=1)
    assert len(registry.requests) == 1
    assert [gap.reason for gap in found.gaps] == [
        "50 packages: rate limit reached (HTTP 429), asks to come back in 3600 seconds"
    ]


def test_retry_after_holds_back_all_requests_to_the_registry(registry, look_up):
    """Also those of another connection, which is free once the first has been told to wait."""
    times, told = {}, threading.Event()

    def busy(handler):
        times["busy"] = time.monotonic()
        handler.reply(429, b"{}", retry_after="1")
        told.set()

    def meanwhile(handler):
        told.wait(20)
        time.sleep(0.2)
        handler.reply(200, GOOD)

    def other(handler):
        times["other"] = time.monotonic()
        handler.reply(200, GOOD)

    registry.act("/left-pad", busy, body(GOOD))
    registry.act("/meanwhile", meanwhile)
    registry.act("/other", other)
    look_up(PAD, "pkg:npm/meanwhile@1", "pkg:npm/other@1", connections=2)
    assert times["other"] - times["busy"] >= 0.99


def test_a_redirect_within_the_registry_is_followed(registry, look_up):
    registry.act("/left-pad", status(301, location="/moved/left-pad"))
    registry.act("/moved/left-pad", body(GOOD))
    assert look_up(PAD).facts


def test_a_redirect_loop_is_left_after_five_rounds(registry, look_up):
    registry.act("/left-pad", FAULTS["redirect loop"][0])
    look_up(PAD)
    assert len(registry.requests) == 6


def test_tls_is_never_given_up_by_a_redirect(tls_registry, look_up, registry):
    registry.act("/left-pad", body(GOOD))
    tls_registry.act("/left-pad", status(301, location=tls_registry.url.replace("https", "http") + "/left-pad"))
    found = look_up(PAD, endpoints={"npm": tls_registry.url})
    assert not found.facts
    assert "redirects" in found.gaps[0].reason
    assert not registry.requests


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """A certificate authority that the environment trusts."""
    authority = trustme.CA()
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    return authority


@pytest.fixture
def tls_registry(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = Registry(context)
    yield server
    server.close()


def test_the_authorities_of_the_environment_are_trusted(tls_registry, look_up):
    tls_registry.act("/left-pad", body(GOOD))
    assert look_up(PAD, endpoints={"npm": tls_registry.url}).facts


@pytest.mark.parametrize("http2", [False, True])
def test_a_certificate_that_nobody_vouches_for_is_refused(http2, tls_registry, look_up, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    tls_registry.act("/left-pad", body(GOOD))
    found = look_up(PAD, endpoints={"npm": tls_registry.url}, http2=http2)
    assert not found.facts
    assert "TLS certificate is not accepted" in found.gaps[0].reason
    assert not tls_registry.requests


def test_a_run_over_http2_leaves_nothing_behind_for_the_next(authority, look_up):
    """The certificates are kept from one run to the next, and with them what a server is offered to speak."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["h2", "http/1.1"])
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = Registry(context)
    spoken = []

    def answer(handler):
        spoken.append(handler.connection.selected_alpn_protocol())
        handler.reply(200, GOOD)

    server.act("/left-pad", answer)
    try:
        look_up(PAD, endpoints={"npm": server.url}, http2=True, patience=2)
        look_up(PAD, endpoints={"npm": server.url})
    finally:
        server.close()
    assert spoken == ["http/1.1"]


def test_a_server_without_tls_is_told(registry, look_up):
    found = look_up(PAD, endpoints={"npm": registry.url.replace("http", "https")})
    assert "TLS handshake fails" in found.gaps[0].reason


def test_authorities_that_cannot_be_read_are_an_error_that_names_the_variable(look_up, monkeypatch, tmp_path):
    from scanner.errors import ConfigError

    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(ConfigError, match="SSL_CERT_FILE"):
        look_up(PAD)


def test_a_name_that_cannot_be_resolved_is_told(look_up, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = look_up(PAD, endpoints={"npm": "https://registry.example"})
    assert "host name cannot be resolved" in found.gaps[0].reason


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("http2", [False, True])
def test_a_refused_connection_is_told(http2, look_up):
    found = look_up(PAD, endpoints={"npm": f"http://127.0.0.1:{closed_port()}"}, http2=http2)
    assert "connection refused" in found.gaps[0].reason


def test_a_registry_that_is_down_is_one_gap(look_up):
    port = closed_port()
    found = look_up(*(f"pkg:npm/p{i}@1" for i in range(500)), endpoints={"npm": f"http://127.0.0.1:{port}"})
    assert [(gap.subject, gap.reason) for gap in found.gaps] == [
        (f"127.0.0.1:{port}", "500 packages: connection refused")
    ]


def test_a_registry_that_is_down_is_left_alone(registry, look_up):
    registry.act("*", status(503))
    found = look_up(*(f"pkg:npm/p{i}@1" for i in range(500)), connections=4)
    assert found.gaps[0].reason == "500 packages: answers HTTP 503"
    assert len(registry.requests) < 60


def test_one_registry_that_is_down_does_not_hold_back_another(registry, look_up, settings):
    registry.answer("*", {"info": {"license": "MIT"}})
    purls = [f"pkg:{type}/p{i}@1" for i in range(40) for type in ("npm", "pypi")]
    found = look_up(*purls, endpoints={"npm": f"http://127.0.0.1:{closed_port()}", "pypi": registry.url})
    assert sorted(found.facts) == sorted(purl for purl in purls if "pypi" in purl)


def test_retries_of_a_run_are_limited(registry, look_up, monkeypatch):
    monkeypatch.setattr("scanner.resolve.fetch.SPARE_RETRIES", 3)
    monkeypatch.setattr("scanner.resolve.politeness.BREAKER", 10**6)
    registry.act("*", status(503))
    look_up(*(f"pkg:npm/p{i}@1" for i in range(50)))
    assert len(registry.requests) == 50 + 3 + 5


def test_the_time_for_all_is_limited_and_the_rest_is_one_gap(registry, look_up):
    registry.act("*", drip)
    registry.act("/left-pad", body(GOOD))
    purls = [f"pkg:npm/p{i}@1" for i in range(30)]
    found = look_up(PAD, *purls, deadline=0.5, patience=3)
    assert list(found.facts) == [PAD]
    assert [gap.reason for gap in found.gaps] == ["30 packages: not asked before the time for all registries was over"]


def test_a_huge_document_is_read_up_to_the_limit(registry, look_up):
    history = {f"0.0.{i}": {"license": "MIT", "readme": "x" * 500} for i in range(20_000)}
    registry.answer("/left-pad", packument(versions=history))
    assert look_up(PAD).facts
    assert "answers more than 4 MiB" in look_up(PAD, ttl_hours=0, largest=4 << 20).gaps[0].reason


def test_a_decompression_bomb_is_not_unpacked(registry, look_up):
    registry.act("/left-pad", bomb)
    look_up("pkg:npm/nothing@1")
    tracemalloc.start()
    try:
        look_up(PAD, largest=1 << 20)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_words_of_the_registry_are_kept_short_and_on_one_line(registry, look_up):
    message = "use\x1b[31m left-pad2\n" + "x" * 100_000
    registry.answer("/left-pad", packument(version={"deprecated": message}))
    withdrawn = look_up(PAD).facts[PAD].withdrawn
    assert withdrawn.startswith("deprecated: use[31m left-pad2 xxx")
    assert len(withdrawn) <= 300


def test_connections_are_used_again_whatever_the_answer(registry, look_up):
    """Also where a body of no use comes after its headers only: it is read away."""
    ports = set()

    def answer(code, **headers):
        def act(handler):
            ports.add(handler.client_address)
            handler.reply(code, b"", content_length="2", **headers)
            handler.wfile.flush()
            time.sleep(0.05)
            handler.wfile.write(b"{}")

        return act

    acts = {"/a": answer(404), "/b": answer(403), "/c": answer(301, location="/d"), "/d": answer(418)}
    for path, act in acts.items():
        registry.act(path, act)
    look_up(*(f"pkg:npm/{path[1:]}@1" for path in acts), connections=1)
    assert len(registry.requests) == 5
    assert len(ports) == 1


def test_a_fault_is_not_kept_in_the_cache(registry, look_up, settings):
    registry.act("/left-pad", status(500))
    look_up(PAD)
    assert not Cache(settings.cache).entries()
    registry.act("/left-pad", body(GOOD))
    assert look_up(PAD).facts
