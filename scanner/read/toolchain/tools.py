"""Languages and tools as version managers name them, and as the rules do: pkg:generic/python@3.12."""

import re

from scanner.model import Component, Scope
from scanner.read.source import Source

LANGUAGES = {
    "bun": "bun", "crystal": "crystal", "dart": "dart", "deno": "deno", "dotnet": "dotnet", "dotnet-core": "dotnet",
    "elixir": "elixir", "erlang": "erlang", "flutter": "flutter", "go": "go", "golang": "go", "groovy": "groovy",
    "haskell": "ghc", "ghc": "ghc", "java": "openjdk", "julia": "julia", "kotlin": "kotlin", "lua": "lua",
    "node": "node", "nodejs": "node", "node-js": "node", "nim": "nim", "ocaml": "ocaml", "perl": "perl", "php": "php",
    "python": "python", "r": "r", "ruby": "ruby", "rust": "rust", "scala": "scala", "swift": "swift", "zig": "zig",
}  # fmt: skip
"""What a program runs on; anything else is a tool that builds or deploys it."""
DATABASES = {"postgres": "postgresql", "postgresql": "postgresql", "mysql": "mysql", "redis": "redis"}
OTHERS = {"jruby": "jruby", "truffleruby": "truffleruby", "pypy": "pypy", "graalpy": "graalpy", "mruby": "mruby"}
"""Implementations that stand where a version is expected: "pypy3.10-7.3.17"."""
VERSION = re.compile(r"v?(\d[\w.+-]*)$")
NAMED = re.compile(r"([a-z][a-z_-]*?)-?(\d[\w.+-]*)$", re.IGNORECASE)
CHANNELS = ("nightly", "beta", "canary")
"""A date after one of these is no version."""
TOOL = re.compile(r"[A-Za-z0-9][\w.-]*$")


def component(source: Source, tool: str, written: str, line: int | None) -> Component:
    """The language or tool that a version manager is to take. An alias ("lts/*", "system", "latest") is no version."""
    name = LANGUAGES.get(tool) or DATABASES.get(tool) or tool
    scope: Scope = "runtime" if tool in LANGUAGES or tool in DATABASES else "build"
    written = written.strip().removeprefix("prefix:")
    match, named = VERSION.match(written), NAMED.match(written)
    if named and named[1].lower() in CHANNELS:
        named = None
    if named and not match:  # "ruby-3.3.0", "temurin-21.0.2+13", "pypy3.10-7.3.17"
        name = OTHERS.get(named[1].lower(), name)
    version = match[1] if match else named[2] if named else None
    return source.component("generic", name, version, line=line, scope=scope, direct=True)
