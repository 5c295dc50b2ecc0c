"""Decoding: what a reader gets, and what the user is told."""

import msgspec
import pytest

from scanner.errors import ReadError
from scanner.read.source import Source


class Thing(msgspec.Struct):
    name: str
    count: int = 0
    more: dict[str, str] | None = None


def source(data: bytes | str) -> Source:
    return Source("folder/file", data.encode() if isinstance(data, str) else data)


def complaint(call: object, *arguments: object) -> str:
    with pytest.raises(ReadError) as caught:
        call(*arguments)
    return str(caught.value)


def test_toml_is_decoded_into_types_and_leaves_out_what_they_do_not_name() -> None:
    text = 'name = "a"\ncount = 2\nwhen = 1979-05-27T07:32:00Z\n[more]\nb = "c"\n'
    assert source(text).toml(Thing) == Thing("a", 2, {"b": "c"})


def test_an_error_in_toml_has_its_line_and_column() -> None:
    assert complaint(source('name = "a"\ncount = \n').toml, Thing).startswith("folder/file: line 2, column 9: ")


def test_a_wrong_type_has_its_place_in_the_document() -> None:
    assert complaint(source('{"name": 1}').json, Thing) == "folder/file: $.name: Expected `str`, got `int`"


def test_a_version_that_looks_like_a_number_stays_as_it_is_written_in_yaml() -> None:
    assert source("name: 1.10\ncount: '3'\n").yaml(Thing) == Thing("1.10", 3)


def test_empty_and_quoted_empty_values_of_yaml_are_told_apart() -> None:
    assert source("a:\nb: ''\nc: ~\nd: 'null'\ne: true\nf: 'true'").yaml_all() == [
        {"a": None, "b": "", "c": None, "d": "null", "e": True, "f": "true"}
    ]


def test_merge_keys_of_yaml_add_what_is_not_there() -> None:
    text = "x: &x {a: 1, b: 2}\ny: &y {c: 3}\nz:\n  <<: [*x, *y]\n  b: 4\n"
    assert source(text).yaml_all()[0]["z"] == {"a": "1", "b": "4", "c": "3"}


def test_a_collection_with_a_tag_of_an_application_is_null_in_yaml() -> None:
    assert source("a: !reference [b, c]\nd: !!str e\nf: !secret g\n").yaml_all() == [{"a": None, "d": "e", "f": "g"}]


def test_a_python_tag_in_yaml_makes_no_object() -> None:
    assert source("a: !!python/object/apply:os.system [id]\n").yaml_all() == [{"a": ["id"]}]


def test_aliases_of_yaml_that_multiply_are_refused() -> None:
    rows = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 10)}]\n" for n in range(1, 10))
    assert "alias" in complaint(source(f"b0: &b0 x\n{rows}").yaml_all)


def test_merge_keys_of_yaml_that_multiply_are_refused() -> None:
    keys = "".join(f"  k{n}: 1\n" for n in range(3000))
    uses = "".join(f"u{n}:\n  <<: *x\n" for n in range(1000))
    assert "merge keys" in complaint(source(f"x: &x\n{keys}{uses}").yaml_all)


@pytest.mark.parametrize("text", ["[" * 1000, "- " * 1000, "a: " + "{b: " * 1000])
def test_yaml_that_is_nested_too_deep_is_refused(text: str) -> None:
    assert "nested more than" in complaint(source(text).yaml_all)


def test_one_document_is_expected_where_one_is_asked_for() -> None:
    assert "holds 2 YAML documents" in complaint(source("--- a\n--- b\n").yaml, str)


def test_an_alias_does_not_reach_into_another_document() -> None:
    assert "undefined alias" in complaint(source("--- &a 1\n--- *a\n").yaml_all)


def test_xml_loses_its_namespaces() -> None:
    root = source('<a xmlns="urn:x" xmlns:y="urn:y"><y:b>1</y:b></a>').xml()
    assert (root.tag, root.findtext("b")) == ("a", "1")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://registry.example/x.dtd"> %b;]><a/>',
    ],
)
def test_xml_with_entities_is_refused(text: str) -> None:
    assert "entities" in complaint(source(text).xml)


def test_utf_16_is_read_by_its_byte_order_mark() -> None:
    assert source("name = 'ä'".encode("utf-16")).toml(Thing) == Thing("ä")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_windows_writes_has_lines_and_is_recognised(encoding: str) -> None:
    text = source("name = 'ä'\r\nb = 1\r\n".encode(encoding))
    assert text.lines(r"^(\w+) =") == {"name": 1, "b": 2}
    assert text.text == "name = 'ä'\nb = 1\n"
    assert text.data.startswith(b"name")


@pytest.mark.parametrize("declared", ["utf-16", "UTF-8"])
def test_xml_in_utf_16_is_read_whatever_encoding_it_declares(declared: str) -> None:
    root = source(f"<?xml version='1.0' encoding='{declared}'?>\n<a><b>ä</b></a>".encode("utf-16")).xml()
    assert root.findtext("b") == "ä"


def test_what_is_marked_as_utf_16_and_is_none_is_an_error() -> None:
    assert complaint(lambda: source(b"\xff\xfea").text) == "folder/file: byte 0: is not utf-8 text"


def test_lines_are_those_of_the_first_match_of_each_key() -> None:
    assert source("a=1\nb=2\n\na=3\n").lines(r"^(\w)=") == {"a": 1, "b": 2}


def test_lines_below_a_key_of_yaml_are_found_in_each_document_and_nowhere_else() -> None:
    text = source("x:\n  a: 1\np:\n  b: 1\n# p\n  c: 1\ny:\n  d: 1\n---\np:\n  e: 1\n")
    assert text.lines(r"^  (\w):", under="p") == {"b": 4, "c": 6, "e": 11}


def test_lines_of_items_are_left_out_where_the_counts_differ() -> None:
    text = source("x\ny\nx\n")
    assert list(text.lines_of(["p", "q"], r"^(x)$")) == [("p", 1), ("q", 3)]
    assert list(text.lines_of(["p"], r"^(x)$")) == [("p", None)]


def test_a_match_without_the_group_does_not_count_as_a_line() -> None:
    assert list(source("#x\nx\n").lines_of(["p"], r"#x|^(x)$")) == [("p", 2)]


def test_tables_have_the_line_of_their_name_wherever_it_stands() -> None:
    text = '[[package]]\nversion = "1"\nname = "a"\n\n[[package]]\nname = "b"\n[package.deps]\nname = "c"\n'
    assert list(source(text).tables(["a", "b"], "package")) == [("a", 3), ("b", 6)]


def test_a_neighbour_has_neighbours_of_its_own_folder() -> None:
    files = {"../base.txt": b"base", "../deep/more.txt": b"more"}
    base = Source("a/b/file", b"", files.get).neighbour("../base.txt")
    assert base is not None
    more = base.neighbour("deep/more.txt")
    assert more is not None
    assert (base.path, more.path, more.data) == ("a/base.txt", "a/deep/more.txt", b"more")
