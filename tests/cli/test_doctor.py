"""outlast doctor: what is in force, without a connection and without a secret."""

import socket
from pathlib import Path

import pytest

from scanner import __version__


def topic(run, name):
    """The lines under a heading."""
    lines = run.out.splitlines()
    start = lines.index(name) + 1
    end = next((index for index in range(start, len(lines)) if not lines[index].startswith("  ")), len(lines))
    return " ".join(line.strip() for line in lines[start:end])


def test_it_shows_versions_rules_cache_and_registries(outlast):
    run = outlast("doctor")
    assert (run.code, run.err) == (0, "")
    assert topic(run, "outlast").startswith(__version__)
    assert "msgspec " in topic(run, "libraries")
    assert "technologies" in topic(run, "rules")
    assert "0 packages" in topic(run, "cache") or "packages, " in topic(run, "cache")
    assert "npm: https://" in topic(run, "registries")
    assert topic(run, "configuration") == "none here: the defaults are in force"


def test_it_reads_the_policy_out(outlast):
    Path("outlast.toml").write_text("""
[[service]]
name = "shop"
criticality = "vital"
uses = ["api/*"]
[[policy]]
name = "no-single-supplier"
verdict = "flagged"
service = "shop"
because = "It has to outlast them."
[[exception]]
technology = "stripe"
reason = "a second provider is coming"
owner = "payments"
until = 2027-06-30
""")
    run = outlast("doctor")
    assert topic(run, "policy") == (
        "no-single-supplier: Deny technologies and packages that are flagged, that shop relies on. "
        "It has to outlast them."
    )
    assert topic(run, "exceptions") == ("Except stripe until 2027-06-30, says payments: a second provider is coming.")
    assert topic(run, "services") == "shop (vital): api/*"


def test_it_tells_where_credentials_go_and_never_what_they_are(outlast, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://user:proxysecret@proxy.example:8080")
    Path("outlast.toml").write_text('[registries]\nnpm = "https://me:s3cret@registry.example/npm"\n')
    run = outlast("doctor")
    assert "npm: https://registry.example/npm (with credentials)" in topic(run, "registries")
    assert "HTTPS_PROXY" in topic(run, "network")
    assert "s3cret" not in run.out
    assert "proxysecret" not in run.out


@pytest.mark.parametrize(
    ("config", "name", "says"),
    [
        ("[scna]", "configuration", "✖ outlast.toml:1: unknown key 'scna'"),
        ('[[policy]]\nname = "a"\nactor = "amazn"\n', "policy", "✖ outlast.toml:3: policy.actor: 'amazn'"),
        ('[scan]\nrules = ["gone"]\n', "rules", "✖ gone: no such directory of rules"),
        ('[registries]\nnmp = "https://registry.example"\n', "registries", "✖ nmp: no registry of this purl type"),
        ('[registries]\nnpm = "registry.example"\n', "registries", "✖ npm: its registry is configured to something"),
        ('[scan]\nbaseline = "gone.json"\n', "configuration", "✖ gone.json: no such baseline"),
    ],
)
def test_what_is_wrong_is_marked_and_the_rest_is_shown_all_the_same(outlast, config, name, says):
    Path("outlast.toml").write_text(config)
    run = outlast("doctor")
    assert run.code == 1
    assert says in " ".join(run.out.split())
    assert name in run.out.splitlines()
    assert "libraries" in run.out.splitlines()


def test_without_git_it_says_what_does_not_work(outlast, monkeypatch):
    monkeypatch.setenv("PATH", "")
    run = outlast("doctor")
    assert run.code == 1
    assert topic(run, "git").startswith("✖ not found: `outlast diff`")


def test_it_opens_no_connection(outlast, monkeypatch):
    def forbidden(*_arguments, **_options):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    assert outlast("doctor").code == 0
