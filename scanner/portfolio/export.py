"""Every table of a store as a file: Parquet for other databases, CSV for spreadsheets.

No cell of the CSV is a formula (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import UsageError
from scanner.report.register import cell

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS = ("parquet", "csv")
MANY = 4096


def export(connection: "DuckDBPyConnection", folder: Path, format: str) -> list[Path]:
    """A file a table in `folder`, each written whole or not at all. Raises UsageError."""
    tables = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE table_name <> 'store' ORDER BY 1"
    ).fetchall()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [
            _export(connection, table, folder / f"{table}.{format}", format) for (table,) in tables if table != "store"
        ]
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}") from error


def _export(connection: "DuckDBPyConnection", table: str, path: Path, format: str) -> Path:
    part = path.with_name(f".{path.name}")
    try:
        if format == "parquet":
            target = str(part).replace("'", "''")
            rows = f"SELECT * FROM {table} ORDER BY ALL"  # noqa: S608 - a table of the schema
            connection.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet)")
        else:
            _write(connection, table, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _write(connection: "DuckDBPyConnection", table: str, path: Path) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM {table} ORDER BY ALL")  # noqa: S608 - a table of the schema
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column[0] for column in cursor.description or ()])
        while rows := cursor.fetchmany(MANY):
            writer.writerows(
                [cell("; ".join(value) if isinstance(value, list) else value) for value in row] for row in rows
            )
