"""outlast.toml, or [tool.outlast] in pyproject.toml, of the working directory or named by --config.

Never that of a scanned tree: a repository under scan does not decide where requests go.
"""

import datetime
import difflib
import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import msgspec

from scanner.errors import ConfigError
from scanner.model import Criticality, MitigationKind

Text = Annotated[str, msgspec.Meta(min_length=1)]
FILES = ("outlast.toml", "pyproject.toml")


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """What every table of the file is."""


class ScanTable(Table, kw_only=True):
    """[scan]: defaults of `outlast scan`."""

    exclude: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    offline: bool = False
    fail_on: Literal["flagged", "watch", "unknown", "never"] = "never"


class CacheTable(Table, kw_only=True):
    """[cache]: how long a registry's answer is fresh."""

    ttl_hours: float = 24


class ServiceTable(Table, kw_only=True):
    """[[service]]: a service of the business, how much hangs on it, and what it relies on."""

    name: Text
    criticality: Criticality
    uses: tuple[Text, ...]
    """purls with or without a trailing *, "technology:ID", or globs of the paths that declare a component."""


class MitigationTable(Table, kw_only=True):
    """[[mitigation]]: what was done about the loss of a technology's actor."""

    technology: Text
    kind: MitigationKind
    note: str = ""
    owner: str = ""
    until: datetime.date | None = None
    """The last day on which it counts."""


class File(Table, kw_only=True):
    """The whole file."""

    scan: ScanTable = ScanTable()
    registries: dict[str, str] = {}
    """purl type to base address, as in `pypi = "https://registry.example/pypi"`."""
    cache: CacheTable = CacheTable()
    service: tuple[ServiceTable, ...] = ()
    mitigation: tuple[MitigationTable, ...] = ()


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The configuration in force: the file, and where it was found."""

    file: File = File()
    path: Path | None = None

    @property
    def exclude(self) -> Sequence[str]:
        """Globs of paths that are not walked."""
        return self.file.scan.exclude

    @property
    def rules(self) -> Sequence[Path]:
        """Overlay directories of rules, relative to the file."""
        folder = self.path.parent if self.path else Path()
        return [folder / name for name in self.file.scan.rules]

    @property
    def cache(self) -> Path:
        """The cache directory: OUTLAST_CACHE_DIR, else the platform's."""
        if named := os.environ.get("OUTLAST_CACHE_DIR"):
            return Path(named)
        from platformdirs import user_cache_path

        return user_cache_path("outlast", appauthor=False)


def load(path: Path | None = None, folder: Path = Path()) -> Config:
    """The configuration in `path`, else the one in `folder`, else the defaults.

    Raises ConfigError naming file, line and key, with the nearest valid word.
    """
    if path is not None:
        return Config(file=_read(path, required=True) or File(), path=path)
    for name in FILES:
        found = folder / name
        if found.is_file() and (file := _read(found, required=False)) is not None:
            return Config(file=file, path=found)
    return Config()


def _read(path: Path, *, required: bool) -> File | None:
    try:
        text = path.read_text("utf-8")
        content: dict[str, Any] = tomllib.loads(text)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file") from error
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        if not required and path.name != "outlast.toml":
            return None
        raise ConfigError(f"{path}: {error}") from error
    if path.name == "pyproject.toml":
        tool = content.get("tool", {})
        if "outlast" not in tool:
            return None
        content = tool["outlast"]
    try:
        return msgspec.convert(content, File)
    except msgspec.ValidationError as error:
        _explain(path, text, str(error))


def _explain(path: Path, text: str, message: str) -> NoReturn:
    """msgspec says what and where ("... - at `$.scan`"); a user wants the line, and the word that was meant."""
    what, _, place = message.partition(" - at `$")
    key = place.rstrip("`").strip(".")
    if unknown := re.search(r"unknown field `([^`]+)`", what):
        word = unknown[1]
        near = difflib.get_close_matches(word, _known(key), n=1)
        known = ", ".join(_known(key))
        raise ConfigError(
            f"{path}:{_line(text, word)}: unknown key {word!r}{f' in [{key}]' if key else ''}; "
            + (f"did you mean {near[0]!r}?" if near else f"known are: {known}")
        )
    last = re.sub(r"\[.*", "", key.rpartition(".")[2])
    raise ConfigError(f"{path}:{_line(text, last)}: {key}: {what[:1].lower()}{what[1:]}")


def _known(key: str) -> list[str]:
    table: Any = File
    for part in key.split(".") if key else ():
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(table)}
        table = fields.get(part.partition("[")[0], File)
    return [field.encode_name for field in msgspec.structs.fields(table)]


def _line(text: str, word: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf'\s*(\[+[^\]]*\b)?["\']?{re.escape(word)}\b', line):
            return number
    return 1
