"""The quick way through YAML reads what the full one does, or leaves the document to it."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner.read import yaml_block, yaml_text
from tests.read.cases import FIXTURES

FILES = [path for path in sorted(FIXTURES.rglob("*")) if path.suffix in (".yaml", ".yml", ".lock")]
LINES = st.sampled_from(
    (
        "a: 1", "b:", "- c", "- d: 2", "- e:", "'f': 'g'", '"h": "i # j: k"', "l: {m: n, 'o': \">p\"}", "q: [r, 's']", "t: {}",
        "u: []", "# v", "", "---", "w: |-", "w: x y", "w:x: y#z", "a: null", "true: ~", "'<<': 1", "- |-", "- - a", "- e: |-",
        "a: 'it''s'", "^1 || <2: <3", 'a: "\\n"', "a: &b c", "a: *b", "a: !c d", "a: b: c", "a:", "a: ", "? a", "...", "a", "-", "- ",
        "é: ü", "a: \x85b", "a: b ", "\ta: b", "a: {b: c: d}", "a: {b:c}", "a: [b, ]", "a: {b, c}", "a: 'b' # c", "k: @b", "<<: {a: b}",
        "a: |", "a: >-", "x: [a b, c]", "- {a: b}", "- [a]", "- 'a'", "a: ''", 'a: ""', "'': a", "a: {'<<': b}", "a: {b: c::d}",
    )
)  # fmt: skip
INDENTED = st.tuples(st.sampled_from((0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 6)), LINES).map(
    lambda pair: " " * pair[0] + pair[1]
)
SIGNS = st.text("ab1 \n\n::--'\"{}[],#|<>&*!?~.@%\\\t\r\x85\xa0\u2028\ufeff", max_size=25)


def agree(text: str) -> bool:
    """Whether the quick way reads the text; where it does, as the full one."""
    found = yaml_block.load_all(text)
    if found is None:
        return False
    full = yaml_text.parse_all(text)
    assert found == full
    assert repr(found) == repr(full)
    return True


@given(st.lists(INDENTED, max_size=9).map("\n".join), st.sampled_from(("", "\n", "\n\n", "\n  ")))
@settings(max_examples=1_500, deadline=None, derandomize=True, database=None)
@example("a: |-\n    b\n  c\n", "")
@example("- a:\n- b\n  - c", "\n")
@example("a:\n  x: {m: n}\nb:\n  x: {m: n}\n  y: |-\n    x: {m: n}\nc:\n  y: |-\n     z", "\n")
def test_lines_of_yaml_are_read_as_the_full_parser_does_or_not_at_all(text: str, end: str) -> None:
    agree(text + end)


@given(SIGNS)
@settings(max_examples=1_500, deadline=None, derandomize=True, database=None)
def test_signs_of_yaml_are_read_as_the_full_parser_does_or_not_at_all(text: str) -> None:
    agree(f"a: {text}\n")
    agree(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_fixtures_are_read_as_the_full_parser_does_or_not_at_all(path) -> None:
    agree(path.read_text("utf-8", errors="replace"))


def test_a_document_is_the_same_in_pieces_of_any_size(monkeypatch):
    texts = [path.read_text("utf-8", errors="replace") for path in FILES]
    whole = [yaml_block.load_all(text) for text in texts]
    monkeypatch.setattr(yaml_block, "PIECE", 1)
    assert [yaml_block.load_all(text) for text in texts] == whole


def test_what_pnpm_writes_takes_the_quick_way():
    written = [path for path in FILES if path.name == "pnpm-lock.yaml" and path.parent.name != "malformed"]
    assert len(written) > 5
    assert all(agree(path.read_text("utf-8")) for path in written)


@pytest.mark.parametrize(
    "text",
    [
        "a: |-\n  b\n\n   c\n\nd: 1\n",
        "a:\n- b\n- c: d\n  e: f\ng: [h, 'i']\n",
        "---\na: 1\n---\n- b\n",
        "k:\n\n  # c\n  '@a/b@1': {x: 'y'}\n",
    ],
)
def test_the_quick_way_is_taken_for(text):
    assert agree(text)


@pytest.mark.parametrize(
    "text", ["a: &b c\n", "a:\n- \n- b\n", "a: >-\n  b\n", "a: b\n  c\n", f"{'k' * 1_001}: 1\n", "", "a: 1\n b: 2\n"]
)
def test_what_is_left_to_the_full_parser(text):
    assert yaml_block.load_all(text) is None


def test_an_error_is_that_of_the_full_parser():
    with pytest.raises(yaml.YAMLError):
        yaml_text.load_all("a: [1\n")
