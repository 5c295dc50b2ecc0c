"""The HTML report: what it says, and what no input can make it do."""

import base64
import hashlib
import json
import re
from functools import cache
from typing import get_args

import msgspec
import pytest

from scanner.assess import technology as assessment
from scanner.model import Counts, Criticality, Difficulty, Gap, Kind, Relation, Scope, Stage, Verdict
from scanner.outlook import register
from scanner.report import html, method
from scanner.report.page import ORDER, holders, lands
from tests.report import sample
from tests.report.document import Document

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</script/x",
    "<!--<script ",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://a.example/" onclick="alert(1)',
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "</style><style>*{display:none}</style>",
    "]]>&lt;b&gt;&#x3c;",
    "%(name)s {name} %s",
    "=cmd|' /C calc'!A0",
)


@pytest.fixture(scope="module")
def demo() -> str:
    return html.render(sample.demo())


@pytest.fixture(scope="module")
def page(demo: str) -> Document:
    return Document(demo)


def test_first_heading_is_the_sentence_a_board_remembers(page):
    assert page.raw("h1") == [
        "Lose Amazon and 1 of 2 vital services stops; 5 of 19 technologies have no second source, and 1 could not be judged."
    ]


def test_first_screen_comes_before_everything_else(demo):
    first, rest = demo.split('id="where"')[:2]
    for word in ("harbour-shop", "31 of 100", "Amazon DynamoDB", "VMware vSphere", "Broadcom", "legacy/setup.py"):
        assert word in first
    assert rest


def test_custody_that_was_not_looked_at_is_on_the_first_screen(demo):
    assert "Who holds 2 of 44 packages" in demo.split('id="where"')[0]


@pytest.mark.parametrize("offline", [True, False])
def test_offline_is_said_only_where_it_was(offline):
    scan = sample.demo()
    scan = msgspec.structs.replace(scan, tool=msgspec.structs.replace(scan.tool, offline=offline))
    assert ("no registry was asked" in Document(html.render(scan)).text) is offline


def test_a_scan_with_gaps_never_reads_as_clean():
    clean = sample.empty()
    gap = Gap(stage="read", subject="pom.xml", reason="cannot be read")
    text = Document(html.render(msgspec.structs.replace(clean, gaps=(gap,)))).text
    assert "Everything was looked at" not in text
    assert "Nothing is flagged." not in text
    assert "Nothing that was looked at is flagged." in text
    assert "Everything was looked at" in Document(html.render(clean)).text


def test_an_empty_project_still_makes_a_page():
    page = Document(html.render(sample.empty()))
    assert page.raw("h1") == ["No dependency was found."]


def test_every_fact_of_a_verdict_is_shown_with_its_source_and_date(page):
    text = page.text
    links = {attributes["href"] for attributes in page.all("a")}
    for technology in sample.demo().technologies:
        for reason in technology.reasons:
            assert reason.value in text
            assert reason.effect in text
            assert not reason.source or reason.source in links
    assert "2026-11-18" in text
    assert "not re-read" in text


def test_implementations_say_how_they_count(page):
    for words in ("counts as independent", "counts as a fork", "only a documented subset"):
        assert words in page.text


def test_every_finding_is_in_the_page_without_its_script(demo):
    text = Document(re.sub(r"<script.*?</script>", "", demo, flags=re.DOTALL)).text
    for finding in sample.demo().findings:
        assert finding.name in text
        assert finding.message in text or re.sub(r"\d{4}-\d\d-\d\d", "…", finding.message) in text


def test_every_gap_is_listed_with_stage_and_reason(page):
    for gap in sample.demo().gaps:
        assert gap.reason in page.text


def test_risks_show_residual_raw_and_mitigations(page):
    for words in (
        "Loss of Amazon for Amazon DynamoDB",
        "75 critical",
        "raw 8",
        "Accepted until 2027-06-30",
        "Diversified",
    ):
        assert words in page.text


def test_commons_that_take_money_are_named_and_flagged_ones_are_not(demo):
    fund = demo.split('id="fund"')[1].split('id="evidence"')[0]
    assert "PostgreSQL" in fund
    assert "Amazon DynamoDB" not in fund


