"""Text from outside is shown for what it is, and only addresses of the web become links."""

import pytest

from scanner.report.visible import address, neutral, short


@pytest.mark.parametrize("text", ["plain", "Zoë", "日本語", "שלום", "👩\u200d💻", "tab\tand\nline"])
def test_ordinary_text_stays(text):
    assert neutral(text) == text


@pytest.mark.parametrize(("text", "shown"), [("a\x1b[31mb", "a⟨U+001B⟩[31mb"), ("\u202eexe", "⟨U+202E⟩exe")])
def test_unsafe_characters_are_spelled_out(text, shown):
    assert neutral(text) == shown


def test_long_text_is_cut_and_says_so():
    assert short("a" * 12_000, 10) == "aaaaaaaaaa… (12,000)"
    assert short("a" * 10, 10) == "a" * 10


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
