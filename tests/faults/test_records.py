"""Rule records, configuration and baselines that want to stop the program, or to run in it."""

from pathlib import Path

import pytest

BOMB = "a0: &a0 [x,x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1},*a{n - 1}]\n" for n in range(1, 60))
HOSTILE = {
    "brackets": "[" * 100_000,
    "sequences": "- " * 100_000,
    "keys": "? " * 100_000,
    "aliases that multiply": BOMB,
    "a tag that would run a program": 'id: !!python/object/apply:os.system ["touch ran"]\n',
    "a verdict": "id: mine\nverdict: safe\n",
    "not text": "\x00\x01",
    "nothing": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_record_is_one_clear_line(outlast, text):
    """Also where libyaml itself would overflow its stack."""
    folder = Path("rules/technologies/database")
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(text)
    run = outlast("rules", "list", "--rules", "rules")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert "mine.yaml: " in run.err
    assert not Path("ran").exists()
    assert outlast("rules", "lint", "rules").code == 1


@pytest.mark.parametrize("name", ["outlast.toml", "pyproject.toml"])
def test_a_configuration_that_is_nested_without_end_ends_in_one_line_or_is_passed_over(outlast, name):
    Path(name).write_text("a = " + "[" * 100_000)
    Path("Dockerfile").write_text("FROM postgres:17\n")
    run = outlast("scan", "--offline", "--quiet")
    assert (run.code, run.err.count("\n")) == ((2, 1) if name == "outlast.toml" else (0, 0))


def test_a_baseline_that_is_nested_without_end_is_one_clear_line(outlast):
    Path("outlast-baseline.json").write_text('{"findings": ' + "[" * 100_000)
    Path("Dockerfile").write_text("FROM postgres:17\n")
    run = outlast("check", "--offline")
    assert (run.code, run.err.count("\n")) == (2, 1)


def test_a_saved_report_that_is_nested_without_end_is_one_clear_line(outlast):
    Path("report.json").write_text('{"schema_version": "1", "tool": ' + "[" * 100_000)
    run = outlast("backhoe", "report.json")
    assert (run.code, run.err.count("\n")) == (2, 1)
