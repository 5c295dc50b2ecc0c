"""What Windows wrote, with a byte order mark and two signs at the end of each line, is read as all else."""

import pytest

from scanner.read.encoding import utf8
from scanner.read.formats import choose
from scanner.read.source import Source
from tests.read.cases import Case, cases, shown

BINARY = ("cyclonedx-protobuf", "gzip")


def windows(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "case", [case for case in cases() if not case.bad and case.format.name not in BINARY], ids=lambda case: case.id
)
def test_a_fixture_is_read_the_same_as_windows_writes_it(case: Case) -> None:
    source = case.source()
    other = Source(source.path, windows(source.data), source._neighbour)
    assert shown(other, list(case.format.read(other))) == shown(source, list(case.format.read(source)))


def test_a_format_is_recognised_behind_a_byte_order_mark() -> None:
    found = choose("bom.json", windows(b'{"bomFormat": "CycloneDX", "specVersion": "1.6"}'))
    assert found is not None
    assert found.name == "cyclonedx-json"
    assert utf8(windows(b"a\n")) == b"a\r\n"
