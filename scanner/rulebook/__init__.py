"""The curated rules: what is known about technologies and the actors behind them."""

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from scanner.errors import RuleError, UsageError
from scanner.model import Binding
from scanner.rulebook.index import Bindings, Entry, Index, open_index
from scanner.rulebook.record import ActorRecord

__all__ = ["Entry", "Rulebook", "open_rulebook", "shipped"]
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
        self._entries: dict[str, Entry] = {}
        self._actors: dict[str, ActorRecord] = {}
        self._lengths: dict[str, list[int]] = {}
        for prefix in index.prefixes:
            lengths = self._lengths.setdefault(prefix.partition("/")[0], [])
            if len(prefix) not in lengths:
                lengths.append(len(prefix))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

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

    def file_bindings(self, path: str) -> tuple[Binding, ...]:
        """The technologies that the presence of a file implies, sorted; `path` relative to the project."""
        if not self._any_file.match(path):
            return ()
        hits = [bindings for pattern, bindings in self._files if pattern.match(path)]
        return tuple(sorted({binding for bindings in hits for binding in bindings}))

    @cached_property
    def _files(self) -> list[tuple[re.Pattern[str], Bindings]]:
        return [(re.compile(_regex(glob)), bindings) for glob, bindings in self.index.files.items()]

    @cached_property
    def _any_file(self) -> re.Pattern[str]:
        return re.compile("|".join(_regex(glob) for glob in self.index.files) or r"(?!)")

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
        names = {self.technology(id).record.name.lower(): id for id in self.ids}
        found = difflib.get_close_matches(words, [*self.ids, *names], n=3)
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
        levels = [self.index.exact.get(key)]
        levels += [
            prefixes.get(key[:length]) for length in self._lengths.get(key.partition("/")[0], ()) if length <= len(key)
        ]
        taken: set[int] = set()
        found: list[Binding] = []
        for level in levels:
            if level:
                fresh = [binding for binding in level if _FAMILY.get(binding.relation, 0) not in taken]
                found += fresh
                taken |= {_FAMILY.get(binding.relation, 0) for binding in fresh}
        return tuple(sorted(found))


def _regex(glob: str) -> str:
    """A glob as in .gitignore files: `*` and `?` stop at slashes, `**/` is any folder or none."""
    parts = re.split(r"(\*\*/|\*|\?)", glob)
    signs = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "".join(signs.get(part, re.escape(part)) for part in parts) + r"\Z"
