"""Documents of the shapes that a module decodes: made by hypothesis from the module's own types.

What is right in most places and odd in one gets further than noise. Of a module without types the documents are made
of the words of its seeds, in another order.
"""

import importlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec
import yaml
from hypothesis import strategies as st
from msgspec import inspect

from tests.fuzz.mutations import ODD_TOKENS, ODD_VALUES, TOKEN
from tests.fuzz.targets import APART, Input, Target

TEXTS = (
    "",
    "a",
    "1.0.0",
    "^1 || 2",
    "pkg:npm/a@1",
    "MIT",
    "https://registry.example/a",
    "2026-11-24",
    "@a/b",
    "a/../b",
    "\x00",
    "\u202e",
    "é" * 300,
)
KEYS = st.sampled_from(("", ".", "a", "node_modules/a", "1.0.0", "@a/b@1", "default", "name", "\n"))
ODD = st.sampled_from(ODD_VALUES)
ANY = st.recursive(
    ODD | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
MOST = 3
"""Entries of a list or table."""


def documents(target: Target) -> st.SearchStrategy[Input]:
    """Inputs for a target."""
    seed = target.seeds[0]
    roots = tuple(_roots(target.module)) if target.module else ()
    encode = _encoder(target)
    if not roots or encode is None:
        return _words(target).map(lambda data: seed._replace(data=data))
    one = st.one_of([_shape(root) for root in roots]).map(encode)
    if target.name.startswith("registry/"):
        one = st.lists(one, min_size=1, max_size=3).map(APART.join)
    return one.map(lambda data: seed._replace(data=data))


def _encoder(target: Target) -> Callable[[object], bytes] | None:
    """How the target's seeds are written: JSON, TOML or YAML; None where it is something else."""
    import rtoml

    def in_toml(document: object) -> bytes:
        return rtoml.dumps(document).encode() if isinstance(document, dict) else b""

    ways: tuple[tuple[Callable[[bytes], object], Callable[[object], bytes]], ...] = (
        (json.loads, _json),
        (lambda data: tomllib.loads(data.decode()), in_toml),
        (yaml.safe_load, lambda document: yaml.safe_dump(document).encode()),
    )
    for read, write in ways:
        try:
            if isinstance(read(target.seeds[0].data), dict | list):
                return lambda document: _or_json(write, document)
        except (ValueError, yaml.YAMLError):
            continue
    return None


def _json(document: object) -> bytes:
    return json.dumps(document).encode()


def _or_json(write: Callable[[object], bytes], document: object) -> bytes:
    """TOML has no null and no number without end."""
    try:
        return write(document)
    except (ValueError, TypeError, OverflowError, yaml.YAMLError):
        return _json(document)


def _roots(module: str) -> Iterator[type]:
    """The types of a module that are part of no other."""
    found = vars(importlib.import_module(module)).values()
    structs = [kind for kind in found if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    own = [kind for kind in structs if kind.__module__ == module and msgspec.structs.fields(kind)]
    parts = {
        part for kind in own for field in msgspec.structs.fields(kind) for part in _parts(inspect.type_info(field.type))
    }
    yield from (kind for kind in own if kind not in parts)


def _parts(info: inspect.Type) -> Iterator[type]:
    if isinstance(info, inspect.StructType):
        yield info.cls
    for name in ("item_type", "key_type", "value_type"):
        if inner := getattr(info, name, None):
            yield from _parts(inner)
    for several in ("types", "item_types"):
        for inner in getattr(info, several, ()):
            yield from _parts(inner)


def _shape(kind: type) -> st.SearchStrategy[Any]:
    return _of(inspect.type_info(kind))


def _of(info: inspect.Type) -> st.SearchStrategy[Any]:
    """Values of a type, and now and then one that is not."""
    key = repr(info)
    if key not in _known:
        _known[key] = st.deferred(lambda: _right(info))
    right = _known[key]
    return st.integers(0, 29).flatmap(lambda luck: ODD if luck == 0 else right)


_known: dict[str, st.SearchStrategy[Any]] = {}


def _right(info: inspect.Type) -> st.SearchStrategy[Any]:
    match info:
        case inspect.StructType():
            fields = {field.encode_name: _of(field.type) for field in info.fields}
            needed = {field.encode_name for field in info.fields if field.required}
            must = {name: shape for name, shape in fields.items() if name in needed}
            return st.fixed_dictionaries(must, optional={name: fields[name] for name in fields if name not in needed})
        case inspect.UnionType():
            return st.one_of([_of(part) for part in info.types])
        case inspect.DictType():
            return st.dictionaries(KEYS, _of(info.value_type), max_size=MOST)
        case inspect.ListType() | inspect.SetType() | inspect.FrozenSetType() | inspect.VarTupleType():
            return st.lists(_of(info.item_type), max_size=MOST)
        case inspect.LiteralType():
            return st.sampled_from(sorted(info.values, key=str))
        case _:
            return SCALARS.get(type(info), ANY)


SCALARS: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.StrType: st.sampled_from(TEXTS) | st.text(max_size=12),
    inspect.BoolType: st.booleans(),
    inspect.IntType: st.integers(-2, 9) | st.integers(),
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.NoneType: st.none(),
    inspect.DateType: st.sampled_from(("2026-11-24", "2026-11-24T00:00:00Z", "2026-13-45")),
}


def _words(target: Target) -> st.SearchStrategy[bytes]:
    lines = [line for seed in target.seeds for line in _lines(seed.data)] or [b""]
    words = [word for seed in target.seeds for word in TOKEN.findall(seed.data)] or [b""]
    some_lines = st.lists(st.sampled_from(lines), max_size=12).map(b"\n".join)
    some_words = st.lists(
        st.sampled_from(words) | st.sampled_from(ODD_TOKENS[:30]) | st.sampled_from((b"\n", b" ", b"  ")), max_size=20
    ).map(b"".join)
    return st.lists(some_lines | some_words, min_size=1, max_size=3).map(b"\n".join)


@cache
def _lines(data: bytes) -> tuple[bytes, ...]:
    return tuple(re.split(rb"\r?\n", data)[:200])
