"""The limits that the threat model promises are those of the program, and reading does not depend on the process."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.read import MAX_BYTES
from scanner.read.graph import MAX_SAME
from scanner.read.sbom.gzip import MAX_SIZE
from scanner.read.source import MAX_EXPANDED, MAX_GAPS, MAX_NESTING, MAX_OBJECTS, MAX_TEXTS, MAX_TOML
from scanner.read.walk import MAX_DEPTH, MAX_IGNORE
from scanner.resolve import Settings
from scanner.resolve.client_files import LARGEST, LARGEST_YAML
from scanner.rulebook.load import MAX_NESTING as MAX_RECORD

PAGE = Path(__file__).resolve().parents[2] / "docs" / "threat-model.md"
SETTINGS = Settings(cache=Path())
LIMITS = {
    "a file": f"{MAX_BYTES >> 20} MiB",
    "what a compressed SBOM unpacks to": f"{MAX_SIZE >> 20} MiB",
    "JSON": f"{MAX_OBJECTS:,} objects, {MAX_TEXTS:,} texts",
    "TOML": f"{MAX_TOML >> 20} MiB",
    "YAML with its aliases written out": f"{MAX_EXPANDED:,} nodes",
    "nesting of a document": f"{MAX_NESTING} levels",
    "nesting of a rule record": f"{MAX_RECORD} levels",
    "folders in each other": f"{MAX_DEPTH}",
    "a `.gitignore`": f"{MAX_IGNORE >> 20} MiB",
    "places of one package in a file": f"{MAX_SAME}",
    "gaps of a file": f"{MAX_GAPS:,}",
    "settings of a package client": f"{LARGEST >> 20} MiB; {LARGEST_YAML >> 10} KiB of YAML",
    "an answer of a registry, unpacked": f"{SETTINGS.largest >> 20} MiB",
    "waiting for an answer, for a package, for all": f"{SETTINGS.timeout:g}, {SETTINGS.patience:g}, {SETTINGS.deadline:g} s",
}


def test_the_page_has_every_limit_as_it_is():
    section = PAGE.read_text("utf-8").partition("\n## Limits\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", section, re.MULTILINE))
    assert {name: rows.get(name) for name in LIMITS} == LIMITS


READ_ALL = """
from tests.read.cases import cases, shown
for case in cases():
    if not case.bad:
        source = case.source()
        print(case.id, shown(source, list(case.format.read(source))))
"""


def digest(seed: str) -> str:
    environ = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL], env=environ, cwd=PAGE.parents[1], capture_output=True, check=True
    )
    assert len(done.stdout) > 10_000
    return hashlib.sha256(done.stdout).hexdigest()


def test_what_is_read_does_not_depend_on_how_a_process_hashes():
    assert digest("1") == digest("2")


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_report_is_as_open_as_the_users_other_files(outlast, umask):
    """Not more, where a colleague or CI has to read it, and not less."""
    Path("requirements.txt").write_text("psycopg==3.2.12\n")
    before = os.umask(umask)
    try:
        assert outlast("scan", "requirements.txt", "--offline", "-o", "report.txt").code == 0
        assert [path.stat().st_mode & 0o777 for path in Path().glob("report*")] == [0o666 & ~umask]
    finally:
        os.umask(before)
