"""A scan in the language of its reader: every sentence in it said again, and nothing else changed."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from scanner.model import Assessed, Exit, Finding, Gap, Reason, Risk, Scan, Technology
from scanner.outlook.backhoe import Aftermath, Row
from scanner.report.labels import labels
from scanner.report.language import Words

Noun = TypeVar("Noun", Technology, Assessed, Finding, Risk, Gap, Row, Reason, Exit)
Said = Callable[[Noun, Words], Noun]
replace = msgspec.structs.replace


def translated(scan: Scan, words: Words) -> Scan:
    """The scan for a reader of `words`; in English it is as it was made."""
    if words.lang == "en":
        return scan
    return replace(
        scan,
        technologies=_each(scan.technologies, _technology, words),
        components=_each(scan.components, _component, words),
        findings=_each(scan.findings, _finding, words),
        register=_each(scan.register, _risk, words),
        gaps=_each(scan.gaps, _gap, words),
    )


def translated_aftermath(result: Aftermath, words: Words) -> Aftermath:
    """The day after for a reader of `words`."""
    return replace(result, technologies=_each(result.technologies, _row, words))


def _each(nouns: tuple[Noun, ...], say: Said[Noun], words: Words) -> tuple[Noun, ...]:
    return tuple(say(noun, words) for noun in nouns)


def _technology(noun: Technology, words: Words) -> Technology:
    return replace(noun, summary=words.said(noun.summary), reasons=_each(noun.reasons, _reason, words))


def _reason(noun: Reason, words: Words) -> Reason:
    """Of a value such as "formal: IETF STD 13", the first word."""
    word, colon, rest = noun.value.partition(":")
    value = labels(words)["value"].get(word, word)
    return replace(noun, value=f"{value}{colon and words.said(': ').rstrip()}{rest}", effect=words.said(noun.effect))


def _component(noun: Assessed, words: Words) -> Assessed:
    if not noun.custody.reasons:
        return noun
    return replace(noun, custody=replace(noun.custody, reasons=tuple(map(words.said, noun.custody.reasons))))


def _finding(noun: Finding, words: Words) -> Finding:
    return replace(noun, message=words.said(noun.message), remedy=words.said(noun.remedy))


def _risk(noun: Risk, words: Words) -> Risk:
    return replace(
        noun,
        failure_mode=words.said(noun.failure_mode),
        effect=words.said(noun.effect),
        next_step=words.said(noun.next_step),
    )


def _gap(noun: Gap, words: Words) -> Gap:
    """What it says first is often who says it: a host, or how many packages."""
    head, colon, rest = noun.reason.partition(": ")
    by_host = " " not in head and ("." in head or ":" in head)
    if colon and (by_host or words.said(head) != head):
        reason = words.said(colon).join((words.said(head), words.said(rest)))
    else:
        reason = words.said(noun.reason)
    return replace(noun, subject=words.said(noun.subject), reason=reason)


def _row(noun: Row, words: Words) -> Row:
    return replace(noun, because=words.said(noun.because))
