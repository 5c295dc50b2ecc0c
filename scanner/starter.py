"""A first outlast.toml, made from what a scan found: one rule in force, all the rest to choose from."""

import datetime
import json
from collections.abc import Iterator

from scanner.model import Scan, Technology
from scanner.purl import type_of
from scanner.resolve.registries import types

MOST = 12
"""Services, and exceptions, that are suggested."""
REVIEW = datetime.timedelta(days=180)
"""From today to the end that is suggested for an exception."""


def starter(scan: Scan, today: datetime.date) -> str:
    """The file's text. Each line that begins with "# " and a key or a table holds if the "# " is taken away."""
    return "\n".join([*_head(scan, today), *_services(scan), *_policy(), *_treatments(scan, today)]) + "\n"


def _head(scan: Scan, today: datetime.date) -> Iterator[str]:
    summary = scan.summary
    yield f"## What outlast should know about {_plain(scan.project.name)}. Reference: docs/configuration.md"
    yield f"## Written by `outlast init` on {today}, when it found {summary.technologies} technologies under"
    yield f"## {summary.components} components. Take the # away from what you want; everything may go."
    yield ""
    yield "[scan]"
    yield '# exclude = ["examples/**", "tests/**"]   # paths to leave out'
    yield '# fail-on = "flagged"                     # what makes `outlast scan` exit 1; its --fail-on'
    yield "# offline = true                          # never ask a registry"
    yield '# rules = ["rules"]                       # a folder with records of your own'
    yield ""
    yield "## Where packages come from, if not from the public registry."
    yield "# [registries]"
    found = {type_of(component.purl) for component in scan.components}
    yield from (f'# {type} = "https://registry.example/{type}"' for type in sorted(found & types()) or ["npm"])


def _services(scan: Scan) -> Iterator[str]:
    folders = sorted({source.path.partition("/")[0] for source in scan.sources if "/" in source.path}) or [""]
    yield ""
    yield "## Services: what the business runs, how much hangs on it (vital, important, ordinary), and what each uses:"
    yield '## purls, globs of purls, "technology:ID", or globs of the paths that declare it.'
    for folder in folders[:MOST]:
        yield "# [[service]]"
        yield f"# name = {_quoted(folder or scan.project.name)}"
        yield '# criticality = "important"'
        yield f"# uses = [{_quoted(f'{folder}/*' if folder else '*')}]"


def _policy() -> Iterator[str]:
    yield ""
    yield "## The policy, for `outlast check` and the commit hook: read from top to bottom, the first rule that fits"
    yield "## decides. `outlast doctor` reads it out."
    yield "[[policy]]"
    yield 'name = "no-single-supplier"'
    yield 'verdict = "flagged"'
    yield 'scope = ["runtime", "optional"]'
    yield 'because = "What we run has to outlast any one of its suppliers."'
    yield ""
    yield "# [[policy]]"
    yield '# name = "kept-packages"'
    yield '# effect = "warn"'
    yield '# custody = ["withdrawn", "not-open"]'


def _treatments(scan: Scan, today: datetime.date) -> Iterator[str]:
    flagged = [technology for technology in scan.technologies if technology.verdict == "flagged"]
    flagged.sort(key=lambda technology: (-technology.severity, technology.id))
    yield ""
    yield "## What is flagged today. Except it for a while, or take all of it as known: `outlast baseline write`."
    for technology in flagged[:MOST]:
        yield from _exception(technology, today)
    yield ""
    yield "## What was done about a loss; it lowers the risk in the register. kind: diversified, standard, in-house,"
    yield "## accepted."
    yield "# [[mitigation]]"
    yield f"# technology = {_quoted(flagged[0].id if flagged else 'postgresql')}"
    yield '# kind = "diversified"'
    yield '# note = "a second supplier is running"'
    yield f"# until = {today + REVIEW}"


def _exception(technology: Technology, today: datetime.date) -> Iterator[str]:
    yield "# [[exception]]"
    yield f"# technology = {_quoted(technology.id)}"
    yield '# reason = "why it may stay"'
    yield '# owner = "who answers for it"'
    yield f"# until = {today + REVIEW}"


def _quoted(text: str) -> str:
    """A TOML basic string, https://toml.io/en/v1.0.0#string"""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
