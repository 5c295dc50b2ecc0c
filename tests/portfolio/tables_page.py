"""The tables and views of the store, for docs/portfolio.md: what the comments of schema.sql say."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from scanner.portfolio.database import connect

TYPES = {"UTINYINT": "0–255", "VARCHAR": "text", "VARCHAR[]": "list of text", "BIGINT": "integer"}


def reference() -> str:
    """A section a table, then the views."""
    with TemporaryDirectory() as folder, closing(connect(Path(folder) / "store.duckdb", read_only=False)) as store:
        tables = store.execute("SELECT table_name, comment FROM duckdb_tables() ORDER BY table_oid").fetchall()
        columns = store.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() ORDER BY table_oid, column_index"
        ).fetchall()
        views = store.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_oid"
        ).fetchall()
    parts = []
    for table, comment in tables:
        rows = [f"| `{name}` | {_type(type)} | {what} |" for of, name, type, what in columns if of == table]
        parts.append("\n".join([f"### {table}", comment, "", "| column | type | what it is |", "|---|---|---|", *rows]))
    rows = [f"| `{name}` | {comment} |" for name, comment in views]
    parts.append("\n".join(["### Views", "", "| view | what it shows |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def _type(type: str) -> str:
    return TYPES.get(type, type.lower())
