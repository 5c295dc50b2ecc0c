"""DuckDB as the store uses it: opened with care, typed by the structs that go in, and never on the network.

https://duckdb.org/docs/stable/clients/python/overview; extensions that a query would like are not fetched.
"""

import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

import msgspec

from scanner.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VERSION = 1
SCHEMA = Path(__file__).parent / "schema.sql"
CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "256MB",  # what is more goes to disk
}
TYPES: dict[object, str] = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN", float: "DOUBLE"}


def connect(path: Path, *, read_only: bool) -> "DuckDBPyConnection":
    """The store at `path`; to write it is made where there is none. Raises UsageError."""
    if read_only and not path.exists():
        raise UsageError(f"{path}: no such store; `outlast batch SOURCE… --store {path}` makes one")
    duckdb = _duckdb()
    try:
        connection: DuckDBPyConnection = duckdb.connect(str(path), read_only=read_only, config=CONFIG)
    except duckdb.Error as error:
        raise UsageError(f"{path}: {_said(error)}") from error
    try:
        _check(connection, path)
    except UsageError:
        connection.close()
        raise
    return connection


def _check(connection: "DuckDBPyConnection", path: Path) -> None:
    """A new file gets its tables; one of another version, or of something else, is refused."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        with transaction(connection, path):
            connection.execute(SCHEMA.read_text("utf-8"))
        return
    found = connection.execute("SELECT version FROM store").fetchall() if "store" in tables else []
    if found != [(VERSION,)]:
        what = f"a store of version {found[0][0]}, and this outlast reads {VERSION}" if found else "no store of outlast"
        raise UsageError(f"{path}: is {what}")


@contextmanager
def transaction(connection: "DuckDBPyConnection", path: Path) -> Iterator[None]:
    """All or nothing. Raises UsageError where the disk is full or the file cannot be written."""
    duckdb = _duckdb()
    try:
        connection.execute("BEGIN")
        yield
        connection.execute("COMMIT")
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException) as error:
        raise UsageError(f"{path}: cannot be written: {_said(error)}") from error
    except BaseException:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C in the middle of a query is Ctrl-C; DuckDB makes a RuntimeError of it."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


@contextmanager
def complaints(path: Path) -> Iterator[None]:
    """What DuckDB has against a query, as a UsageError."""
    duckdb = _duckdb()
    try:
        yield
    except duckdb.Error as error:
        raise UsageError(f"{path}: {_said(error)}") from error


def stage(connection: "DuckDBPyConnection", lines: Sequence[str], type: type[msgspec.Struct]) -> None:
    """The values of lines of JSON as rows of the temporary table `staged`."""
    rows = "SELECT unnest(from_json(line, ?)) FROM (SELECT unnest(?::VARCHAR[]) AS line)"
    structure = msgspec.json.encode(_structure(type)).decode()
    connection.execute(f"CREATE OR REPLACE TEMP TABLE staged AS {rows}", [structure, list(lines)])


@cache
def _structure(type: Any) -> Any:
    """A type of ours as DuckDB's from_json wants it. https://duckdb.org/docs/stable/data/json/json_functions"""
    arguments = [argument for argument in get_args(type) if argument is not types.NoneType]
    if get_origin(type) in (types.UnionType, Union):
        return _structure(arguments[0])
    if get_origin(type) is Literal:
        return "VARCHAR"
    if get_origin(type) is tuple:
        return [_structure(arguments[0])]
    if type in TYPES:
        return TYPES[type]
    return {field.name: _structure(field.type) for field in msgspec.structs.fields(type)}


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise UsageError("a portfolio needs DuckDB: pip install 'outlast[batch]'") from error
    return duckdb


def _said(error: Exception) -> str:
    """Its first sentence, without the error's class."""
    return str(error).partition("\n")[0].partition("Error: ")[2] or str(error)
