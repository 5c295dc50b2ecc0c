"""Text from outside is shown for what it is, and only addresses of the web become links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import Gap
from scanner.report.visible import LIMIT, address, neutral, safe, short

CHARACTERS = st.characters() | st.sampled_from('\\"bu\t\n\r\x00\x1b\x7f\u00ad\u202e\u2066\ud800\U000e0041')
TEXTS = st.text(CHARACTERS, max_size=20) | st.builds(str.__mul__, st.text(CHARACTERS, max_size=2), st.integers(0, 700))


@pytest.mark.parametrize("text", ["plain", "Zoë", "日本語", "שלום", "👩\u200d💻", "tab\tand\nline"])
def test_ordinary_text_stays(text):
    assert neutral(text) == text


@pytest.mark.parametrize(("text", "shown"), [("a\x1b[31mb", "a⟨U+001B⟩[31mb"), ("\u202eexe", "⟨U+202E⟩exe")])
def test_unsafe_characters_are_spelled_out(text, shown):
    assert neutral(text) == shown


def test_long_text_is_cut_and_says_so():
    assert short("a" * 12_000, 10) == "aaaaaaaaaa… (12,000)"
    assert short("a" * 10, 10) == "a" * 10


@given(TEXTS, TEXTS)
def test_every_text_of_a_noun_is_made_safe(subject, reason):
    """Also where a look at all of them together would do."""
    assert safe(Gap(stage="read", subject=subject, reason=reason)) == Gap(
        stage="read", subject=neutral(short(subject)), reason=neutral(short(reason))
    )


def test_what_is_harmless_is_not_taken_apart():
    gap = Gap(stage="read", subject="Zoë", reason="a" * LIMIT)
    assert safe(gap) is gap


@pytest.mark.parametrize("url", ["https://a.example/b?c=d#e", "http://a.example", "https://a.example:8443/%20"])
def test_web_addresses_are_links(url):
    assert address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//a.example",
        "https://",
        "https://user@a.example",
        "https://a.example/\u202e",
        "https://a.example/ b",
        'https://a.example/"x',
        "https://[::1",
        "https://a.example/" + "a" * 3_000,
        "",
    ],
)
def test_nothing_else_is(url):
    assert address(url) is None
