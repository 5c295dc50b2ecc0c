"""Homebrew's core formulae, for macOS and Linux.

API: https://formulae.brew.sh/docs/api/. All formulae are in one repository, which the project's maintainers hold; when
one was last changed is not told.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, repository

CORE = "homebrew/core"


class Formula(msgspec.Struct):
    name: str
    tap: str | None = None
    homepage: str | None = None
    license: str | None = None
    versions: dict[str, Any] = {}
    urls: dict[str, dict[str, Any]] = {}
    deprecated: bool = False
    deprecation_reason: str | None = None
    deprecation_replacement_formula: str | None = None
    disabled: bool = False
    disable_reason: str | None = None
    disable_replacement_formula: str | None = None


def default() -> str:
    return "https://formulae.brew.sh"


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """Formulae of other taps are not told here."""
    tap, _, formula = name.rpartition("/")
    return ("brew", formula) if tap in ("", CORE) and "repository_url" not in qualifiers else None


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"api/formula/{quote(name, safe='@+')}.json"),)


def facts(body: bytes) -> Record:
    told = msgspec.json.decode(body, type=Formula)
    stable = told.versions.get("stable")
    return Record(
        facts=Facts(
            organisation="Homebrew" if told.tap == CORE else None,
            repository=repository([*(source.get("url") for source in told.urls.values()), told.homepage]),
            licence=normalise(told.license),
            latest=stable if isinstance(stable, str) else None,
            withdrawn=_withdrawn(told),
            successor=told.disable_replacement_formula or told.deprecation_replacement_formula or None,
        )
    )


def _withdrawn(told: Formula) -> str | None:
    """The reason is a word of Homebrew's, as in "repo_archived", or a sentence."""
    if told.disabled:
        return ": ".join(filter(None, ("disabled", told.disable_reason)))
    return ": ".join(filter(None, ("deprecated", told.deprecation_reason))) if told.deprecated else None
