"""The gate: a scan under the policy and the baseline of the configuration in force."""

from collections.abc import Mapping
from gettext import NullTranslations
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from scanner.assess import baseline
from scanner.assess.aloud import ENGLISH, exempted
from scanner.assess.policy import Exemption, Rule, rule_on
from scanner.config import Config, PolicyTable
from scanner.errors import ReadError
from scanner.model import Scan, Verdict
from scanner.pipeline import today

NOTHING: Mapping[str, Verdict] = MappingProxyType({})
NOT_CONDITIONS = frozenset({"name", "effect", "because"})


class Checked(NamedTuple):
    """The scan with the policy's findings in place of its own, and what its author may want to tidy up."""

    scan: Scan
    notes: tuple[str, ...]


def check(
    scan: Scan, config: Config, known: Mapping[str, Verdict] = NOTHING, words: NullTranslations = ENGLISH
) -> Checked:
    """A scan under the policy, findings that are `known` marked so; `words` are the language of the notes."""
    ruling = rule_on(scan, rules(config), exemptions(config), today())
    idle = [exempted(item, words) for item in ruling.idle if item.until and item.reason]
    unneeded = words.gettext("nothing needs this exception any more: {exception}")
    notes = tuple(unneeded.format(exception=text) for text in idle)
    return Checked(with_known(msgspec.structs.replace(scan, findings=ruling.findings), known), notes)


def with_known(scan: Scan, known: Mapping[str, Verdict]) -> Scan:
    """A scan whose findings tell which of them are `known`."""
    return msgspec.structs.replace(scan, findings=baseline.mark(scan.findings, known)) if known else scan


def fails(scan: Scan) -> bool:
    """Whether there is a finding that is neither known nor only a warning."""
    return any(finding.level == "error" and not finding.known for finding in scan.findings)


def rules(config: Config) -> tuple[Rule, ...]:
    """The rules of the configuration; where there is none, that of the threshold, or of whatever is flagged."""
    if config.file.policy:
        return tuple(map(_rule, config.file.policy))
    verdict = "flagged" if config.file.scan.fail_on == "never" else config.file.scan.fail_on
    return (Rule(name="default", effect="deny", because="", conditions={"verdict": verdict}),)


def exemptions(config: Config) -> tuple[Exemption, ...]:
    """The exceptions, and the mitigations that accept a risk."""
    written = [
        Exemption(_some(item.technology), _some(item.package), _some(item.rule), item.reason, item.owner, item.until)
        for item in config.file.exception
    ]
    accepted = [
        Exemption((item.technology,), (), (), item.note, item.owner, item.until)
        for item in config.file.mitigation
        if item.kind == "accepted"
    ]
    return (*written, *accepted)


def known(path: Path | None) -> Mapping[str, Verdict]:
    """What the baseline at `path` knows. Raises ReadError where it cannot be read."""
    if path is None:
        return NOTHING
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(str(path), "no such baseline; `outlast baseline write` makes one") from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ReadError(str(path), f"{why}; name the file that `outlast baseline write` made") from error
    return baseline.decode(str(path), data).findings


def _rule(table: PolicyTable) -> Rule:
    conditions: dict[str, Any] = {}
    for field in msgspec.structs.fields(table):
        value = getattr(table, field.name)
        if field.name not in NOT_CONDITIONS and value not in (None, ()):
            several = field.default == ()
            conditions[field.name] = _some(value) if several else value
    return Rule(table.name, table.effect, table.because, conditions)


def _some(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
