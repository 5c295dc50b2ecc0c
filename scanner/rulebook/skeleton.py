"""A new record to fill in: everything unknown, nothing guessed."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import msgspec

from scanner.errors import UsageError
from scanner.model import Kind
from scanner.rulebook.record import Id

TECHNOLOGY = """\
# yaml-language-server: $schema={schema}
id: {id}
name: {name}
kind: {kind}
homepage: {homepage}
specification:
  status: unknown            # formal | consortium | published | none
implementations: unknown     # or a list: - {{name: …, actor: …, licence: …}}
governance:
  control: unknown           # neutral | community | dominated | single-person | single-vendor
  steward: {steward}
  licence: unknown           # open | source-available | proprietary
  copyright: unknown         # distributed | single-holder | public-domain
operation: unknown           # self | service
lifecycle: unknown           # active | maintenance | abandoned
exit:
  difficulty: none known     # drop-in | port | rewrite | none known
  to: []
  how: ""
matches: {matches}
sources:                     # retrieved: YYYY-MM-DD where you read it, else checked: false
  specification: [{{url: "{homepage}", title: Homepage, checked: false}}]
  implementations: [{{url: "{homepage}", title: Homepage, checked: false}}]
  governance: [{{url: "{homepage}", title: Homepage, checked: false}}]
reviewed: {today}
"""
ACTOR = """\
# yaml-language-server: $schema={schema}
id: {id}
name: {id}
kind: company                # company | foundation | standards-body | community | person | state
jurisdiction: unknown        # ISO 3166-1 alpha-2, or international
sources: [{{url: "{homepage}", title: Homepage, checked: false}}]
reviewed: {today}
"""


def write(
    root: Path, id: str, *, name: str, kind: str, homepage: str, steward: str, purls: Sequence[str] = ()
) -> list[Path]:
    """Write the record `id` below `root`, and its steward's where there is none; returns the files written.

    Raises UsageError where the kind or an id is none, or the record exists.
    """
    import datetime

    if kind not in get_args(Kind):
        raise UsageError(f"kind {kind!r} is none of {', '.join(get_args(Kind))}")
    for word in filter(None, (id, steward)):
        try:
            msgspec.convert(word, Id)
        except msgspec.ValidationError as error:
            raise UsageError(f"{word!r} is no id; one has small letters, digits and hyphens, as my-broker") from error
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    matches = "".join(f'\n  - {{purl: "{purl}", relation: uses}}' for purl in purls) or "[]"
    text = TECHNOLOGY.format(
        schema="../../schema/technology.schema.json",
        id=id,
        name=name,
        kind=kind,
        homepage=homepage,
        steward=steward,
        matches=matches,
        today=today,
    )
    written = [_write(root / "technologies" / kind / f"{id}.yaml", text)]
    actor = root / "actors" / f"{steward}.yaml"
    if not actor.exists() and steward:
        text = ACTOR.format(schema="../schema/actor.schema.json", id=steward, homepage=homepage, today=today)
        written.append(_write(actor, text))
    return written


def _write(path: Path, text: str) -> Path:
    if path.exists():
        raise UsageError(f"{path} exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
