"""outlast cache: info, clear, export, import."""

import pytest

from scanner.model import Facts
from scanner.resolve.cache import Cache
from scanner.resolve.record import Entry, Record

ENTRY = Entry((), 1795521600.0, Record(facts=Facts(licence="MIT")))


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of its own for this test, with one package."""
    monkeypatch.setenv("OUTLAST_CACHE_DIR", str(tmp_path / "here"))
    cache = Cache(tmp_path / "here")
    cache.write({"https://registry.example/pad": ENTRY})
    cache.close()
    return cache


def test_info_tells_where_how_full_and_from_when(outlast, cache):
    run = outlast("cache", "info")
    assert run.code == 0
    assert run.out.startswith(f"{cache.path}\n1 package, 0.0 MiB\n")
    assert run.out.endswith("asked between 2026-11-24 12:00 UTC and 2026-11-24 12:00 UTC\n")


def test_info_of_no_cache_makes_none(outlast, tmp_path, monkeypatch):
    monkeypatch.setenv("OUTLAST_CACHE_DIR", str(tmp_path / "none"))
    assert "0 packages" in outlast("cache", "info").out
    assert not (tmp_path / "none").exists()


def test_info_tells_what_is_wrong(outlast, cache):
    cache.path.write_text("this is not a database, and long enough to be taken for one")
    run = outlast("cache", "info")
    assert run.code == 2
    assert "damaged" in run.err


def test_clear_forgets_all(outlast, cache):
    assert outlast("cache", "clear").code == 0
    assert Cache(cache.path.parent).entries() == {}


def test_a_cache_is_carried_to_another_machine(outlast, cache, tmp_path, monkeypatch):
    assert outlast("cache", "export", "answers").out == "1 package written to answers\n"
    monkeypatch.setenv("OUTLAST_CACHE_DIR", str(tmp_path / "there"))
    assert outlast("cache", "import", "answers").out == "1 package taken from answers\n"
    assert Cache(tmp_path / "there").entries() == {"https://registry.example/pad": ENTRY}


@pytest.mark.parametrize("content", [None, b"", b"something else"])
def test_a_file_that_is_no_export_is_one_line_of_error(content, outlast, cache, tmp_path):
    if content is not None:
        (tmp_path / "answers").write_bytes(content)
    run = outlast("cache", "import", "answers")
    assert run.code == 2
    assert len(run.err.splitlines()) == 1
