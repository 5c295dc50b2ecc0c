"""Every reader against its fixtures. A new folder in fixtures/read is a new test; `make golden` rewrites what is expected."""

import json
import os

import pytest

from scanner.errors import ReadError
from scanner.read.formats import formats
from tests.read.cases import ERROR, EXPECTED, Case, cases, shown, written

CASES = list(cases())
GOLDEN = os.environ.get("OUTLAST_GOLDEN") == "1"


@pytest.mark.parametrize("case", [case for case in CASES if not case.bad], ids=lambda case: case.id)
def test_a_reader_finds_what_the_fixture_expects(case: Case) -> None:
    source = case.source()
    found = shown(source, list(case.format.read(source)))
    if GOLDEN:
        (case.folder / EXPECTED).write_text(written(found), "utf-8")
    assert found == json.loads((case.folder / EXPECTED).read_text("utf-8"))


@pytest.mark.parametrize("case", [case for case in CASES if case.bad], ids=lambda case: case.id)
def test_a_reader_says_in_one_line_what_is_wrong_with_a_bad_file(case: Case) -> None:
    with pytest.raises(ReadError) as caught:
        list(case.format.read(case.source()))
    message = str(caught.value)
    if GOLDEN:
        (case.folder / ERROR).write_text(f"{message}\n", "utf-8")
    assert message == (case.folder / ERROR).read_text("utf-8").rstrip("\n")
    assert "\n" not in message


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_name_and_first_bytes_of_a_file_lead_to_its_reader(case: Case) -> None:
    assert case.chosen() == case.format


@pytest.mark.parametrize("format", formats(), ids=lambda format: format.name)
@pytest.mark.parametrize("bad", [False, True], ids=["good", "bad"])
def test_every_reader_has_a_good_and_a_bad_case(format: object, bad: bool) -> None:
    assert any(case.format == format and case.bad == bad for case in CASES)


@pytest.mark.parametrize("case", [case for case in CASES if not case.bad], ids=lambda case: case.id)
def test_components_of_a_file_require_only_each_other_and_stand_on_lines_that_exist(case: Case) -> None:
    source = case.source()
    components = list(case.format.read(source))
    purls = {component.purl for component in components}
    lines = source.data.count(b"\n") + 1
    for component in components:
        assert set(component.requires) <= purls
        assert component.locations[0].path != source.path or (component.locations[0].line or 1) <= lines
