"""Report: a scan in every form that people and machines read, one module a format, found by its name."""

import importlib
import os
from pathlib import Path

from scanner.errors import UsageError
from scanner.model import Scan

FOR_PEOPLE = ("text", "html", "markdown")
"""Formats that are said in the language of their reader; those for machines are the same in all."""
FORMATS = ("text", "json", "html", "sarif", "cyclonedx", "markdown", "csv", "register", "codequality")


def render(scan: Scan, format: str, lang: str = "en") -> str:
    """The report in one of FORMATS."""
    module = importlib.import_module(f"scanner.report.{format}")
    text: str = module.render(scan, lang=lang) if format in FOR_PEOPLE else module.render(scan)
    return text


def write(path: Path, text: str) -> None:
    """Write a report whole or not at all. Raises UsageError where the place does not take it."""
    import tempfile

    folder = path.parent
    part = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, prefix=f".{path.name}.", delete=False
        ) as file:
            part = Path(file.name)
            file.write(text)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        part.chmod(mode)
        part.replace(path)
    except OSError as error:
        if part:
            part.unlink(missing_ok=True)
        hint = "" if folder.is_dir() else f"; make the folder {folder} first"
        raise UsageError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}{hint}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
