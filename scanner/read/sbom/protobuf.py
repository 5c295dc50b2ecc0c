"""The wire format of Protocol Buffers: a message as its fields by number, without knowing its schema.

Format: https://protobuf.dev/programming-guides/encoding/
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

Fields = Mapping[int, Sequence[int | memoryview]]

VARINT, I64, LEN, I32 = 0, 1, 2, 5
MAX_VARINT = 10
"""Bytes that a number may take."""


def fields(message: memoryview) -> Fields:
    """The values by field number: numbers, and bytes of texts and inner messages. Raises ValueError with the byte."""
    found: dict[int, list[int | memoryview]] = defaultdict(list)
    at = 0
    while at < len(message):
        start = at
        tag, at = _varint(message, at)
        number, wire_type = tag >> 3, tag & 7
        if wire_type == VARINT:
            value, at = _varint(message, at)
            found[number].append(value)
            continue
        size = {I64: 8, I32: 4}.get(wire_type)
        if wire_type == LEN:
            size, at = _varint(message, at)
        if size is None or number == 0:
            raise ValueError(f"byte {start} starts no field")
        if at + size > len(message):
            raise ValueError(f"the field at byte {start} is cut short")
        found[number].append(message[at : at + size])
        at += size
    return found


def texts(message: Fields, number: int) -> list[str]:
    """All values of a repeated string field."""
    return [str(value, "utf-8", "replace") for value in message.get(number, ()) if isinstance(value, memoryview)]


def text(message: Fields, number: int) -> str | None:
    """The value of a string field; the last one counts, as the format says."""
    found = texts(message, number)
    return found[-1] if found else None


def number(message: Fields, field: int) -> int:
    """The value of a number or enumeration; 0 where it is not there."""
    found = [value for value in message.get(field, ()) if isinstance(value, int)]
    return found[-1] if found else 0


def messages(message: Fields, number: int) -> list[Fields]:
    """The inner messages of a field. Raises ValueError."""
    return [fields(value) for value in message.get(number, ()) if isinstance(value, memoryview)]


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number at a byte, seven bits a byte, and the byte after it."""
    value = 0
    for shift, byte in enumerate(message[at : at + MAX_VARINT]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value, at + shift + 1
    raise ValueError(f"the number at byte {at} is cut short")
