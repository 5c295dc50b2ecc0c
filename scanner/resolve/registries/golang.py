"""Module proxies of Go, first of all the public one.

Protocol: https://go.dev/ref/mod#goproxy-protocol. A proxy tells neither who can publish nor the licence; nor do the
index (https://index.golang.org) and the checksum database, which list versions. deps.dev has the licence (depsdev.py).
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, web

TEXT = "text/plain"


class Origin(msgspec.Struct, rename="pascal"):
    url: str | None = msgspec.field(name="URL", default=None)


class Latest(msgspec.Struct, rename="pascal"):
    version: str
    time: str | None = None
    origin: Origin | None = None


def default() -> str:
    from packageurl.contrib.purl2url import get_download_url

    address: str = get_download_url("pkg:golang/example.com/name@v1.0.0") or ""  # type: ignore[no-untyped-call]
    return address.partition("/example.com/")[0]


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"{_escaped(name)}/@latest"),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """The go.mod of the latest version, where authors deprecate a module and retract versions."""
    if bodies[0] is None or len(bodies) > 1:
        return []
    version = msgspec.json.decode(bodies[0], type=Latest).version
    return [Document(f"{_escaped(name)}/@v/{_escaped(version)}.mod", TEXT)]


def facts(latest: bytes, module: bytes | None = None) -> Record:
    """Of retractions those of single versions; a range would have to be compared with every version in use."""
    told = msgspec.json.decode(latest, type=Latest)
    lines = list(_directives((module or b"").decode()))
    remark = next((remark for word, _, remark in lines if word == "module"), "")
    _, deprecated, why = remark.partition("Deprecated:")
    return Record(
        facts=Facts(
            repository=next(iter(web([told.origin.url if told.origin else None])), None),
            latest=told.version,
            released=(told.time or "")[:10] or None,
            withdrawn=f"deprecated: {why.strip()}" if deprecated else None,
        ),
        withdrawn={what: f"retracted: {remark}" for word, what, remark in lines if word == "retract"},
    )


def _directives(text: str) -> Iterator[tuple[str, str, str]]:
    """Word, rest and comment of each line of a go.mod: https://go.dev/ref/mod#go-mod-file"""
    block = ""
    above: list[str] = []
    for line in text.splitlines():
        code, _, remark = (part.strip() for part in line.partition("//"))
        if code:
            word = block or code.split()[0]
            block = "" if code == ")" else word if code.endswith("(") else block
            yield word, code.removeprefix(word).strip(), " ".join([*above, remark]).strip()
        above = [*above, remark] if remark and not code else []


def _escaped(name: str) -> str:
    """Capitals are written "!a", for file systems that do not tell case apart."""
    return re.sub(r"[A-Z]", lambda letter: f"!{letter[0].lower()}", quote(name, safe="/~!"))
