"""rust-toolchain.toml of rustup.

Format: https://rust-lang.github.io/rustup/overrides.html#the-toolchain-file
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = ("rust-toolchain.toml",)
CARRIES = frozenset({"direct", "lines"})
LINE = r"^[ \t]*(channel|path)[ \t]*="


class Toolchain(msgspec.Struct):
    channel: str | None = None


class File(msgspec.Struct):
    toolchain: Toolchain


def read(source: Source) -> Iterator[Component]:
    """Rust, at its version where the channel is one; a toolchain at a path is the project's own."""
    channel = source.toml(File).toolchain.channel
    if channel:
        yield tools.component(source, "rust", channel, source.lines(LINE).get("channel"))
