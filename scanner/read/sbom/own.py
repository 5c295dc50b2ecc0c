"""What only bills of outlast itself say: which files imply a technology, though they declare no package.

Properties: docs/cyclonedx.md
"""

import re

import msgspec

from scanner.model import FileKey
from scanner.read.sbom.cyclonedx import Property
from scanner.read.source import Source

PREFIX = "outlast:file:"
PLACE = re.compile(r"(.+?)(?::([0-9]{1,9}))?", re.DOTALL)


class Metadata(msgspec.Struct):
    properties: list[Property] | None = None


class Bill(msgspec.Struct):
    metadata: Metadata | None = None


def note(source: Source) -> None:
    """Note those files as keys of the source."""
    if PREFIX.encode() not in source.data:
        return
    try:
        bill = msgspec.json.decode(source.data, type=Bill)
    except (msgspec.MsgspecError, RecursionError):  # what is wrong with it, its reader says
        return
    for item in (bill.metadata and bill.metadata.properties) or ():
        if item.name and item.name.startswith(PREFIX) and (place := PLACE.fullmatch(item.value or "")):
            line = int(place[2]) if place[2] else None
            source.keys.append(FileKey(path=place[1], key=item.name, line=line))
