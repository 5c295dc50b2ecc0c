"""outlast init: a first configuration that holds, and whose every suggestion holds."""

import re
from pathlib import Path

from scanner.config import load


def project():
    for folder, text in {"api": "psycopg==3.2.12\npynamodb==6.1.0\n", 'w"eb': "stripe==13.0\n"}.items():
        Path(folder).mkdir()
        Path(folder, "requirements.txt").write_text(text)


def uncommented():
    """The file with every suggestion in force."""
    return re.sub(r"^# ", "", Path("outlast.toml").read_text(), flags=re.MULTILINE)


def test_the_file_holds_as_it_is(outlast):
    project()
    run = outlast("init")
    assert (run.code, run.out, run.err) == (0, "", "wrote outlast.toml; read it, then `outlast check`\n")
    assert [rule.name for rule in load().file.policy] == ["no-single-supplier"]
    assert outlast("check", "--offline").code == 1


def test_every_suggestion_in_it_holds(outlast):
    project()
    outlast("init")
    Path("rules").mkdir()
    Path("outlast.toml").write_text(uncommented())
    file = load().file
    assert [service.name for service in file.service] == ["api", 'w"eb']
    assert {item.technology for item in file.exception} >= {"amazon-dynamodb", "stripe"}
    assert file.mitigation
    assert outlast("check", "--offline").code == 0


def test_it_is_the_same_twice(outlast):
    project()
    outlast("init")
    first = Path("outlast.toml").read_text()
    outlast("init", "--force")
    assert Path("outlast.toml").read_text() == first


def test_a_file_that_is_there_is_not_overwritten(outlast):
    project()
    Path("outlast.toml").write_text("# mine\n")
    run = outlast("init")
    assert (run.code, run.err) == (2, "outlast: outlast.toml is there already; --force overwrites it\n")
    assert Path("outlast.toml").read_text() == "# mine\n"


def test_where_nothing_can_be_read_it_says_so(outlast):
    run = outlast("init")
    assert run.code == 2
    assert "no SBOM, lockfile or deployment file found here" in run.err
    assert not Path("outlast.toml").exists()