def test_components_beyond_the_static_rows_are_announced():
    page = Document(html.render(sample.large(500)))
    assert "The 200 gravest of 500 components" in page.text
    assert len(json.loads(next(text for text in page.raw("script") if text.startswith('{"order"')))["rows"]) == 500


def test_the_gravest_components_come_first(page):
    rows = json.loads(page.raw("script")[0])["rows"]
    assert [row[3] for row in rows] == sorted(row[3] for row in rows)
    assert ORDER[rows[0][3]] == "flagged"


def test_equal_scans_make_equal_pages(demo):
    assert html.render(sample.demo()) == demo


def test_the_policy_allows_only_the_pages_own_style_and_script(demo, page):
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    [style] = page.raw("style")
    script = page.raw("script")[-1]
    for body in (style, script):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_anywhere(demo, page):
    assert not {"img", "iframe", "object", "embed", "audio", "video", "base", "form"} & {tag for tag, _ in page.tags}
    assert all("src" not in attributes and "srcset" not in attributes for _, attributes in page.tags)
    assert [attributes["href"].split(",")[0] for attributes in page.all("link")] == ["data:image/svg+xml"]
    assert "url(" not in page.raw("style")[0]
    assert "@import" not in page.raw("style")[0]
    for call in ("fetch(", "XMLHttpRequest", "innerHTML", "insertAdjacentHTML", "document.write", "eval(", "import("):
        assert call not in page.raw("script")[-1]


def test_no_inline_handlers_and_no_inline_styles(page):
    names = {name for _, attributes in page.tags for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]


def test_links_out_are_http_and_carry_no_opener(page):
    for attributes in page.all("a"):
        if not attributes["href"].startswith("#"):
            assert attributes["href"].startswith(("https://", "http://"))
            assert attributes["rel"] == "noopener noreferrer"


def test_links_within_the_page_lead_somewhere(page):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    purls = {component.purl for component in sample.demo().components}
    for attributes in page.all("a") + page.all("use"):
        target = attributes["href"].removeprefix("#")
        if not attributes["href"].startswith("http") and not target.startswith("components?"):
            assert target in ids or target in purls


def test_each_technology_has_a_deep_link(page):
    ids = {attributes.get("id") for _, attributes in page.tags}
    assert {f"technology-{technology.id}" for technology in sample.demo().technologies} <= ids


