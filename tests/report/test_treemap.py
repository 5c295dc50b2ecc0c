"""The geometry of the treemap: areas as large as they should be, side by side, and no label cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.report.treemap import LETTER, PADDING, WHOLE, Area, divide


@given(st.lists(st.integers(1, 50), max_size=40))
def test_areas_are_in_proportion_and_inside(weights):
    areas = divide(weights)
    for weight, area in zip(weights, areas, strict=True):
        share = area.width * area.height / (WHOLE.width * WHOLE.height)
        assert share == pytest.approx(weight / sum(weights))
        assert area.x >= -1e-6
        assert area.y >= -1e-6
        assert area.x + area.width <= WHOLE.width + 1e-6
        assert area.y + area.height <= WHOLE.height + 1e-6


@given(st.lists(st.integers(1, 50), min_size=2, max_size=20))
def test_areas_do_not_overlap(weights):
    areas = divide(weights)
    for number, one in enumerate(areas):
        for other in areas[number + 1 :]:
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert min(across, down) <= 1e-6


def test_a_label_is_broken_between_words_or_left_out():
    assert Area(0, 0, 110, 60).lines("Python Software Foundation") == ("Python", "Software", "Foundation")
    assert Area(0, 0, 400, 60).lines("Python Software Foundation") == ("Python Software Foundation",)
    assert Area(0, 0, 60, 60).lines("Foundation") == ()
    assert Area(0, 0, 400, 20).lines("Foundation") == ()


@given(st.text(max_size=60), st.floats(0, 500), st.floats(0, 200))
def test_no_line_is_wider_than_its_area(text, width, height):
    assert all(len(line) * LETTER <= width - 2 * PADDING for line in Area(0, 0, width, height).lines(text))
