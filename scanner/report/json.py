"""The JSON report: `Scan` itself, for machines. Schema: docs/scan.schema.json, made from the same types."""

import msgspec

from scanner.errors import ReadError
from scanner.model import SCHEMA_VERSION, Scan


def render(scan: Scan) -> str:
    """The report, indented, in the fixed order of the fields."""
    return msgspec.json.format(msgspec.json.encode(scan), indent=2).decode() + "\n"


def is_report(data: bytes) -> bool:
    """Whether `data` begins like a report of this program."""
    return b'"schema_version"' in data[:200]


def parse(path: str, data: bytes) -> Scan:
    """A saved report. Raises ReadError where `data` is none, or one of another schema version."""
    try:
        scan = msgspec.json.decode(data, type=Scan)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(path, f"is no report of outlast: {error}") from error
    if scan.schema_version != SCHEMA_VERSION:
        raise ReadError(path, f"has schema version {scan.schema_version}; this outlast reads {SCHEMA_VERSION}")
    return scan


def schema() -> bytes:
    """The JSON Schema of the report."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Scan)), indent=2) + b"\n"
