"""The Python interface: small, lazy, typed, and as docs/api.md has it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import scanner

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


@pytest.fixture
def _project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder, text in {"before": "psycopg==3.2.12\n", "after": "psycopg==3.2.12\npynamodb==6.1.0\n"}.items():
        Path(folder).mkdir()
        Path(folder, "requirements.txt").write_text(text)


def test_importing_it_loads_nothing_else():
    code = "import sys, scanner; print(sorted(name for name in sys.modules if name.startswith('scanner.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_everything_that_it_offers_is_there():
    for name in scanner.__all__:
        assert getattr(scanner, name) is not None


def test_what_it_does_not_offer_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'scanner' has no attribute 'scna'"):
        scanner.scna  # noqa: B018


@pytest.mark.usefixtures("_project")
@pytest.mark.parametrize("paths", ["after", Path("after"), ["after"], [Path("after/requirements.txt")]], ids=repr)
def test_paths_are_one_or_several_as_text_or_path(paths):
    report = scanner.scan(paths, offline=True)
    assert "amazon-dynamodb" in {technology.id for technology in report.technologies}


def test_an_sbom_can_be_given_as_bytes():
    bom = b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "a", "purl": "pkg:npm/a@1"}]}'
    assert [item.purl for item in scanner.scan("-", stdin=bom, offline=True).components] == ["pkg:npm/a@1"]


@pytest.mark.usefixtures("_project")
def test_a_scan_reads_no_configuration_by_itself():
    Path("outlast.toml").write_text("[scna]")
    assert scanner.scan("before", offline=True).components


@pytest.mark.usefixtures("_project")
def test_what_goes_wrong_is_one_error_class_with_one_line():
    with pytest.raises(scanner.OutlastError, match=r"^missing: no such file or directory$"):
        scanner.scan("missing", offline=True)


@pytest.mark.usefixtures("_project")
@pytest.mark.parametrize("number", range(PAGE.count("```python")))
def test_the_examples_of_the_page_run(number, monkeypatch):
    example = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[number]
    monkeypatch.chdir("before" if "assert" in example else ".")
    exec(compile(example, "docs/api.md", "exec"), {})  # noqa: S102


def test_the_page_names_everything_that_there_is():
    described = set(re.findall(r"^\| (.+?) \|", PAGE, re.MULTILINE))
    words = set(re.findall(r"`(\w+)", " ".join(described)))
    assert set(scanner.__all__) - {"__version__"} <= words


def test_type_checkers_see_the_types(tmp_path):
    """py.typed ships, and a program that uses a field that there is not is told so."""
    assert (ROOT / "scanner" / "py.typed").exists()
    program = tmp_path / "program.py"
    program.write_text("from scanner import scan\n\nreveal_type(scan('.').summary.verdict)\nscan('.').nothing\n")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file=", f"--cache-dir={tmp_path}", "--follow-imports=silent", str(program)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert "Literal['safe']" in done.stdout
    assert '"Scan" has no attribute "nothing"' in done.stdout
