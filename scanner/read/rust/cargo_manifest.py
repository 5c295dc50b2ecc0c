"""Cargo.toml without a lockfile: what a crate asks for.

Format: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
"""

import re
from collections.abc import Iterator

from scanner.model import SCOPES, Component, Scope
from scanner.read import unlocked
from scanner.read.rust import cargo_toml
from scanner.read.source import Source

FILES = ("Cargo.toml",)
NAME = "cargo-toml"
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("Cargo.lock",)
LINE = r"^[ \t]*(?:\[(?:[\w.'\"()= -]+\.)?(?:dev-|build-)?dependencies\.)?([A-Za-z][\w-]*)[ \t]*(?:[=.]|\])"
EXACT = re.compile(r"=\s*(\d+\.\d+\.\d+[\w.+-]*)$")


def read(source: Source) -> Iterator[Component]:
    """Nothing where a lockfile, beside it or that of a workspace above, tells more. "1.2.3" is a range: any 1.x."""
    if unlocked.has_lock(source, LOCKS):
        return
    lines = source.lines(LINE)
    wanted: dict[str, tuple[Scope, str | None, str]] = {}
    for scope, written, wish in cargo_toml.wishes(source.toml(cargo_toml.Manifest)):
        if isinstance(wish, cargo_toml.Wish) and wish.path:
            continue
        name = wish.package or written if isinstance(wish, cargo_toml.Wish) else written
        version = wish.version if isinstance(wish, cargo_toml.Wish) else wish
        exact = EXACT.match(version or "")
        if name not in wanted or SCOPES.index(scope) < SCOPES.index(wanted[name][0]):
            wanted[name] = (scope, exact[1] if exact else None, written)
    for name, (scope, pinned, written) in wanted.items():
        yield source.component("cargo", name, pinned, line=lines.get(written), scope=scope, direct=True)
    unlocked.gap(source, len(wanted))
