"""Read rule records from their YAML files, strictly."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from scanner.errors import RuleError
from scanner.rulebook.record import ActorRecord, TechnologyRecord

R = TypeVar("R", TechnologyRecord, ActorRecord)

LONG = 16 * 2**10
"""Bytes that cannot nest deep enough to overflow the stack of libyaml's composer, as 50,000 brackets do."""
MAX_NESTING = 50


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
        data = path.read_bytes()
        if len(data) > LONG and _nesting(data) > MAX_NESTING:
            raise RuleError(f"{path}: is nested too deep")
        return msgspec.yaml.decode(data, type=record)
    except msgspec.ValidationError as error:
        what = " ".join(str(error).replace("Object missing required field", "wants the field").split())
        raise RuleError(f"{path}: {what}; rules/README.md describes every field") from error
    except (msgspec.MsgspecError, yaml.YAMLError, ValueError, OSError) as error:
        raise RuleError(f"{path}: {' '.join(str(error).split())}") from error


def _nesting(data: bytes) -> int:
    """How deep the collections of a YAML document are nested, up to what is too deep; parsing does not recurse."""
    import yaml

    depth = deepest = 0
    for event in yaml.parse(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > MAX_NESTING:
            break
    return deepest
