"""Documents decoded as far as they keep to their format: one odd part must not lose the rest, and real files have some.

What is taken out is a gap. A document without odd parts is decoded once, straight into its struct.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from scanner.errors import ReadError
from scanner.read.source import Source

T = TypeVar("T", bound=msgspec.Struct)

MAX_DEPTH = 100
MAX_PLACE = 120


def from_json(source: Source, wanted: type[T]) -> T:
    """JSON content as the struct `wanted`. Raises ReadError where it is no JSON object."""
    try:
        return source.json(wanted)
    except ReadError as error:
        if not isinstance(error.__cause__, msgspec.ValidationError):
            raise
    parts = source.json(dict[str, msgspec.Raw])
    fields = [field for field in _described(wanted) if field.encode_name in parts]
    kept = {
        field.name: _part(source, parts[field.encode_name], field.type, f"$.{field.encode_name}") for field in fields
    }
    return wanted(**{name: value for name, value in kept.items() if value is not None})


def from_plain(source: Source, value: object, wanted: type[T]) -> T:
    """Dictionaries and lists, as YAML gives them, as the struct `wanted`. Raises ReadError where it is no mapping."""
    if not isinstance(value, dict):
        source.error("holds no mapping")
    try:
        return msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError:
        return msgspec.convert(_clean(source, value, wanted, "$", 0) or {}, wanted, strict=False)


def _part(source: Source, raw: msgspec.Raw, wanted: Any, place: str) -> Any:
    """One part of a JSON document: as a whole, item by item, or cleaned."""
    try:
        return source.part(raw, wanted)
    except ReadError as error:
        if not isinstance(error.__cause__, msgspec.ValidationError):
            raise
    inner = _item(wanted)
    if inner is not None and bytes(memoryview(raw)[:1]) == b"[":
        raws = source.part(raw, list[msgspec.Raw])
        items = (_part(source, item, inner, f"{place}[{index}]") for index, item in enumerate(raws))
        return [item for item in items if item is not None]
    value = _clean(source, source.part(raw, object), wanted, place, 0)
    return None if value is None else msgspec.convert(value, wanted, strict=False)


def _clean(source: Source, value: Any, wanted: Any, place: str, depth: int) -> Any:
    """Plain `value` without what `wanted` does not allow; None where nothing is left."""
    inner = _item(wanted)
    if depth > MAX_DEPTH:
        return _drop(source, f"nested more than {MAX_DEPTH} deep", place)
    if inner is not None and isinstance(value, list):
        items = (_clean(source, item, inner, f"{place}[{index}]", depth + 1) for index, item in enumerate(value))
        return [item for item in items if item is not None]
    struct = _struct(wanted)
    if struct and isinstance(value, dict):
        clean = dict(_fields(source, value, struct, place, depth))
        missing = next((field for field in _described(struct) if _lacks(clean, field)), None)
        return clean if missing is None else _drop(source, f"`{missing.encode_name}` is missing", place)
    try:
        msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError as error:
        return _drop(source, str(error), place)
    return value


def _fields(source: Source, value: dict[str, Any], struct: Any, place: str, depth: int) -> Iterator[tuple[str, Any]]:
    for field in _described(struct):
        name = field.encode_name
        if name in value:
            clean = _clean(source, value[name], field.type, f"{place}.{name}", depth + 1)
            if clean is not None:
                yield name, clean


@cache
def _described(struct: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of a struct; msgspec evaluates their types anew each time."""
    return msgspec.structs.fields(struct)


@cache
def _item(wanted: Any) -> Any:
    """The type of the items where `wanted` is a list, or None."""
    lists = (kind for kind in _kinds(wanted) if get_origin(kind) is list)
    return next((get_args(kind)[0] for kind in lists), None)


@cache
def _struct(wanted: Any) -> Any:
    """The struct where `wanted` is one, or None."""
    return next((kind for kind in _kinds(wanted) if isinstance(kind, type) and issubclass(kind, msgspec.Struct)), None)


def _lacks(clean: dict[str, Any], field: msgspec.structs.FieldInfo) -> bool:
    return field.required and field.encode_name not in clean


def _drop(source: Source, reason: str, place: str) -> None:
    source.gap(f"dropped: {reason.partition(' - at `')[0]}", place[:MAX_PLACE])


def _kinds(wanted: Any) -> tuple[Any, ...]:
    """What a union is of; anything else alone."""
    return (wanted,) if get_origin(wanted) in (list, dict, None) and not _is_union(wanted) else get_args(wanted)


def _is_union(wanted: Any) -> bool:
    return hasattr(wanted, "__args__") and type(None) in wanted.__args__
