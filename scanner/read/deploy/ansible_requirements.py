"""requirements.yml of Ansible Galaxy: roles and collections.

Format: https://docs.ansible.com/ansible/latest/galaxy/user_guide.html#installing-roles-and-collections-from-the-same-requirements-yml-file
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read import registry
from scanner.read.deploy import references
from scanner.read.source import Source

FILES = ("requirements.yml", "requirements.yaml", "*-requirements.yml", "*_requirements.yml")
CARRIES = frozenset({"direct", "lines"})
LINE = r"^[ \t]*(?:-[ \t]+)?(?:(?:src|name|source|include):[ \t]*)?[\"']?([^\s\"'#{}\[\]]+)"
EXACT = re.compile(r"(?:==)?\s*v?(\d[\w.+-]*)$")


class Wish(msgspec.Struct):
    """A role or collection; of Galaxy, or at the address that `src`, or for collections `source` or `name`, gives."""

    name: str | None = None
    src: str | None = None
    source: str | None = None
    type: str | None = None
    scm: str | None = None
    version: str | None = None
    include: str | None = None


class Requirements(msgspec.Struct):
    roles: list[str | Wish] | None = None
    collections: list[str | Wish] | None = None


def recognises(head: bytes) -> bool:
    """Helm calls its files requirements.yaml too; those have dependencies. A play has a name that is a sentence."""
    listed = rb"^-\s+(?:src|include)\s*:|^-\s+name\s*:\s*[\w-]+\.[\w-]+\s*$"
    return re.search(rb"^(?:roles|collections)\s*:|" + listed, head, re.MULTILINE) is not None


def read(source: Source) -> Iterator[Component]:
    """Every role and collection. There is no purl type for them: those of Galaxy are pkg:generic/ansible/name."""
    document = source.yaml_first()
    if isinstance(document, list):
        document = {"roles": document}
    file = source.convert(document, Requirements)
    lines = source.lines(LINE)
    for written in (*(file.roles or ()), *(file.collections or ())):
        wish = written if isinstance(written, Wish) else _short(written)
        place = wish.src or wish.source or wish.name or wish.include
        if place is None:
            source.error("a role or collection has no name")
        if wish.include:
            continue
        line = lines.get(written if isinstance(written, str) else place) or lines.get(wish.name or "")
        found = _component(source, wish, line)
        if found:
            yield found


def _short(text: str) -> Wish:
    """As in "community.general:>=8.0.0", "geerlingguy.docker,7.1.0", or an address."""
    if "://" in text or text.startswith("git@"):
        address, _, version = text.partition(",")
        return Wish(src=address, version=version or None)
    name, _, version = text.replace(",", ":").partition(":")
    return Wish(name=name, version=version or None)


def _component(source: Source, wish: Wish, line: int | None) -> Component | None:
    exact = EXACT.match(wish.version or "")
    version = exact[1] if exact else None
    for address in (wish.src, wish.source, wish.name):
        if address and address.startswith((".", "/", "file:")):
            return None
        is_galaxy = address == wish.source and wish.type in (None, "galaxy") and wish.name
        if address and ("://" in address or address.startswith("git@")) and not is_galaxy:
            own = wish.name if wish.name != address else ""
            return references.component(
                source, address, line=line, name=own or "", version=wish.version if wish.version != "*" else None
            )
    name = wish.src or wish.name or ""
    origin = {"repository_url": registry.without_secrets(wish.source)} if wish.source and "://" in wish.source else None
    return source.component("generic", f"ansible/{name}", version, line=line, direct=True, qualifiers=origin)
