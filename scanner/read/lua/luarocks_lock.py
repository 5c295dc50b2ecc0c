"""luarocks.lock of LuaRocks: a table of Lua.

Format: https://github.com/luarocks/luarocks/blob/main/docs/pinning_versions_with_a_lock_file.md
"""

import re
from collections.abc import Iterator

from scanner.model import Component, Scope
from scanner.read.source import Source

FILES = ("luarocks.lock",)
CARRIES = frozenset({"scope", "lines"})
TOKEN = re.compile(
    r"--[^\n]*|(?P<table>(?:build_|test_)?dependencies)\s*=\s*\{"
    r"|(?:\[\s*[\"'](?P<quoted>[\w.-]+)[\"']\s*\]|(?<!\w)(?P<bare>[A-Za-z_]\w*+))"
    r"\s*+=\s*[\"'](?P<version>[^\"'\n]*)[\"']"
)
SCOPES: dict[str, Scope] = {"dependencies": "runtime", "build_dependencies": "build", "test_dependencies": "test"}
LANGUAGE = "lua"


def read(source: Source) -> Iterator[Component]:
    """Every pinned rock but Lua itself, at its version without the revision of its rockspec."""
    text = source.text
    if not re.search(r"^[ \t]*return\b[ \t]*\{", text, re.MULTILINE):
        source.error("returns no table")
    scope: Scope = "runtime"
    line, last = 1, 0
    for match in TOKEN.finditer(text):
        line, last = line + text.count("\n", last, match.start()), match.start()
        name = match["quoted"] or match["bare"]
        if match["table"]:
            scope = SCOPES[match["table"]]
        elif name and name != LANGUAGE:
            yield source.component("luarocks", name, match["version"] or None, line=line, scope=scope)
