"""outlast scan: exit codes, outputs, and one clear line for every bad input."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from scanner.report import json as report

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DEMO = FIXTURES / "demo"
LOCK = '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0"}}}'


def bom(*purls):
    components = [{"type": "library", "name": purl, "purl": purl} for purl in purls]
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}).encode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("package-lock.json", b"", "package-lock.json: is empty"),
        ("package-lock.json", b'{"packages": {"node', "package-lock.json: line 1, column 20: "),
        ("package-lock.json", b"\n\n  {oops", "package-lock.json: line 3, column 4: "),
        ("package-lock.json", b"[" * 100_000, "package-lock.json: "),
        ("bom.json", b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": ' + b"[" * 100_000, "bom.json: "),
        ("package-lock.json", b'{"lockfileVersion": 9}', "$.lockfileVersion: lockfileVersion 9 is not known"),
        ("package-lock.json", b'{"packages": 3}', "$.packages: Expected `object"),
        ("yarn.lock", b"# yarn lockfile v1\n\na@1:\n  resolved x\n", "yarn.lock: line 3: 'a@1' has no version"),
        ("poetry.lock", b"[[package]\nname=1", "poetry.lock: "),
        ("compose.yaml", b"- " * 100_000, "compose.yaml: "),
        ("poetry.lock", b"\xff\xfe\xfd", "poetry.lock: byte "),
        ("notes.txt", b"hello", "notes.txt: is no format that outlast reads"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_bad_input_is_one_clear_line_and_exit_2(outlast, name, content, says):
    Path(name).write_bytes(content)
    run = outlast("scan", name, "--offline")
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert says in run.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["missing.json"], "missing.json: no such file or directory"),
        (["."], "no SBOM, lockfile or deployment file found here"),
        (["--fail-on", "sometimes"], "'sometimes' is not one of"),
        (["--output", "pdf=x"], "wants FORMAT=FILE"),
        (["--config", "none.toml"], "none.toml: no such file"),
        (["--rules", "none"], "none: no such directory of rules"),
        (["--as", "packagelock", "."], "did you mean package-lock?"),
        (["--offlin"], "--offline"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_wrong_use_is_one_clear_line_and_exit_2(outlast, arguments, says):
    run = outlast("scan", *arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert says in run.err


def test_a_file_without_read_permission_is_one_clear_line(outlast, monkeypatch):
    Path("package-lock.json").write_text(LOCK)

    read = Path.read_bytes

    def denied(self):
        """root may read everything, so the refusal is made here."""
        if self.name == "package-lock.json":
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", denied)
    run = outlast("scan", "package-lock.json", "--offline")
    assert run.code == 2
    assert "permission denied" in run.err


def test_in_a_directory_a_bad_file_is_a_gap_and_the_rest_is_reported(outlast):
    for name, content in {"good/package-lock.json": LOCK, "bad/package-lock.json": "{"}.items():
        Path(name).parent.mkdir()
        Path(name).write_text(content)
    run = outlast("scan", ".", "--offline", "--format", "json")
    result = json.loads(run.out)
    assert run.code == 0
    assert [item["purl"] for item in result["components"]] == ["pkg:npm/a@1.0.0"]
    assert {"stage": "read", "subject": "bad/package-lock.json: line 1, column 2"}.items() <= result["gaps"][0].items()


def test_strict_exits_3_where_something_could_not_be_looked_at(outlast):
    Path("package-lock.json").write_text(LOCK)
    assert outlast("scan", "--offline", "--strict").code == 3


@pytest.mark.parametrize(
    ("purl", "fail_on", "code"),
    [
        ("pkg:pypi/stripe@11", "never", 0),
        ("pkg:pypi/stripe@11", "flagged", 1),
        ("pkg:pypi/redis@5", "flagged", 0),
        ("pkg:pypi/redis@5", "watch", 1),
        ("pkg:cpan/Nobody-Knows@1", "unknown", 1),
    ],
)
def test_the_gate(outlast, purl, fail_on, code):
    run = outlast("scan", "-", "--offline", "--fail-on", fail_on, "--format", "json", stdin=bom(purl))
    assert run.code == code
    assert bool(json.loads(run.out)["findings"]) == (code == 1) or fail_on == "never"


def test_json_decodes_into_the_published_types_and_is_the_same_twice(outlast):
    first, second = (outlast("scan", DEMO, "--offline", "--format", "json") for _ in range(2))
    assert first.out == second.out
    result = report.parse("out", first.out.encode())
    assert (result.schema_version, result.tool.generated) == ("1", "2026-11-24")
    assert result.summary.technologies == len(result.technologies) > 20


def test_an_offline_scan_opens_no_socket(outlast, monkeypatch):
    def forbidden(*arguments, **options):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    assert outlast("scan", DEMO, "--offline").code == 0


def test_several_reports_in_one_run(outlast):
    run = outlast("scan", DEMO, "--offline", "-o", "a.txt", "--output", "json=b.json", "--html", "c.html")
    assert (run.code, run.out) == (0, "")
    assert "\x1b" not in Path("a.txt").read_text()
    assert json.loads(Path("b.json").read_text())["project"]["name"] == "demo"
    assert Path("c.html").read_text().startswith("<!doctype html>")


def test_a_report_is_written_whole_or_not_at_all(outlast):
    Path("there").mkdir()
    run = outlast("scan", DEMO, "--offline", "-o", "there")
    assert run.code == 2
    assert "there: cannot be written" in run.err
    assert [name for name in os.listdir() if name.startswith(".there")] == []


def test_quiet_prints_nothing(outlast):
    run = outlast("scan", DEMO, "--offline", "--quiet")
    assert (run.out, run.err) == ("", "")


def test_no_colour_in_a_pipe_and_colour_where_it_is_forced(outlast, monkeypatch):
    assert "\x1b[" not in outlast("scan", DEMO, "--offline").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in outlast("scan", DEMO, "--offline").out


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
@pytest.mark.parametrize(
    ("variable", "value", "coloured"),
    [("TERM", "xterm", True), ("TERM", "dumb", False), ("NO_COLOR", "1", False)],
)
def test_a_terminal_has_colour_unless_it_or_its_user_wants_none(variable, value, coloured):
    import pty

    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", variable: value}
    command = [sys.executable, "-m", "scanner", "explain", "postgresql", "--offline"]
    with subprocess.Popen(command, stdout=theirs, cwd=FIXTURES.parent, env=environment) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while part := os.read(ours, 4096):
                shown += part
    os.close(ours)
    assert process.returncode == 0
    assert b"PostgreSQL" in shown
    assert (b"\x1b[" in shown) == coloured


def test_the_configuration_excludes_and_sets_the_gate(outlast):
    Path("outlast.toml").write_text('[scan]\nfail-on = "watch"\nexclude = ["bad/**"]\n')
    Path("bad").mkdir()
    Path("bad/package-lock.json").write_text("{")
    Path("package-lock.json").write_text(LOCK)
    run = outlast("scan", ".", "--offline", "--format", "json")
    assert run.code == 1
    assert not [gap for gap in json.loads(run.out)["gaps"] if gap["stage"] == "read"]


def test_a_mistyped_command_is_answered_with_the_nearest(outlast):
    run = outlast("scna")
    assert run.code == 2
    assert "did you mean 'scan'?" in run.err


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ["demo", "examples/cloud-database", "examples/private-cloud", "examples/vmware"])
def test_no_line_is_wider_than_80_columns(outlast, name, lang):
    printed = outlast("scan", "--offline", "--lang", lang, FIXTURES / name).out
    assert [line for line in printed.splitlines() if cell_len(line) > 80] == []
