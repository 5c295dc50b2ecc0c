"""Limits that keep a hostile file from taking all memory."""

import pytest

from scanner.errors import ReadError
from scanner.read import source as module
from scanner.read.source import Source


@pytest.mark.parametrize(("limit", "data"), [("MAX_OBJECTS", b"[{},{},{}]"), ("MAX_TEXTS", b'["a","b","c"]')])
def test_json_of_more_objects_or_texts_than_any_document_is_refused(monkeypatch, limit, data):
    assert len(Source("a", data).json(list)) == 3
    monkeypatch.setattr(module, limit, 2)
    with pytest.raises(ReadError, match="holds more than"):
        Source("a", data).json(list)


def test_a_file_has_a_thousand_gaps_and_one_that_says_so():
    source = Source("a", b"")
    for number in range(5_000):
        source.gap(f"gap {number}")
    assert len(source.gaps) == module.MAX_GAPS + 1
    assert source.gaps[-1].reason == "has more than 1,000 gaps; the others are left out"


def test_toml_larger_than_any_lockfile_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_TOML", 2**20)
    assert Source("a", b"a = 1").toml(dict) == {"a": 1}
    with pytest.raises(ReadError, match="TOML of more than 1 MiB"):
        Source("a", b"a = 1\n" + b"#" * 2**20).toml(dict)
