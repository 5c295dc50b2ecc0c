"""rebar.lock of Rebar3.

Format: https://rebar3.org/docs/configuration/dependencies/#lock-files (Erlang terms)
"""

import re
from collections.abc import Iterator, Mapping

from scanner.model import Component
from scanner.read import registry
from scanner.read.source import Source

FILES = ("rebar.lock",)
CARRIES = frozenset({"direct", "lines", "hashes"})

STRING = re.compile(r"\"(?:[^\"\\]|\\.)*+(?:\"|\\?\Z)", re.DOTALL)
ENTRY = re.compile(
    r"\{<<\"([^\"]+)\">>,\s*\{(?:pkg,<<\"([^\"]+)\">>,\s*<<\"([^\"]+)\">>[^{}]*"
    r"|(git|hg|git_subdir),\s*\"([^\"]+)\",\s*\{\w+,\s*\"([^\"]+)\"\}[^{}]*)\},\s*(\d+)\}"
)
HASHES = re.compile(r"\{pkg_hash(?:_ext)?,\s*\[([^\[\]]*)\]")
HASH = re.compile(r"<<\"([^\"]+)\">>,\s*<<\"([0-9A-Fa-f]+)\">>")
LINE = r"\{<<\"([^\"]+)\">>,\s*\{(?:pkg|git|hg|git_subdir)"


def read(source: Source) -> Iterator[Component]:
    """Every locked package; those of level 0 are direct."""
    text = source.text
    bare = STRING.sub("", text)
    if not bare.rstrip().endswith(".") or any(bare.count(a) != bare.count(b) for a, b in ("[]", "{}")):
        source.error("is no Erlang term")
    lines = source.lines(LINE)
    hashes = {name: hash.lower() for block in HASHES.findall(text) for name, hash in HASH.findall(block)}
    for match in ENTRY.finditer(text):
        name, real, version, *_, level = match.groups()
        yield source.component(
            "hex",
            real or name,
            version,
            line=lines.get(name),
            direct=level == "0",
            hashes=(f"sha256:{hashes[name]}",) if name in hashes else (),
            qualifiers=_origin(match),
        )


def _origin(match: re.Match[str]) -> Mapping[str, str] | None:
    if match[4] == "hg":
        return {"vcs_url": f"hg+{registry.without_secrets(match[5])}@{match[6]}"}
    return registry.git(match[5], match[6]) if match[4] else None
