"""Image names, variables and HashiCorp's language, which several deployment formats share."""

import pytest

from scanner.read.deploy import hcl, image, variables

VALUES = {"A": "1", "EMPTY": "", "B": "${A}"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x:$A", "x:1"),
        ("${A}", "1"),
        ("${B}", "1"),
        ("${NONE:-d}", "d"),
        ("${NONE-d}", "d"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${A:+y}${NONE:+y}", "y"),
        ("${NONE:-${A}}", "1"),
        ("$$A", "$A"),
        ("${NONE}", variables.UNKNOWN),
        ("${NONE:?must be set}", variables.UNKNOWN),
        ("plain", "plain"),
    ],
)
def test_variables_are_replaced_by_values_and_defaults(text: str, expected: str) -> None:
    assert variables.expand(text, VALUES) == expected


def test_variables_that_double_each_other_end() -> None:
    values = {f"A{n}": f"$A{n - 1}$A{n - 1}" for n in range(1, 60)} | {"A0": "x" * 100}
    assert len(variables.expand("$A59", values)) <= variables.MAX_LENGTH
    assert variables.expand("$LOOP", {"LOOP": "${LOOP}"}) == "${LOOP}"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("postgres", (None, "library/postgres", None, None)),
        ("bitnami/redis:7", (None, "bitnami/redis", "7", None)),
        ("docker.io/library/postgres:16", (None, "library/postgres", "16", None)),
        ("localhost/app", ("localhost", "app", None, None)),
        ("registry.example:5000/a/b:c", ("registry.example:5000", "a/b", "c", None)),
        (f"quay.io/a/b@sha256:{'0' * 64}", ("quay.io", "a/b", None, f"sha256:{'0' * 64}")),
    ],
)
def test_an_image_reference_has_dockers_defaults(reference: str, expected: tuple) -> None:
    assert image.parse(reference) == expected


@pytest.mark.parametrize("reference", ["", "Upper/case", "a b", "-", "a:", "a@sha256:0", "https://a/b", "a//b", "/a"])
def test_what_is_no_image_reference_is_none(reference: str) -> None:
    assert image.parse(reference) is None


def read(text: str) -> list[tuple]:
    return [(found.path, found.name, found.value) for found in hcl.read(text) if found.name]


def test_blocks_and_objects_make_the_path_of_an_assignment() -> None:
    text = 'a "b" {\n  c {\n    d = "e"\n  }\n  f = { g = "h", i = j }\n}\n'
    assert read(text) == [(("a", "b", "c"), "d", "e"), (("a", "b", "f"), "g", "h"), (("a", "b", "f"), "i", "j")]


def test_comments_and_here_documents_hold_nothing() -> None:
    text = '# a = "1"\n// a = "1"\n/* a = "1"\n */ x = <<-EOT\n a = "1"\n  EOT\nb = "2"\n'
    assert read(text) == [((), "b", "2")]


def test_quotes_in_an_interpolation_do_not_end_a_string() -> None:
    assert read('a = "x${f("y", { b = "z" })}w"\nc = "d"\n') == [((), "a", 'x${f("y", { b = "z" })}w'), ((), "c", "d")]


def test_a_string_ends_with_its_line() -> None:
    assert read('a = "x\nb = "y"\n') == [((), "a", "x"), ((), "b", "y")]


def test_assignments_have_their_lines() -> None:
    assert [(found.name, found.line) for found in hcl.read('a {\n\n  b = "c"\n}\n')] == [("", 1), ("b", 3)]
