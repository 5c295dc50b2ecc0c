"""package.json without a lockfile: what a project asks for.

Format: https://docs.npmjs.com/cli/v11/configuring-npm/package-json
"""

import re
from collections.abc import Iterator, Mapping

from scanner.model import Component, Scope
from scanner.read import unlocked
from scanner.read.javascript import manifest
from scanner.read.source import Source

FILES = ("package.json",)
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = (
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock",
    "node_modules/.package-lock.json",
)  # fmt: skip
LINE = r'^[ \t]*"((?:@[\w.-]+/)?[\w.-]+)"[ \t]*:[ \t]*"'
EXACT = re.compile(r"=?v?(\d+\.\d+\.\d+[\w.+-]*)$")
PARTS = ("workspace:", "file:", "link:", "portal:", "catalog:", ".", "/", "~/")
"""Folders of the project; what a catalog names stands in another file."""


class Manifest(manifest.Manifest, rename="camel"):
    name: str | None = None


def read(source: Source) -> Iterator[Component]:
    """Nothing where a lockfile, beside it or that of a workspace above, tells more."""
    if unlocked.has_lock(source, LOCKS):
        return
    file = source.json(Manifest)
    lines = source.lines(LINE)
    wanted = list(_wanted(file))
    for name, wish, scope in wanted:
        package, version = _alias(name, wish)
        exact = EXACT.match(version)
        yield source.component(
            "npm",
            package,
            exact[1] if exact else None,
            line=lines.get(name),
            scope=scope,
            direct=True,
            qualifiers=manifest.origin(version, None) if ":" in version else None,
        )
    unlocked.gap(source, len(wanted))


def _wanted(file: Manifest) -> Iterator[tuple[str, str, Scope]]:
    """Each package once, in its strongest scope."""
    groups: tuple[tuple[Scope, Mapping[str, str]], ...] = (
        ("runtime", {**file.peer_dependencies, **file.dependencies}),
        ("optional", file.optional_dependencies),
        ("development", file.dev_dependencies),
    )
    seen: set[str] = set()
    for scope, group in groups:
        for name, wish in group.items():
            if name not in seen and not wish.startswith(PARTS):
                seen.add(name)
                yield name, wish, scope


def _alias(name: str, wish: str) -> tuple[str, str]:
    """Name and version; "npm:real-name@1.0.0" installs another package under this name."""
    if not wish.startswith("npm:"):
        return name, wish
    package = wish.removeprefix("npm:")
    head, _, version = package[1:].partition("@")
    return package[0:1] + head, version
