"""JSON Schemas of the records, for editors; rules/schema/ holds what this makes."""

import msgspec

from scanner.rulebook.record import ActorRecord, TechnologyRecord


def schemas() -> dict[str, bytes]:
    """File name to JSON Schema, of both kinds of record."""
    return {"technology.schema.json": _schema(TechnologyRecord), "actor.schema.json": _schema(ActorRecord)}


def _schema(record: type[msgspec.Struct]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(record)), indent=2) + b"\n"