@cache
def attacked(attack):
    """The page with an attack in every free string."""
    return html.render(sample.hostile(attack))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_string_breaks_out_of_its_place(attack):
    """An attack in every free string makes the same tags and attributes as a harmless word there."""
    assert Document(attacked(attack)).shape == Document(attacked("harmless")).shape


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_string_makes_a_link_that_is_no_web_address(attack):
    for attributes in Document(attacked(attack)).all("a"):
        assert attributes["href"].startswith(("#", "https://", "http://"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_data_cannot_end_the_element_it_stands_in(attack):
    data = attacked(attack).split('id="data">')[1].split('<script type="application/json" id="words">')[0]
    assert data.count("<") == 1
    assert data.endswith("</script>\n")


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_shown_as_they_are(attack):
    page = Document(attacked(attack))
    assert " ".join(attack.split()) in page.text
    assert attack in json.loads(page.raw("script")[0])["texts"]


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\U000e0041"],
)
def test_invisible_and_reordering_characters_are_spelled_out(character):
    text = html.render(sample.hostile(f"left{character}right"))
    assert character not in text
    assert f"left⟨U+{ord(character):04X}⟩right" in text
    assert character not in json.dumps(json.loads(Document(text).raw("script")[0]), ensure_ascii=False)


def test_endless_names_do_not_make_an_endless_page():
    assert len(html.render(sample.hostile("A" * 20_000)).encode()) < 2_500_000


def test_twenty_thousand_components_fit_in_six_megabytes():
    assert len(html.render(sample.large()).encode()) < 6_000_000


def test_every_word_of_the_model_has_a_label():
    scan = sample.demo()
    one = scan.technologies[0]
    scan = msgspec.structs.replace(
        scan,
        technologies=tuple(
            msgspec.structs.replace(
                one,
                id=kind,
                kind=kind,
                relations=get_args(Relation),
                verdict=verdict,
                exit=msgspec.structs.replace(one.exit, difficulty=difficulty),
                implementations=tuple(
                    msgspec.structs.replace(one.implementations[0], counts=counts) for counts in get_args(Counts)
                ),
            )
            for kind in get_args(Kind)
            for verdict in get_args(Verdict)[:1]
            for difficulty in get_args(Difficulty)
        ),
        components=tuple(
            msgspec.structs.replace(scan.components[0], scope=scope, verdict=verdict)
            for scope in get_args(Scope)
            for verdict in get_args(Verdict)
        ),
        services=tuple(
            msgspec.structs.replace(scan.services[0], criticality=criticality) for criticality in get_args(Criticality)
        ),
        gaps=tuple(Gap(stage=stage, subject="x", reason="y") for stage in get_args(Stage)),
    )
    assert html.render(scan)


def test_the_method_page_prints_the_numbers_in_force():
    assert {verdict: (low, high) for verdict, low, high in method.BANDS} == assessment.BANDS
    assert method.LIKELIHOOD == register.LIKELIHOOD
    weighing = {fact: values for fact, values in assessment.POINTS.items() if any(values.values())}
    assert {fact: sorted(values.values()) for fact, values in method.WEIGHTS.items()} == {
        fact: sorted(values.values()) for fact, values in weighing.items()
    }
    for fact, values in method.WEIGHTS.items():
        for word, weight in values.items():
            assert weighing[fact].get(word, weighing[fact].get(int(word[0]) if word[0].isdigit() else word)) == weight


def below_the_threshold():
    """The demo with its flagged findings alone."""
    scan = sample.demo()
    return msgspec.structs.replace(scan, findings=tuple(item for item in scan.findings if item.verdict == "flagged"))


def test_what_cannot_be_told_is_on_the_first_screen_below_any_threshold():
    first = Document(html.render(below_the_threshold()).split('id="where"')[0]).text
    assert "Cannot be told Kestrel Search Cannot be told without knowing" in first


def test_a_way_out_names_where_to_without_a_finding():
    scan = below_the_threshold()
    named = tuple(
        msgspec.structs.replace(item, exit=msgspec.structs.replace(item.exit, to=("x",), names=("Another Store",)))
        for item in scan.technologies
    )
    page = Document(html.render(msgspec.structs.replace(scan, technologies=named)))
    assert "Drop-in to Another Store: Valkey speaks the same protocol" in page.text


def test_each_field_of_the_treemap_has_its_name_or_a_number_that_is_explained():
    scan = sample.demo()
    actors = tuple(msgspec.structs.replace(actor, name=actor.name.replace(" ", "-") * 3) for actor in scan.actors)
    scan = msgspec.structs.replace(scan, actors=actors)
    plots = [plot for land in lands(holders(scan)) for plot in land.plots]
    numbers = [plot.number for plot in plots if plot.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert 1 <= len(numbers) < len(plots)
    legend = (
        Document(html.render(scan)).text.partition("Its mark is the worst verdict")[2].partition("Who they hang on")[0]
    )
    for plot in plots:
        assert plot.holder.name in (legend if plot.number else " ".join(plot.lines))


def test_no_owner_is_said_to_hold_the_most_where_several_hold_as_much():
    scan = sample.demo()
    concentration = scan.outlook.concentration["actor"]
    first, second, *rest = concentration.shares

    def said(*shares):
        held = msgspec.structs.replace(concentration, shares=(*shares, *rest))
        by = {**scan.outlook.concentration, "actor": held}
        outlook = msgspec.structs.replace(scan.outlook, concentration=by)
        return Document(html.render(msgspec.structs.replace(scan, outlook=outlook))).text

    more = msgspec.structs.replace(first, technologies=second.technologies + 1)
    assert f"holds the most, {more.technologies}." in said(more, second)
    level = msgspec.structs.replace(first, technologies=second.technologies)
    assert f"no owner holds more than {second.technologies}." in said(level, second)
