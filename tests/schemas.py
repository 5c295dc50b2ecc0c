"""Rewrite the published JSON Schemas from the types that they describe: python -m tests.schemas."""

from pathlib import Path

from scanner.report.json import schema
from scanner.rulebook.schema import schemas

ROOT = Path(__file__).resolve().parent.parent


def published() -> dict[Path, bytes]:
    """Every schema file of the repository with the content that it should have."""
    return {ROOT / "docs" / "scan.schema.json": schema()} | {
        ROOT / "rules" / "schema" / name: content for name, content in schemas().items()
    }


if __name__ == "__main__":
    for path, content in published().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
