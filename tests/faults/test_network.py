"""Where requests go: to the registries that are configured, whatever a scanned file or an answer says."""

import json
import socket
from pathlib import Path

import pytest

ELSEWHERE = "elsewhere.example"
BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "externalReferences": [{"type": "bom", "url": f"https://{ELSEWHERE}/other.cdx.json"}],
    "components": [
        {
            "type": "library",
            "name": "left-pad",
            "purl": "pkg:npm/left-pad@1.3.0",
            "externalReferences": [{"type": "distribution", "url": f"https://{ELSEWHERE}/left-pad.tgz"}],
        },
        {"type": "library", "name": "a", "purl": f"pkg:npm/a@1?repository_url=https://{ELSEWHERE}/npm"},
        {"type": "library", "name": "b", "purl": f"pkg:pypi/b@1?download_url=https://{ELSEWHERE}/b.whl"},
        {"type": "library", "name": "c", "purl": f"pkg:generic/c@1?vcs_url=git%2Bhttps://{ELSEWHERE}/c.git"},
        {"type": "library", "name": "d", "purl": "pkg:npm/..%2F..%2Fadmin@1"},
        {"type": "library", "name": "e", "purl": f"pkg:npm/%40{ELSEWHERE}/e@1"},
    ],
}
ANSWER = {
    "name": "left-pad",
    "dist-tags": {"latest": "1.3.0"},
    "versions": {"1.3.0": {"dist": {"tarball": f"https://{ELSEWHERE}/x.tgz"}, "license": "MIT"}},
    "repository": {"url": f"git+https://{ELSEWHERE}/left-pad.git"},
    "homepage": f"https://{ELSEWHERE}/",
}


@pytest.fixture
def reached(monkeypatch):
    """Every address that is connected to, and every name that is looked up."""
    found = set()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connecting(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            found.add(address[:2])
        return connect(self, address)

    def looking_up(host, port, *arguments, **options):
        found.add((host, port))
        return look_up(host, port, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", connecting)
    monkeypatch.setattr(socket, "getaddrinfo", looking_up)
    return found


def test_an_online_scan_connects_to_the_configured_registries_and_nothing_else(outlast, registry, reached):
    registry.answer("/left-pad", ANSWER)
    Path("outlast.toml").write_text(f'[registries]\nnpm = "{registry.url}"\npypi = "{registry.url}/pypi"\n')
    run = outlast("scan", "-", "--format", "json", "--no-progress", stdin=json.dumps(BOM).encode())
    assert run.code == 0, run.err
    assert reached == {("127.0.0.1", registry.server.server_port)}
    assert "/left-pad" in registry.paths
    assert [path for path in registry.paths if "admin" in path and ".." in path.split("/")] == []


def test_what_names_another_host_is_a_gap_and_not_asked_for(outlast, registry, reached):
    Path("outlast.toml").write_text(f'[registries]\nnpm = "{registry.url}"\npypi = "{registry.url}/pypi"\n')
    run = outlast("scan", "-", "--format", "json", "--no-progress", stdin=json.dumps(BOM).encode())
    assert "/a" not in registry.paths
    assert any(ELSEWHERE in gap["reason"] or ELSEWHERE in gap["subject"] for gap in json.loads(run.out)["gaps"])


def test_the_configuration_of_the_scanned_tree_does_not_decide(outlast, registry, reached):
    """outlast.toml, .npmrc, pip.conf and uv.toml of a project are data where it is not the working directory."""
    other = Path("project")
    other.mkdir()
    (other / "outlast.toml").write_text(f'[registries]\nnpm = "https://{ELSEWHERE}/"\n')
    (other / ".npmrc").write_text(f"registry=https://{ELSEWHERE}/\n//{ELSEWHERE}/:_authToken=secret\n")
    (other / "pip.conf").write_text(f"[global]\nindex-url = https://{ELSEWHERE}/simple\n")
    (other / "uv.toml").write_text(f'[[index]]\nurl = "https://{ELSEWHERE}/simple"\ndefault = true\n')
    (other / "bom.json").write_text(json.dumps(BOM | {"components": BOM["components"][:1]}))
    Path("outlast.toml").write_text(f'[registries]\nnpm = "{registry.url}"\npypi = "{registry.url}/pypi"\n')
    assert outlast("scan", "project", "--no-progress", "--quiet").code == 0
    assert reached == {("127.0.0.1", registry.server.server_port)}
    assert [headers.get("authorization") for _, headers in registry.requests] == [None]
