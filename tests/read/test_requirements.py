"""Requirements files: the shortcut for plain pins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement, Requirement

from scanner.read.python import requirements

PARTS = st.sampled_from(
    ("a", "B9", "-", "_", ".", "==", "===", "!=", "1", "01", "1.0", ".*", "rc1", "+x", " ", "[x]", "é", "٣", "\n", ";")
)
PINS = st.builds(
    "{}=={}".format, st.from_regex(r"[A-Za-z0-9._-]{1,6}", fullmatch=True), st.lists(PARTS, max_size=4).map("".join)
)


@given(st.one_of(PINS, st.lists(PARTS, max_size=7).map("".join)))
@settings(max_examples=500, deadline=None, derandomize=True, database=None)
def test_a_plain_pin_is_what_packaging_reads(text):
    if requirements.PIN.fullmatch(text):
        wanted = Requirement(text)
        pins = [(pin.operator, pin.version) for pin in wanted.specifier]
        assert pins == [("==", requirements.named(text)[1])]
        assert requirements.named(text) == (wanted.name, pins[0][1], None)


@pytest.mark.parametrize("text", ["a==1", "A.b-c_d==01.2", "3to2==1.1.1"])
def test_most_pins_are_plain(text):
    assert requirements.PIN.fullmatch(text)


@pytest.mark.parametrize("text", ["-a==1", "a-==1", "a==1.", "a==", "é==1"])
def test_what_packaging_refuses_is_no_plain_pin(text):
    with pytest.raises(InvalidRequirement):
        Requirement(text)
    assert not requirements.PIN.fullmatch(text)
