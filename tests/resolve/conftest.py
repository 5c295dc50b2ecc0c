"""A registry on this machine that answers what a test tells it to, over a real socket; and no client configuration."""

import base64
import gzip
import json
import os
import select
import socket
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scanner.resolve import Settings, cache, resolve
from scanner.resolve.endpoints import Endpoints


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        registry = self.server.registry
        with registry.lock:
            registry.requests.append((self.path, self.headers))
            acts = registry.acts[self.path] or registry.acts["*"]
            act = acts.pop(0) if len(acts) > 1 else acts[0] if acts else missing
        act(self)

    def reply(self, status=200, body=b"", **headers):
        self.send_response(status)
        headers = {"content_type": "application/json", "content_length": str(len(body))} | headers
        for name, value in headers.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def missing(handler):
    handler.reply(404, b"{}")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    timeout = 1
    """Seconds to wait for a request whose connection is gone again."""

    def handle_error(self, request, client_address):
        """A client that hangs up is what many tests are about."""


class Registry:
    """`requests` are the paths and headers that were asked; a path without an answer is missing."""

    def __init__(self, tls=None):
        self.lock, self.requests, self.acts = threading.Lock(), [], defaultdict(list)
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.registry = self
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.server.server_port}"
        self.stop, self.stopping = socket.socketpair()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def act(self, path, *acts):
        """At `path`, let `acts` write the responses, one a request; the last goes on for ever."""
        self.acts[path] = list(acts)

    def answer(self, path, body, status=200, **headers):
        """At `path`, answer with `body`, as JSON and compressed, as registries do."""
        packed = gzip.compress(body if isinstance(body, bytes) else json.dumps(body).encode())
        self.act(path, lambda handler: handler.reply(status, packed, content_encoding="gzip", **headers))

    @property
    def paths(self):
        return [path for path, _ in self.requests]

    def serve(self):
        """Until it is told to stop: serve_forever() would look for that only now and then, and be waited for."""
        while self.stop not in select.select([self.server.socket, self.stop], [], [])[0]:
            self.server.handle_request()

    def close(self):
        self.stopping.send(b".")
        self.thread.join()
        for it in (self.stop, self.stopping):
            it.close()
        self.server.server_close()


@pytest.fixture
def registry():
    server = Registry()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    """No waiting until a cache is on the disk: no test pulls the plug."""
    kept = cache.SCHEMA.replace("PRAGMA synchronous = NORMAL;", "")
    monkeypatch.setattr(cache, "SCHEMA", f"PRAGMA synchronous = OFF;{kept}")


CLIENTS = (
    "PIP_",
    "UV_",
    "NPM_CONFIG",
    "YARN_",
    "CARGO_",
    "GO",
    "MAVEN_",
    "M2_",
    "BUNDLE_",
    "COMPOSER_",
    "PUB_",
    "HEX_",
)
OTHERS = ("NETRC", "PREFIX", "GH_TOKEN", "GITHUB_TOKEN", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


SET = [name for name in os.environ if name.upper().startswith(CLIENTS) or name.upper() in OTHERS]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home without any configuration."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in SET:
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "npm_config_globalconfig"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def find(tmp_path, home):
    """The endpoint of a package, or all of them where there are several, by what a test has put into the home."""

    def run(type, name="pad", **settings):
        found = Endpoints(Settings(cache=tmp_path, **settings), os.environ).of(type, name)
        return found[0] if isinstance(found, tuple) and len(found) == 1 else found

    return run


@pytest.fixture
def write(home):
    """Put a text at a place in the home."""

    def run(place, text):
        path = home / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return run


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def basic(text):
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.fixture
def settings(tmp_path, registry):
    """All types at the local registry, with little patience; sources across ecosystems are for tests of their own."""
    from scanner.resolve.registries import registry as module
    from scanner.resolve.registries import types

    own = [type for type in types() if not hasattr(module(type), "ACROSS")]
    endpoints = dict.fromkeys(own, registry.url)
    return Settings(cache=tmp_path / "cache", endpoints=endpoints, backoff=0.005, timeout=20, patience=20, deadline=60)


@pytest.fixture
def look_up(settings):
    """Resolve purls with the settings of the test, some of them changed."""
    from msgspec.structs import replace

    def run(*purls, offline=False, progress=None, **changes):
        return resolve(purls, settings=replace(settings, **changes), offline=offline, progress=progress)

    return run


def packument(name="left-pad", **changes):
    """An npm document of one version, in two hands, under an open licence."""
    version = {"license": "MIT", "dist": {"signatures": [{}]}} | changes.pop("version", {})
    return {
        "name": name,
        "dist-tags": {"latest": "1.3.0"},
        "versions": {"1.3.0": version} | changes.pop("versions", {}),
        "maintainers": [{"name": "ada"}, {"name": "grace"}],
        "time": {
            "created": "2014-01-01T00:00:00Z",
            "modified": "2026-09-09T00:00:00Z",
            "1.3.0": "2026-04-09T00:00:00Z",
        },
    } | changes


@pytest.fixture
def npm(registry):
    """Publish npm packages at the local registry."""

    def publish(name, **changes):
        registry.answer("/" + name.replace("/", "%2F"), packument(name, **changes))

    return publish
