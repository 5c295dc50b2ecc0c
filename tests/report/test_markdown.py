"""The Markdown report: it fits where pull requests show it, and strangers' words stay words."""

import re

import msgspec
import pytest
from markdown_it import MarkdownIt

from scanner.model import Gap
from scanner.report.markdown import LIMIT, code, escape, render
from tests.report import sample


def parsed(text):
    return MarkdownIt("gfm-like", {"linkify": False}).parse(text)


def test_starts_with_the_headline():
    assert render(sample.demo()).startswith("## Lose Amazon and 1 of 2 vital services stops; 5 of 19 ")


def test_worst_findings_are_in_the_open_and_the_rest_is_folded():
    text = render(sample.demo())
    opened, _, folded = text.partition("<details")
    assert "**Amazon DynamoDB**" in opened
    assert "`npm left-pad 1.3.0`" in opened
    assert "npm clsx 2.1.1" in folded
    assert folded.count("</details>") == text.count("<details")


def test_gaps_and_unknown_custody_are_told():
    text = render(sample.demo())
    assert "Who holds 2 of 44 packages" in text
    assert "`legacy/setup.py`: a program, not data" in text


def test_a_scan_with_gaps_never_reads_as_clean():
    gap = Gap(stage="read", subject="pom.xml", reason="cannot be read")
    assert "Nothing is flagged." in render(sample.empty())
    text = render(msgspec.structs.replace(sample.empty(), gaps=(gap,)))
    assert "Nothing is flagged." not in text
    assert "<details open>" in text


def test_every_table_holds_together():
    kinds = [token.type for token in parsed(render(sample.demo()))]
    assert kinds.count("table_open") == 4
    for line in render(sample.demo()).splitlines():
        assert not line.startswith("|") or len(re.findall(r"(?<!\\)\|", line)) in (5, 7)


def test_fits_the_limit_and_says_what_is_left_out():
    scan = sample.demo()
    many = tuple(
        msgspec.structs.replace(scan.findings[-1], id=f"pkg:npm/package-{number}@1.0.0") for number in range(9_000)
    )
    text = render(msgspec.structs.replace(scan, findings=scan.findings + many))
    assert len(text) <= LIMIT
    assert "more; the JSON and HTML reports have them all" in text


def test_endless_names_fit_too():
    assert len(render(sample.hostile("A" * 1_000_000))) <= LIMIT


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://a.example/p.png)", "**b**", "`</td>`",
     "a | b | c", "# h", "<!-- x", "</details>", "https://a.example/x", "www.a.example", "line\n\n## heading"],
)  # fmt: skip
def test_no_string_makes_markup(attack):
    """An attack in every free string makes the same tokens as a harmless word."""

    def shape(word):
        return [
            (token.type, [child.type for child in token.children or ()])
            for token in parsed(render(sample.hostile(word)))
        ]

    def loose(tokens):
        return [(kind, [child for child in children if child != "text_special"]) for kind, children in tokens]

    assert loose(merged(shape(attack))) == loose(merged(shape("harmless")))


def merged(tokens):
    """Runs of text and escapes as one."""
    return [
        (kind, [child for at, child in enumerate(children) if child != "text" or children[at - 1 : at] != ["text"]])
        for kind, children in tokens
    ]


@pytest.mark.parametrize(
    ("text", "calls"), [("@team", "@team"), ("fixes #12", "#12"), ("see https://a.example", "://")]
)
def test_nobody_is_called(text, calls):
    assert calls not in escape(text)


def test_a_code_span_cannot_be_left():
    assert code("a`b|c\nd") == "`aˋb¦c d`"
    assert code(" ") == ""


def test_what_cannot_be_told_is_said_below_any_threshold():
    scan = sample.demo()
    text = render(msgspec.structs.replace(scan, findings=()))
    assert "Nothing is flagged." not in text
    assert "- ? **Kestrel Search**: Cannot be told without knowing" in text
