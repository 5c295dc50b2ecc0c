"""Which projects there are: every kind of source, and what is said of one that cannot be used."""

import json
import os
import shutil
from pathlib import Path

import pytest

from scanner.errors import OutlastError
from scanner.portfolio.inputs import load_bom
from scanner.portfolio.plan import entries
from tests.portfolio.projects import bom

LOCK = '{"lockfileVersion": 3, "packages": {}}'


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def put(path, text=""):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def plan(*sources, stdin=b""):
    return {entry.name: os.fsdecode(entry.path) for entry in entries(sources, stdin)}


def test_a_directory_of_boms_is_a_project_each_and_other_files_are_none():
    put("boms/shop.cdx.json", bom())
    put("boms/blog.json", bom())
    put("boms/readme.md", "hello")
    put("boms/data.json", "{}")
    assert plan("boms") == {"blog": "boms/blog.json", "shop": "boms/shop.cdx.json"}


def test_folders_of_boms_are_looked_into_and_name_their_projects():
    put("boms/team/shop.cdx.json", bom())
    put("boms/blog/bom.json", bom())
    assert plan("boms") == {"blog": "boms/blog/bom.json", "team/shop": "boms/team/shop.cdx.json"}


def test_a_directory_of_checkouts_is_a_project_a_folder():
    put("repos/api/package-lock.json", LOCK)
    put("repos/web/deep/package-lock.json", LOCK)
    put("repos/node_modules/x/package-lock.json", LOCK)
    put("repos/.hidden/package-lock.json", LOCK)
    assert plan("repos") == {"api": "repos/api", "web": "repos/web"}


@pytest.mark.parametrize("marker", ["package-lock.json", ".git/HEAD"])
def test_a_checkout_is_one_project_and_its_boms_are_part_of_it(marker):
    put(f"repo/{marker}", LOCK)
    put("repo/docs/bom.json", bom())
    assert plan("repo") == {"repo": "repo"}


def test_a_bom_is_a_project_and_a_text_file_a_list():
    put("bom.json", bom())
    put("list.txt", "# ours\nshop.cdx.json\n\n../elsewhere\n")
    assert plan("bom.json", "list.txt") == {
        "bom": "bom.json", "shop": "shop.cdx.json", "../elsewhere": "../elsewhere"
    }  # fmt: skip


def test_paths_of_a_list_are_relative_to_it():
    put("lists/all.txt", "a/bom.json\n")
    assert plan("lists/all.txt") == {"a": "lists/a/bom.json"}


def test_a_csv_tells_more():
    put(
        "all.csv",
        "Path,Project,Owner,Criticality,Labels,cost centre\na.json,Shop,payments,Vital,eu; web,17\nb.json,,,,,\n",
    )
    first, second = entries(["all.csv"])
    assert (first.name, first.owner, first.criticality, first.labels) == ("Shop", "payments", "vital", ("eu", "web"))
    assert (second.name, second.owner, second.criticality, second.labels) == ("b", "", None, ())


def test_columns_have_an_order_where_no_line_names_them():
    put("all.csv", "a.json;Shop;payments;important;x\n")
    (entry,) = entries(["all.csv"])
    assert (entry.name, entry.owner, entry.criticality, entry.labels) == ("Shop", "payments", "important", ("x",))


def test_standard_input_is_a_list():
    assert plan("-", stdin=b"\xef\xbb\xbfa/bom.json\nb.cdx.json\n") == {"a": "a/bom.json", "b": "b.cdx.json"}


def test_a_glob_is_a_project_a_match():
    put("x/1/bom.json", bom())
    put("x/2/bom.json", bom())
    assert plan("x/**/*.json") == {"1": "x/1/bom.json", "2": "x/2/bom.json"}


def test_an_export_of_dependency_track():
    shop, old, lost = ("0" * 35 + str(number) for number in range(3))
    projects = [
        {"uuid": shop, "name": "shop", "version": "2.1", "authors": [{"name": "payments"}], "active": True,
         "tags": [{"name": "criticality:vital"}, {"name": "eu"}]},
        {"uuid": old, "name": "old", "active": False},
        {"uuid": lost, "name": "lost", "publisher": "web", "isLatest": True},
    ]  # fmt: skip
    put("export/projects.json", json.dumps(projects))
    put(f"export/{shop}-inventory.cdx.json", bom())
    first, second = entries(["export"])
    assert (first.name, first.owner, first.criticality) == ("shop 2.1", "payments", "vital")
    assert first.labels == ("criticality:vital", "eu")
    assert os.fsdecode(first.path) == f"export/{shop}-inventory.cdx.json"
    assert (second.name, second.owner, os.fsdecode(second.path)) == ("lost", "web", f"export/{lost}")


def test_a_name_that_is_no_text_is_made_one():
    put("boms/shop.cdx.json", bom())
    os.rename(b"boms/shop.cdx.json", b"boms/caf\xe9.cdx.json")
    (entry,) = entries(["boms"])
    assert (entry.name, entry.path) == ("caf\ufffd", b"boms/caf\xe9.cdx.json")


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tar.xz"])
def test_an_archive_is_a_project_a_bom(suffix):
    put("boms/team/shop.cdx.json", bom())
    put("boms/blog/bom.json", bom())
    put("boms/readme.md", "hello")
    put("boms/data.json", "{}")
    shutil.make_archive("all", {"tar.gz": "gztar", "tar.xz": "xztar"}.get(suffix, suffix), "boms")
    shutil.rmtree("boms")
    found = plan(f"all.{suffix}")
    assert set(found) == {"team/shop", "blog"}
    for path in found.values():
        assert load_bom(path) == bom().encode()
    with pytest.raises(OutlastError, match="is not in the archive"):
        load_bom(f"all.{suffix}/none.json")


def test_links_that_go_in_a_circle_are_followed_once():
    put("boms/a/shop.cdx.json", bom())
    Path("boms/a/again").symlink_to("..", target_is_directory=True)
    assert "a/shop" in plan("boms")


@pytest.mark.parametrize(
    ("source", "text", "says"),
    [
        ("none.json", None, "none.json: no such file or directory"),
        ("x/*.json", None, "x/*.json: matches nothing"),
        ("all.csv", "path,criticality\na,urgent\n", "all.csv: line 2: criticality 'urgent' is none of vital, important"),
        ("all.csv", "path,projekt\na,b\n", "all.csv: line 1: no column 'projekt'; did you mean project?"),
        ("all.csv", "path,owner\n,me\n", "all.csv: line 2: this project has no path"),
        ("all.zip", "no", "all.zip: cannot be opened as an archive"),
        ("all.tar.gz", "no", "all.tar.gz: cannot be opened as an archive"),
        ("all.txt", "\udcff", "all.txt: byte 0: is no list of paths"),
        ("export", "", "export/projects.json: is no list of projects as Dependency-Track gives it"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_used_says_where_and_why(source, text, says):
    if source == "export":
        put("export/projects.json", '{"message": "unauthorised"}')
    elif text is not None:
        Path(source).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutlastError) as error:
        list(entries([source]))
    assert str(error.value).startswith(says)
