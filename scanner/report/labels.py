"""The fixed words of the reports: what each word of the model, and each word of the page's script, is called.

The name of a group is the context of its words in the catalogues.
"""

from collections.abc import Mapping
from functools import lru_cache
from gettext import NullTranslations

Labels = Mapping[str, dict[str, str]]

ENGLISH: Labels = {
    "verdict": {"flagged": "flagged", "watch": "watch", "safe": "safe", "ok": "ok", "unknown": "unknown"},
    "verdict_means": {
        "flagged": "one actor alone: nothing is left without it",
        "watch": "others could go on, but one actor decides",
        "safe": "outlasts any one of its actors",
        "ok": "no concern found",
        "unknown": "a deciding fact is not known",
    },
    "likelihood": {"1": "remote", "2": "unlikely", "3": "possible", "4": "likely", "5": "nothing in the way"},
    "severity": {"1": "slight", "2": "minor", "3": "serious", "4": "grave", "5": "vital"},
    "scope": {
        "runtime": "runtime", "optional": "optional", "build": "build", "test": "test", "development": "development",
    },
    "difficulty": {"drop-in": "drop-in", "port": "port", "rewrite": "rewrite", "none known": "none known"},
    "difficulty_means": {
        "drop-in": "change a setting or swap a package",
        "port": "weeks of work, same design",
        "rewrite": "months of work, another design",
        "none known": "nobody has written down a way",
    },
    "layer": {
        "runs-on": "What it runs on", "talks-to": "What it talks to", "built-with": "What it is built with",
    },
    "relation": {
        "implements": "implements", "uses": "uses", "extends": "extends", "runs-on": "runs on",
        "comes-from": "comes from",
    },
    "counts": {
        "independent": "counts as independent",
        "fork": "counts as a fork that survives its origin",
        "same actor": "does not count: the same actor's",
        "subset": "does not count: only a documented subset works",
        "unmaintained": "does not count: not maintained",
    },
    "stage": {
        "read": "read", "identify": "identify", "resolve": "resolve", "assess": "assess", "report": "report",
    },
    "criticality": {"vital": "vital", "important": "important", "ordinary": "ordinary"},
    "way": {"added": "added", "removed": "removed", "worse": "worse", "better": "better"},
    "risk": {"low": "low", "medium": "medium", "high": "high", "critical": "critical"},
    "mitigation": {
        "diversified": "Diversified", "standard": "On a standard", "in-house": "Skill in house",
        "accepted": "Accepted",
    },
    "band": {"low": "low", "moderate": "moderate", "high": "high"},
    "kind": {
        "protocol": "protocol", "format": "format", "language": "language", "runtime": "runtime",
        "database": "database", "search": "search engine", "cache": "cache", "broker": "message broker",
        "storage": "storage", "operating-system": "operating system", "hypervisor": "hypervisor",
        "container": "container", "orchestrator": "orchestrator",
        "infrastructure-as-code": "infrastructure as code", "cloud-service": "cloud service", "saas": "SaaS",
        "identity": "identity", "framework": "framework", "library": "library", "build-tool": "build tool",
        "ci": "CI", "forge": "forge", "registry": "registry", "cryptography": "cryptography",
        "machine-learning": "machine learning", "observability": "observability",
    },
    "fact": {
        "specification": "Specification", "independents": "Independent implementations",
        "forks": "Maintained forks", "control": "Control", "licence": "Licence", "operation": "Operation",
        "lifecycle": "Lifecycle", "copyright": "Copyright", "takeover": "Takeover possible", "survivors": "Survivors",
        "score": "Score",
    },
    "record": {
        "specification": "specification", "independents": "independents", "forks": "forks", "control": "control",
        "licence": "licence", "operation": "operation", "lifecycle": "lifecycle", "copyright": "copyright",
        "takeover": "takeover", "survivors": "survivors", "score": "score",
    },
    "value": {
        "formal": "formal", "consortium": "consortium", "published": "published", "none": "none",
        "4 or more": "4 or more", "neutral": "neutral", "community": "community", "dominated": "dominated",
        "single-person": "single person", "single-vendor": "single vendor", "open": "open",
        "source-available": "source-available", "proprietary": "proprietary", "self": "by yourself",
        "service": "only as a service", "active": "active", "maintenance": "maintenance", "abandoned": "abandoned",
        "distributed": "many holders", "single-holder": "one holder", "public-domain": "public domain",
        "yes": "yes", "no": "no", "unknown": "unknown",
    },
    "fund": {
        "donation": "donation", "membership": "membership", "endowment": "endowment", "sponsorship": "sponsorship",
        "foundation": "foundation", "grant": "grant", "contribution": "contribution", "subscription": "subscription",
        "support": "support",
    },
    "script": {
        "shown": "{shown} of {total}",
        "page": "Page {page} of {pages}",
        "none": "Nothing matches these filters.",
        "version": "Version", "purl": "Package URL", "licence": "Licence", "declared": "Declared in",
        "requires": "Needs", "required": "Needed by", "custody": "Who holds it",
        "publishers": "Accounts that can publish", "organisation": "Organisation", "repository": "Repository",
        "latest": "Latest release", "provenance": "Provenance", "attested": "attested",
        "unattested": "not attested", "source": "Registry's answer", "read": "read {date}",
        "stale": "from an old cache", "successor": "Successor", "withdrawn": "Withdrawn",
        "funding": "Takes money at", "more": "and {count} more", "direct": "direct", "indirect": "indirect",
        "joint": "; ", "unlooked": "not looked at", "nothing": "none",
        "lost": "Without {actor}", "number_gone": "technologies gone, of {total}",
        "number_degraded": "go on in other hands", "number_stopped": "components stop",
        "number_closed": "can no longer be installed or updated",
        "falls": "Without {actor}, these services fall: {names}.",
        "stands": "Without {actor}, no declared service falls.",
        "gone": "gone", "open": "Open all", "close": "Close all",
        "left": "left: {names}", "alone": "to be carried on alone",
    },
}  # fmt: skip


@lru_cache
def labels(words: NullTranslations) -> Labels:
    """The words in a language, by group."""
    return {
        group: {word: words.pgettext(group, text) for word, text in texts.items()} for group, texts in ENGLISH.items()
    }
