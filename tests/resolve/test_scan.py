"""A whole scan with a registry that does not answer for every package: what it says, and how it ends."""

import json
import sys

import pytest

from scanner.cli import main
from scanner.config import Config
from scanner.resolve.cache import Cache

COUNT = 20


@pytest.fixture
def scan(registry, npm, tmp_path, monkeypatch, capsys):
    """The exit code and what is printed, for packages of which the registry has all but p0."""
    packages = {f"node_modules/p{number}": {"version": "1.3.0"} for number in range(COUNT)}
    for number in range(1, COUNT):
        npm(f"p{number}")
    (tmp_path / "package-lock.json").write_text(json.dumps({"lockfileVersion": 3, "packages": packages}))
    (tmp_path / "outlast.toml").write_text(f'[registries]\nnpm = "{registry.url}"\n')
    Cache(Config().cache).clear()  # that of all tests, as it has the index of the rules
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["outlast", "scan", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        return stop.value.code or 0, " ".join(capsys.readouterr().out.split())

    return run


@pytest.mark.parametrize(
    ("status", "words"), [(401, "access refused (HTTP 401)"), (403, "access refused (HTTP 403)"), (404, "not found at")]
)
def test_a_package_that_is_not_answered_for_is_named_with_the_reason(status, words, registry, scan):
    registry.act("/p0", lambda handler: handler.reply(status, b"{}"))
    code, text = scan()
    assert code == 0
    assert "pkg:npm/p0" in text
    assert words in text
    assert f"{COUNT - 1} of {COUNT} packages looked at" in text


def test_under_strict_the_scan_ends_with_3(registry, scan):
    registry.act("/p0", lambda handler: handler.reply(401))
    assert scan("--strict")[0] == 3


def test_under_strict_a_scan_that_could_look_at_everything_ends_with_0(scan, npm):
    npm("p0")
    code, text = scan("--strict")
    assert code == 0
    assert "looked at" not in text
