"""outlast.toml, or [tool.outlast] in pyproject.toml, of the working directory or named by --config.

No other: a repository that is scanned from elsewhere does not decide where requests go.
"""

import datetime
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from scanner.errors import ConfigError
from scanner.model import Concern, Criticality, Effect, Kind, MitigationKind, Scope, Threshold

Text = Annotated[str, msgspec.Meta(min_length=1)]
Some = Text | tuple[Text, ...]
"""One word, or a list of alternatives."""
FILES = ("outlast.toml", "pyproject.toml")
SQUARE = 10_000_000
"""What tomllib may take for keys of many parts: memory and time grow with the square of their dots."""
BASELINE = "outlast-baseline.json"
"""What `outlast baseline write` writes, and what is taken where the configuration names no other."""


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """What every table of the file is."""


class ScanTable(Table, frozen=True, kw_only=True):
    """[scan]: defaults of `outlast scan`."""

    exclude: tuple[str, ...] = ()
    """Globs of paths that are not read, as with --exclude."""
    rules: tuple[str, ...] = ()
    """Directories of a company's own rule records, relative to this file; later ones win."""
    offline: bool = False
    """Open no connection, as with --offline."""
    fail_on: Literal["flagged", "watch", "unknown", "never"] = "never"
    """The verdict from which `outlast scan` ends with exit code 1."""
    baseline: Text | None = None
    """The file that says what is known already; `outlast-baseline.json` beside this file, if there is one."""


class CacheTable(Table, frozen=True, kw_only=True):
    """[cache]: how long a registry's answer is fresh."""

    ttl_hours: float = 24
    """After as many hours a registry is asked whether its answer still holds."""


class ServiceTable(Table, frozen=True, kw_only=True):
    """[[service]]: a service of the business, how much hangs on it, and what it relies on."""

    name: Text
    """As people call it."""
    criticality: Criticality
    """What hangs on it: severity 5, 4 or 2 for all that it uses."""
    uses: tuple[Text, ...]
    """purls with or without a trailing *, "technology:ID", or globs of the paths that declare a component."""


class MitigationTable(Table, frozen=True, kw_only=True):
    """[[mitigation]]: what was done about the loss of a technology's actor."""

    technology: Text
    """Its id."""
    kind: MitigationKind
    """What was done; docs/method.md has what each does to the risk."""
    note: str = ""
    """What exactly was done."""
    owner: str = ""
    """Who answers for it."""
    until: datetime.date | None = None
    """The last day on which it counts."""


class PolicyTable(Table, frozen=True, kw_only=True):
    """[[policy]]: a rule. Every condition in it has to hold, of a list one entry; the first rule that fits decides."""

    name: Text
    """Said with every finding, and what an exception names."""
    effect: Effect = "deny"
    """`warn` is a finding that fails nothing; `allow` is none, and ends the search for a rule."""
    because: str = ""
    """Said with every finding."""
    verdict: Threshold | None = None
    """This verdict or a worse one; of a package that of its custody."""
    severity: Annotated[int, msgspec.Meta(ge=1, le=5)] | None = None
    """At least this grave."""
    service: Some = ()
    """Names of [[service]] tables that rely on it."""
    scope: Scope | tuple[Scope, ...] = ()
    """What the package, or any package of the technology, is there for."""
    kind: Kind | tuple[Kind, ...] = ()
    """What the technology is."""
    technology: Some = ()
    """Ids or globs of ids."""
    actor: Some = ()
    """Ids of actors that hold the technology, themselves or through what they own."""
    jurisdiction: Some = ()
    """ISO 3166-1 alpha-2 codes, "international" or "unknown", of those actors."""
    package: Some = ()
    """purls or globs of purls; without a version any version."""
    direct: bool | None = None
    """Whether the project itself asks for the package."""
    licence: Some = ()
    """ "open", "not-open", "unknown", or globs of SPDX identifiers."""
    custody: Concern | tuple[Concern, ...] = ()
    """What the registry says of the package that holds it."""
    age: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """Months since the last release, at least."""


class ExceptionTable(Table, frozen=True, kw_only=True):
    """[[exception]]: what a rule may let pass for a while, why, and who answers for it."""

    reason: Text
    """Why it may pass."""
    owner: Text
    """Who answers for it."""
    until: datetime.date
    """The last day on which it counts."""
    technology: Some = ()
    """Ids or globs of ids."""
    package: Some = ()
    """purls or globs of purls; without a version any version."""
    rule: Some = ()
    """Names of [[policy]] tables; all where it names none."""


class File(Table, frozen=True, kw_only=True):
    """The whole file."""

    scan: ScanTable = ScanTable()
    registries: dict[str, str] = {}
    """purl type to base address, as in `pypi = "https://registry.example/pypi"`."""
    cache: CacheTable = CacheTable()
    service: tuple[ServiceTable, ...] = ()
    mitigation: tuple[MitigationTable, ...] = ()
    policy: tuple[PolicyTable, ...] = ()
    exception: tuple[ExceptionTable, ...] = ()


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
        return [self.folder / name for name in self.file.scan.rules]

    @property
    def baseline(self) -> Path | None:
        """The baseline in force, if any, relative to the file."""
        named = self.file.scan.baseline
        path = self.folder / (named or BASELINE)
        return path if named or path.is_file() else None

    @property
    def folder(self) -> Path:
        """Where the file is; the working directory where there is none."""
        return self.path.parent if self.path else Path()

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


def _decode(text: str) -> dict[str, Any]:
    import tomllib

    if sum(line.count(".") ** 2 for line in text.splitlines()) > SQUARE:
        raise RecursionError
    return tomllib.loads(text)


def _read(path: Path, *, required: bool) -> File | None:
    import tomllib

    try:
        text = path.read_text("utf-8")
        content = _decode(text)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file") from error
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        if not required and path.name != "outlast.toml":
            return None
        raise ConfigError(f"{path}: {'nested too deep' if isinstance(error, RecursionError) else error}") from error
    if path.name == "pyproject.toml":
        tool = content.get("tool", {})
        if "outlast" not in tool:
            return None
        content = tool["outlast"]
    try:
        return msgspec.convert(content, File)
    except msgspec.ValidationError as error:
        from scanner.config_errors import explain

        raise explain(path, text, error, File) from error
