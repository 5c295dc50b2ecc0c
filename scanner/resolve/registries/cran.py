"""CRAN, the registry of R, as the database of the R-hub project tells it.

API: https://github.com/r-hub/crandb. A package has one maintainer, who alone can submit it:
https://cran.r-project.org/web/packages/policies.html
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, repository

NAMES = {
    "MIT": "MIT", "BSD_2_clause": "BSD-2-Clause", "BSD_3_clause": "BSD-3-Clause",
    "Apache License": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache License (== 2.0)": "Apache-2.0",
    "Apache License (>= 2)": "Apache-2.0", "Apache License (>= 2.0)": "Apache-2.0",
    "Artistic-2.0": "Artistic-2.0", "Artistic License 2.0": "Artistic-2.0",
    "CC0": "CC0-1.0", "CC BY 4.0": "CC-BY-4.0", "MPL-2.0": "MPL-2.0", "Mozilla Public License 2.0": "MPL-2.0",
}  # fmt: skip
"""R's short names: https://cran.r-project.org/doc/manuals/R-exts.html#Licensing"""
GNU = re.compile(r"(?P<name>[AL]?GPL)(-(?P<exact>[\d.]+))?( ?\((?P<sign>>=|==) ?(?P<version>[\d.]+)\))?$")
LOWEST = {"GPL": "1", "LGPL": "2", "AGPL": "3"}
"""The first version of each, which is meant where any will do."""


class Latest(msgspec.Struct):
    version: str | None = msgspec.field(name="Version", default=None)
    licence: str | None = msgspec.field(name="License", default=None)
    maintainer: str | None = msgspec.field(name="Maintainer", default=None)
    url: str | None = msgspec.field(name="URL", default=None)
    bugs: str | None = msgspec.field(name="BugReports", default=None)
    published: str | None = msgspec.field(name="Date/Publication", default=None)


class All(msgspec.Struct):
    """What is told of a package that has left CRAN."""

    latest: str | None = None
    archived: bool = False
    timeline: dict[str, str] = {}
    versions: dict[str, Latest] = {}


def default() -> str:
    return "https://crandb.r-pkg.org"


def documents(name: str) -> tuple[Document, ...]:
    return (Document(quote(name, safe=""), required=False),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """All versions, where there is no present one: the package may have been archived."""
    return [] if bodies[0] is not None or len(bodies) > 1 else [Document(f"{quote(name, safe='')}/all")]


def facts(body: bytes | None, everything: bytes | None = None) -> Record:
    past = msgspec.json.decode(everything or b"{}", type=All)
    told = (
        msgspec.json.decode(body, type=Latest) if body is not None else past.versions.get(past.latest or "", Latest())
    )
    dates = [date for version, date in past.timeline.items() if version in past.versions]
    orphaned = "orphaned" if told.maintainer == "ORPHANED" else None
    return Record(
        facts=Facts(
            publishers=1 if told.maintainer and not orphaned else None,
            repository=repository([*re.split(r"[,\s]+", told.url or ""), told.bugs]),
            licence=licence(told.licence),
            latest=told.version,
            released=(told.published or max(dates, default=""))[:10] or None,
            withdrawn="archived" if past.archived else orphaned,
        )
    )


def licence(said: str | None) -> str | None:
    """Alternatives, each of which a file may restrict, as in "MIT + file LICENSE | GPL (>= 2)"."""
    choices = [_one(choice.partition(" + file ")[0].strip()) for choice in (said or "").split("|") if choice.strip()]
    return normalise(" OR ".join(choices))


def _one(name: str) -> str:
    if name in NAMES:
        return NAMES[name]
    if not (gnu := GNU.match(name)):
        return name
    version = gnu["exact"] or gnu["version"] or LOWEST[gnu["name"]]
    exact = gnu["exact"] or gnu["sign"] == "=="
    return f"{gnu['name']}-{version if '.' in version else f'{version}.0'}-{'only' if exact else 'or-later'}"
