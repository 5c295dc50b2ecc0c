"""The curated rules: what is known about technologies and the actors behind them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import get_args

import msgspec

from scanner.errors import RuleError, UsageError
from scanner.model import Binding, Relation
from scanner.rulebook.globs import Globs
from scanner.rulebook.index import ANY_FILE, Entry, Index, open_index
from scanner.rulebook.record import ActorRecord

__all__ = ["Entry", "Rulebook", "open_rulebook", "shipped"]
BUCKET = 3
"""First letters of a name by which prefixes are looked for."""
LONGEST_KEY = 200
"""Letters of a word in a file that its patterns are looked for by."""
OWN = "outlast:file:"
"""Before relation and id of a technology, in the bills that outlast writes."""
_RELATIONS: tuple[Relation, ...] = get_args(Relation)
_FAMILY = {"runs-on": 1, "comes-from": 2}


def shipped() -> Path:
    """Where the project's own records are: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def open_rulebook(overlays: Sequence[Path] = (), cache: Path | None = None) -> "Rulebook":
    """The shipped records with `overlays` on top, later ones winning by id.

    Raises RuleError where an overlay does not exist or a record is broken.
    """
    for overlay in overlays:
        if not overlay.is_dir():
            raise RuleError(f"{overlay}: no such directory of rules")
    return Rulebook(open_index([shipped(), *overlays], cache))


