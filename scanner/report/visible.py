"""Text from outside, made safe to look at: nothing invisible, nothing that reorders a line, nothing endless.

Trojan source: https://trojansource.codes/ and UAX #9 (bidirectional text), https://www.unicode.org/reports/tr9/
"""

import re
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from scanner import purl

Noun = TypeVar("Noun", bound=msgspec.Struct)

LIMIT = 500
"""Characters of one name or sentence that a person is shown."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, bidirectional marks and overrides, invisible and tag characters, halves of surrogate pairs."""

_ESCAPED = re.compile(r"\\[bfru]")
"""How JSON writes those of them that it does not take as they are."""

_LEGAL_FORM = re.compile(r",? (?:Inc|Ltd|LLC|Corp|GmbH|AG|SE|plc|PLC|N\.V|B\.V|S\.A|S\.A\.S|SAS)\.?\Z")


def safe(noun: Noun) -> Noun:
    """The same scan, or part of one, with every string in it neutral and short."""
    return noun if _harmless(noun) else msgspec.convert(_safe(msgspec.to_builtins(noun)), type(noun))


def _harmless(noun: msgspec.Struct) -> bool:
    """Whether there is nothing to do, which is so of most: a look at each part's JSON takes a third of the time."""
    values = (getattr(noun, name) for name in noun.__struct_fields__)
    return all(_plain(part) for value in values for part in (value if isinstance(value, tuple) else (value,)))


def _plain(part: object) -> bool:
    """Whether a part of a noun, in JSON, has neither anything unsafe nor a long text."""
    try:
        text = msgspec.json.encode(part).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    if _UNSAFE.search(text) or _ESCAPED.search(text):
        return False
    if len(text) <= LIMIT:
        return True
    strings = text.replace("\\\\", "..").replace('\\"', "..").split('"')
    return max(map(len, strings)) <= LIMIT


def _safe(value: object) -> object:
    if isinstance(value, str):
        ordinary = len(value) <= LIMIT and value.isascii() and value.isprintable()
        return value if ordinary else neutral(short(value))
    if isinstance(value, dict):
        return {key: _safe(entry) for key, entry in value.items()}
    return [_safe(entry) for entry in value] if isinstance(value, list | tuple) else value


def neutral(text: str) -> str:
    """The text with every unsafe character spelled out, as in "⟨U+202E⟩"."""
    return _UNSAFE.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def short(text: str, limit: int = LIMIT) -> str:
    """The text, cut at `limit` characters with a word on how many there were."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,})"


def known_as(actor: str) -> str:
    """What people call a company: its name without the legal form, as in "Amazon.com"."""
    return _LEGAL_FORM.sub("", actor) or actor


def package(text: str) -> str:
    """A purl as people say it: npm left-pad 1.3.0."""
    if not text.startswith("pkg:"):
        return text
    return " ".join(filter(None, (purl.type_of(text), purl.name_of(text), purl.version_of(text))))


def address(url: str) -> str | None:
    """The URL where it is one that a page may link to: http or https, with a host and nothing odd in it."""
    if len(url) > 2_000 or _UNSAFE.search(url) or re.search(r"[\s\"'<>\\`]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and not parts.username else None
