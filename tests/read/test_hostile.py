"""Whatever a file holds, a reader ends in components or in one ReadError; nothing else gets through."""

import json
import random

import pytest

from scanner.errors import ReadError
from scanner.read import read
from scanner.read.formats import formats
from scanner.read.source import Source
from tests.read.cases import Case, cases

GOOD = [case for case in cases() if not case.bad]
SIGNS = b"{}[]()<>\"'`,:;=@#$%&|!-\\/\n\t \x00\xff0aZ"
ODD = {
    "empty": b"",
    "blank": b"\n" * 50_000,
    "spaces": b" " * 50_000 + b"x",
    "zero bytes": b"\x00" * 100,
    "not text": b"\xff\xfe\xfa",
    "lone surrogate": b'{"a": "\\ud800"}',
    "brackets": b"[" * 50_000,
    "braces": b'{"a":' * 50_000,
    "tags": b"<a>" * 50_000,
    "mappings": b"a: {" * 5_000,
    "sequences": b"- " * 50_000,
    "aliases": b"a: &a [x,x]\n" + b"".join(b"%c: &%c [*%c,*%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 122)),
    "deep aliases": b"a0: &a0 x\n"
    + b"".join(b"a%d: &a%d %s*a%d%s\n" % (n, n, b"[" * 150, n - 1, b"]" * 150) for n in range(1, 40)),
    "entities": b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><a>&b;</a>',
    "tables": b"[[package]]\n" * 20_000,
    "quotes": b'"' + b'\\"' * 50_000,
    "list": b"[1, 2]",
    "text": b'"text"',
    "null": b"null",
}  # fmt: skip


def ends_well(format: object, source: Source) -> None:
    try:
        for component in format.read(source):
            assert component.purl.startswith("pkg:")
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017


@pytest.mark.parametrize("format", formats(), ids=lambda format: format.name)
def test_odd_content_is_no_crash(format: object) -> None:
    for name, data in ODD.items():
        try:
            ends_well(format, Source("file", data))
        except Exception as error:
            error.add_note(f"content: {name}")
            raise


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id)
def test_a_file_cut_anywhere_is_no_crash(case: Case) -> None:
    source = case.source()
    step = max(len(source.data) // 60, 1)
    for end in range(0, len(source.data), step):
        ends_well(case.format, Source(source.path, source.data[:end], source._neighbour))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id)
def test_a_file_with_changed_characters_is_no_crash(case: Case) -> None:
    source, chance = case.source(), random.Random(case.id)
    for _ in range(60):
        data = bytearray(source.data)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice(SIGNS)
        ends_well(case.format, Source(source.path, bytes(data), source._neighbour))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id)
def test_a_file_with_lines_missing_or_doubled_is_no_crash(case: Case) -> None:
    source, chance = case.source(), random.Random(case.id)
    lines = source.data.splitlines(keepends=True)
    for _ in range(60):
        changed = list(lines)
        place = chance.randrange(len(changed))
        changed[place : place + 1] = changed[place : place + 1] * chance.choice([0, 0, 2])
        ends_well(case.format, Source(source.path, b"".join(changed), source._neighbour))


@pytest.mark.parametrize("case", [case for case in GOOD if case.input.suffix == ".json"], ids=lambda case: case.id)
def test_a_value_of_another_type_is_no_crash(case: Case) -> None:
    source = case.source()
    document = json.loads(source.data)
    for place in _places(document, ()):
        for value in (None, 0, -1.5, True, "", "x", [], [[]], {}, {"": {}}):
            changed = json.dumps(_with(document, place, value)).encode()
            ends_well(case.format, Source(source.path, changed, source._neighbour))


def _places(value: object, above: tuple) -> list[tuple]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [above]
    for key, item in list(items)[:4]:
        found += _places(item, (*above, key))
    return found


def _with(document: object, place: tuple, value: object) -> object:
    if not place:
        return value
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[place[0]] = _with(copy[place[0]], place[1:], value)
    return copy


def test_a_file_name_that_is_no_utf8_can_be_reported(tmp_path):
    (tmp_path / "\udcff-requirements.txt").write_text("flask==1.0\n")
    found = read([str(tmp_path)])
    assert [source.path for source in found.sources] == ["\ufffd-requirements.txt"]
    assert [place.path for place in found.components[0].locations] == ["\ufffd-requirements.txt"]
