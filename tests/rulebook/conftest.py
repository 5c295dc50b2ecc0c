"""Small rulebooks, written as the records of a company's overlay would be."""

from pathlib import Path

import pytest

ACTOR = """
id: {id}
{facts}
sources: [{{url: "https://{id}.example/", title: About, checked: false}}]
reviewed: 2026-11-01
"""
TECHNOLOGY = """
id: {id}
name: {id}
kind: database
homepage: https://{id}.example/
specification: {{status: {specification}{standards}}}
implementations: {implementations}
governance: {{control: {control}, steward: {steward}, licence: {licence}}}
operation: {operation}
lifecycle: active
exit: {{difficulty: none known, to: {to}, how: "{how}"}}
matches: [{matches}]
sources:
  specification: &all [{{url: "https://{id}.example/", title: About, retrieved: 2026-11-01}}]
  implementations: *all
  governance: *all
reviewed: {reviewed}
{more}
"""
DEFAULTS = {
    "specification": "none",
    "standards": "",
    "implementations": "[{name: own, actor: acme}]",
    "control": "single-vendor",
    "steward": "acme",
    "licence": "proprietary",
    "operation": "self",
    "to": "[]",
    "how": "Copy the data out.",
    "matches": "",
    "reviewed": "2026-11-01",
    "more": "",
}


class Rules:
    """A directory of rules under construction."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.actor("acme")

    def actor(self, id: str, **facts: str) -> Path:
        """`facts` are those of the record, over a company of that name in France."""
        known = {"name": id, "kind": "company", "jurisdiction": "FR"} | facts
        lines = "\n".join(f"{name}: {value}" for name, value in known.items())
        return self._write(f"actors/{id}.yaml", ACTOR.format(id=id, facts=lines))

    def technology(self, id: str, **facts: str) -> Path:
        return self._write(f"technologies/database/{id}.yaml", TECHNOLOGY.format(id=id, **(DEFAULTS | facts)))

    def _write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return Rules(tmp_path / "rules")
