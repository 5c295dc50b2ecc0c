"""Files of version managers that hold the version of one language: .nvmrc, .python-version, .ruby-version …

Format: https://github.com/nvm-sh/nvm#nvmrc, https://github.com/pyenv/pyenv#python-versions-in-pyenv-version-files,
https://github.com/rbenv/rbenv#choosing-the-ruby-version
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = (
    ".nvmrc", ".node-version", ".python-version", ".ruby-version", ".java-version", ".go-version", ".php-version",
    ".perl-version", ".swift-version", ".bun-version", ".dvmrc", ".terraform-version", ".opentofu-version",
    "rust-toolchain",
)  # fmt: skip
CARRIES = frozenset({"scope", "direct", "lines"})
TOOLS = {".nvmrc": "node", ".dvmrc": "deno", "rust-toolchain": "rust"}
WORD = re.compile(r"[\w.+*/:-]{1,80}$")


def read(source: Source) -> Iterator[Component]:
    """The language at each version named, one a line; of a Rust toolchain file the channel."""
    name = source.path.rpartition("/")[2]
    tool = TOOLS.get(name, name.removeprefix(".").removesuffix("-version"))
    found = False
    for number, text in enumerate(source.text.splitlines(), 1):
        word = text.partition("#")[0].strip()
        channel = re.match(r"channel\s*=\s*[\"']([^\"']+)", word)
        if not word or word.startswith("["):
            continue
        if not channel and tool == "rust" and "=" in word:
            continue
        if not channel and not WORD.match(word):
            source.error("is no version", f"line {number}")
        found = True
        yield tools.component(source, tool, channel[1] if channel else word, number)
    if not found:
        source.error("is empty")
