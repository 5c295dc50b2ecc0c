"""The wheel and the sdist: what is in them, that they can be made twice, and that the wheel alone is enough."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from scanner import __version__

ROOT = Path(__file__).resolve().parent.parent
FEW = ("postgresql", "python", "pypi", "amazon-dynamodb")
"""The records that the wheel of these tests has: compiling all of them takes seconds."""


def copy(target: Path) -> Path:
    """The tree as a build sees it, with few rules."""
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, target / name)
    shutil.copytree(ROOT / "scanner", target / "scanner", ignore=shutil.ignore_patterns("__pycache__"))
    (target / "rules" / "actors").mkdir(parents=True)
    shutil.copytree(ROOT / "rules" / "schema", target / "rules" / "schema")
    for name in ("LICENSE", "README.md"):
        shutil.copy(ROOT / "rules" / name, target / "rules" / name)
    for record in (ROOT / "rules" / "technologies").rglob("*.yaml"):
        if record.stem in FEW:
            place = target / "rules" / "technologies" / record.parent.name / record.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(record, place)
            copy_actors(record, target / "rules" / "actors")
    return target


def copy_actors(record: Path, target: Path) -> None:
    for id in re.findall(r"\b(?:actor|steward|parent): ([a-z0-9-]+)", record.read_text("utf-8")):
        source = ROOT / "rules" / "actors" / f"{id}.yaml"
        if source.exists() and not (target / source.name).exists():
            shutil.copy(source, target / source.name)
            copy_actors(source, target)


def sources(tree: Path) -> list[Path]:
    """The files of the program, without the bytecode that a build leaves beside them."""
    return [path for path in (tree / "scanner").rglob("*") if path.is_file() and path.suffix != ".pyc"]


def build(tree: Path, target: Path, *kinds: str) -> list[Path]:
    arguments = [word for kind in kinds for word in ("-t", kind)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1795521600"}
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(target), *arguments],
        check=True, capture_output=True, cwd=tree, env=environment,
    )  # fmt: skip
    return sorted(target.iterdir())


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return copy(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def built(tree, tmp_path_factory):
    wheel, sdist = build(tree, tmp_path_factory.mktemp("dist"), "wheel", "sdist")
    return wheel, sdist


def test_a_build_leaves_the_wheel_and_the_sdist_and_nothing_else(built):
    assert [path.name for path in built] == [
        f"outlast-{__version__}-py3-none-any.whl",
        f"outlast-{__version__}.tar.gz",
    ]


def test_two_builds_are_the_same_to_the_byte(built, tree, tmp_path):
    for first, second in zip(built, build(tree, tmp_path, "wheel", "sdist"), strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_the_wheel_made_of_the_sdist_is_the_same(built, tmp_path):
    wheel, sdist = built
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    (again,) = build(unpacked, tmp_path / "again", "wheel")
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_has_the_program_its_rules_and_templates_and_nothing_else(built, tree):
    names = set(zipfile.ZipFile(built[0]).namelist())
    program = {f"scanner/{path.relative_to(tree / 'scanner')}" for path in sources(tree)}
    rules = {
        f"scanner/rules/{path.relative_to(tree / 'rules')}"
        for folder in ("technologies", "actors", "schema")
        for path in (tree / "rules" / folder).rglob("*")
        if path.is_file()
    }
    info = {name for name in names if name.startswith(f"outlast-{__version__}.dist-info/")}
    assert names == program | rules | info | {"scanner/rules/index.msgpack"}
    assert {"scanner/py.typed", "scanner/report/templates/report.html"} <= names
    assert {name.rpartition(".dist-info/")[2] for name in info} == {
        "METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/rules/LICENSE",
    }  # fmt: skip


def test_nothing_in_the_program_is_of_a_kind_that_does_not_belong(tree):
    kinds = {path.suffix for path in sources(tree)}
    assert kinds <= {".py", ".typed", ".html", ".css", ".js", ".md", ".txt", ".sql", ".mo", ".po", ".json"}


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """An empty environment with the wheel in it; its dependencies are lent, so that nothing is fetched."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(built[0]) as wheel:
        wheel.extractall(site)  # noqa: S202 - our own
    lent = tmp_path_factory.mktemp("lent")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "outlast" not in path.name and path.suffix != ".pth":
            (lent / path.name).symlink_to(path)
    cache = tmp_path_factory.mktemp("cache")
    (cache / "work").mkdir()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(lent), "OUTLAST_CACHE_DIR": str(cache)}

    def run(*arguments, check=True):
        return subprocess.run(
            [str(folder / "bin" / "python"), "-m", "scanner", *arguments],
            capture_output=True, text=True, check=check, env=environment, cwd=cache / "work",
        )  # fmt: skip

    run.folder, run.cache = folder, cache
    return run


def test_the_wheel_alone_runs(installed):
    assert installed("--version").stdout == f"outlast, version {__version__}\n"
    assert "PostgreSQL" in installed("explain", "postgresql", "--offline").stdout


def test_it_takes_its_rules_from_the_wheel_and_compiles_none(installed):
    listed = installed("rules", "list").stdout
    assert len(listed.splitlines()) == len(FEW)
    assert list(installed.cache.glob("rules-*.msgpack")) == []


def test_it_makes_every_kind_of_report(installed):
    work = installed.cache / "work"
    (work / "requirements.txt").write_text("psycopg==3.2.12\n")
    outputs = [f"--output={kind}=out.{kind}" for kind in ("json", "html", "sarif", "markdown", "csv", "cyclonedx")]
    installed("scan", ".", "--offline", "--quiet", *outputs)
    assert "PostgreSQL" in (work / "out.html").read_text("utf-8")
    assert all((work / f"out.{kind}").stat().st_size for kind in ("json", "sarif", "markdown", "csv", "cyclonedx"))


def test_the_entry_point_is_the_command(built):
    with zipfile.ZipFile(built[0]) as wheel:
        text = wheel.read(f"outlast-{__version__}.dist-info/entry_points.txt").decode()
    assert text.split() == ["[console_scripts]", "outlast", "=", "scanner.cli:main"]