class Rulebook:
    """Look-ups in the compiled index. Everything it returns is frozen."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._bindings: dict[str, tuple[Binding, ...]] = {}
        self._packages: dict[str, dict[str, int]] = {}
        self._entries: dict[str, Entry] = {}
        self._actors: dict[str, ActorRecord] = {}
        self._lengths = _lengths(index.prefixes)
        self._merged: dict[tuple[int, ...], tuple[Binding, ...]] = {}

    def __len__(self) -> int:
        return len(self.index.technologies)

    def __contains__(self, id: str) -> bool:
        return id in self.index.technologies

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all technologies, sorted."""
        return tuple(sorted(self.index.technologies))

    @cached_property
    def actor_ids(self) -> tuple[str, ...]:
        """The ids of all actors, sorted."""
        return tuple(sorted(self.index.actors))

    def bindings(self, key: str) -> tuple[Binding, ...]:
        """The technologies that a package implies, sorted; `key` as scanner.purl.key makes it.

        What it uses, implements or extends, what it runs on and where it comes from are told apart: of each, the
        most specific pattern wins.
        """
        found = self._bindings.get(key)
        if found is None:
            found = self._bindings[key] = self._look_up(key)
        return found

    def forget(self) -> None:
        """Let go of the packages looked up so far: a batch meets more of them than memory should hold."""
        self._bindings.clear()

    def file_bindings(self, path: str) -> tuple[Binding, ...]:
        """The technologies that the presence of a file implies, sorted; `path` relative to the project."""
        hits = [self.index.groups[self.index.files[glob]] for glob in self._globs.matching(path)]
        return tuple(sorted({binding for bindings in hits for binding in bindings}))

    def key_bindings(self, path: str, key: str) -> tuple[Binding, ...]:
        """The technologies that a word inside a file implies, sorted; of several patterns the most specific."""
        if key.startswith(OWN):
            return self._own(key)
        found: set[Binding] = set()
        for glob in (ANY_FILE, *self._key_globs.matching(path)):
            patterns = self.index.keys.get(glob, {})
            near = (key, *(f"{key[:length]}*" for length in range(min(len(key), LONGEST_KEY), 0, -1)))
            hit = next((patterns[pattern] for pattern in near if pattern in patterns), None)
            found.update(() if hit is None else self.index.groups[hit])
        return tuple(sorted(found))

    def _own(self, key: str) -> tuple[Binding, ...]:
        """What a bill of outlast says of a file, where the rules know the technology: docs/cyclonedx.md."""
        relation, _, id = key.removeprefix(OWN).partition(":")
        return tuple(Binding(id=id, relation=known) for known in _RELATIONS if known == relation and id in self)

    @cached_property
    def _globs(self) -> Globs:
        return Globs(self.index.files)

    @cached_property
    def _key_globs(self) -> Globs:
        return Globs(glob for glob in self.index.keys if glob != ANY_FILE)

    def technology(self, id: str) -> Entry:
        """One technology's record. Raises KeyError."""
        entry = self._entries.get(id)
        if entry is None:
            entry = self._entries[id] = msgspec.msgpack.decode(self.index.technologies[id], type=Entry)
        return entry

    def name(self, id: str) -> str:
        """A technology's name; its id where there is no record of it."""
        return self.technology(id).record.name if id in self else id

    def actor(self, id: str) -> ActorRecord:
        """One actor's record. Raises KeyError."""
        actor = self._actors.get(id)
        if actor is None:
            actor = self._actors[id] = msgspec.msgpack.decode(self.index.actors[id], type=ActorRecord)
        return actor

    def find(self, words: str) -> str:
        """The id of the technology with this id or name, in any case. Raises UsageError naming what comes near."""
        wanted = words.strip().lower()
        if wanted in self:
            return wanted
        names = {self.technology(id).record.name.lower(): id for id in self.ids}
        if wanted in names:
            return names[wanted]
        raise UsageError(f"no technology {words!r} in the rules{self.near(wanted)}")

    def near(self, words: str) -> str:
        """The ids that come near to a word, as the end of an error message; nothing where none does."""
        from difflib import get_close_matches

        names = {self.technology(id).record.name.lower(): id for id in self.ids}
        found = get_close_matches(words, [*self.ids, *names], n=3)
        found += [id for id in self.ids if words in id][:3]
        ids = ", ".join(dict.fromkeys(names.get(word, word) for word in found))
        return f"; did you mean {ids}?" if ids else ""

    def owner(self, id: str) -> str:
        """The end of an actor's parent chain; the actor itself where it has no parent."""
        return self.index.owners.get(id, id)

    @property
    def owners(self) -> Mapping[str, str]:
        """The end of every actor's parent chain, by id."""
        return self.index.owners

    def chain(self, id: str) -> tuple[str, ...]:
        """An actor and those that own it, nearest first."""
        chain = [id]
        while (parent := self.actor(chain[-1]).parent) is not None:
            chain.append(parent)
        return tuple(chain)

    def _look_up(self, key: str) -> tuple[Binding, ...]:
        prefixes = self.index.prefixes
        root = key.find("/") + 1
        buckets = (self._lengths.get(key[: root + BUCKET]), self._lengths.get(key[:root]))
        type = key[: root - 1]
        packages = self._packages.get(type)
        if packages is None:
            packages = self._packages[type] = self.index.packages(type)
        levels = [packages.get(key)]
        levels += [
            prefixes.get(key[:length]) for lengths in buckets if lengths for length in lengths if length <= len(key)
        ]
        hits = tuple(level for level in levels if level is not None)
        if hits not in self._merged:  # few packages differ in them
            self._merged[hits] = self._merge(hits)
        return self._merged[hits]

    def _merge(self, levels: tuple[int, ...]) -> tuple[Binding, ...]:
        """What the groups of these numbers say, the most specific first."""
        taken: set[int] = set()
        found: list[Binding] = []
        for level in levels:
            fresh = [binding for binding in self.index.groups[level] if _FAMILY.get(binding.relation, 0) not in taken]
            found += fresh
            taken |= {_FAMILY.get(binding.relation, 0) for binding in fresh}
        return tuple(sorted(found))


def _lengths(prefixes: Iterable[str]) -> dict[str, list[int]]:
    """The lengths of the prefixes, longest first, by their type and first letters, so that a look-up tries few."""
    found: dict[str, set[int]] = {}
    for prefix in prefixes:
        root = prefix.find("/") + 1
        bucket = prefix[: root + BUCKET] if len(prefix) >= root + BUCKET else prefix[:root]
        found.setdefault(bucket, set()).add(len(prefix))
    return {bucket: sorted(lengths, reverse=True) for bucket, lengths in found.items()}
