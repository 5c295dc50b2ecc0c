"""Read rule records from their YAML files, strictly."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from scanner.errors import RuleError
from scanner.rulebook.record import ActorRecord, TechnologyRecord

R = TypeVar("R", TechnologyRecord, ActorRecord)


def technologies(root: Path) -> Iterator[tuple[Path, TechnologyRecord]]:
    """Every technology record below `root`, in order of path. Raises RuleError naming file and field."""
    return ((path, technology(path)) for path in sorted((root / "technologies").rglob("*.yaml")))


def actors(root: Path) -> Iterator[tuple[Path, ActorRecord]]:
    """Every actor record below `root`, in order of path. Raises RuleError naming file and field."""
    return ((path, actor(path)) for path in sorted((root / "actors").glob("*.yaml")))


def technology(path: Path) -> TechnologyRecord:
    """One technology record. Raises RuleError naming file and field."""
    return _decode(path, TechnologyRecord)


def actor(path: Path) -> ActorRecord:
    """One actor record. Raises RuleError naming file and field."""
    return _decode(path, ActorRecord)


def _decode(path: Path, record: type[R]) -> R:
    import yaml

    try:
        return msgspec.yaml.decode(path.read_bytes(), type=record)
    except (msgspec.MsgspecError, yaml.YAMLError, ValueError, OSError) as error:
        raise RuleError(f"{path}: {' '.join(str(error).split())}") from error
