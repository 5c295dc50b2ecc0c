"""The reference of docs/configuration.md, from the types and docstrings of scanner/config.py."""

import ast
import datetime
import inspect
import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from scanner import config

NAMES = {str: "text", bool: "`true` or `false`", int: "a whole number", float: "a number", datetime.date: "a day, as in 2027-06-30"}  # fmt: skip


def reference() -> str:
    """Every table that the file may have, in the order of the code."""
    return "\n\n".join(_section(field) for field in msgspec.structs.fields(config.File))


def _section(field: Any) -> str:
    hint = get_type_hints(config.File, include_extras=True)[field.name]
    several = get_origin(hint) is tuple
    table = get_args(hint)[0] if several else hint
    heading = f"## [[{field.name}]]" if several else f"## [{field.name}]"
    if not (isinstance(table, type) and issubclass(table, msgspec.Struct)):
        return f"{heading}\n\n{_docs(config.File)[field.name]}"
    says = (inspect.getdoc(table) or "").partition(": ")[2]
    return "\n".join([heading, "", f"{says[:1].upper()}{says[1:]}", "", *_rows(table)])


def _rows(table: type[msgspec.Struct]) -> Iterator[str]:
    yield "| key | value | default | |"
    yield "|---|---|---|---|"
    hints, docs = get_type_hints(table, include_extras=True), _docs(table)
    for field in msgspec.structs.fields(table):
        yield f"| `{field.encode_name}` | {value(hints[field.name])} | {_default(field)} | {docs.get(field.name, '')} |"


def value(hint: Any) -> str:
    """A type in words."""
    origin, parts = get_origin(hint), [part for part in get_args(hint) if part is not type(None)]
    if origin is Annotated:
        bounds = next((part for part in hint.__metadata__ if isinstance(part, msgspec.Meta)), msgspec.Meta())
        ends = {(False, False): "", (True, True): f", {bounds.ge} to {bounds.le}", (True, False): f", at least {bounds.ge}"}  # fmt: skip
        return value(hint.__origin__) + ends[bounds.ge is not None, bounds.le is not None]
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in parts)
    if origin is tuple:
        return f"a list of {value(parts[0])}"
    if origin in (Union, types.UnionType):
        one = value(parts[0])
        return one if len(parts) == 1 else f"{one}; one or a list"
    return NAMES[hint]


def _default(field: Any) -> str:
    if field.required:
        return "must be there"
    default = field.default
    if default in (None, (), ""):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


@cache
def _docs(table: type) -> dict[str, str]:
    """The docstrings below the fields of a class."""
    (node,) = ast.parse(inspect.getsource(table)).body
    assert isinstance(node, ast.ClassDef)
    return {
        field.target.id: " ".join(str(doc.value.value).split())
        for field, doc in zip(node.body, node.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        and isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant)
    }  # fmt: skip
