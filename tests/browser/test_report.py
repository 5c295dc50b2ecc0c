"""The HTML report as a reader meets it: quiet, quick to filter, reachable by keyboard and link, and closed to attack."""

import itertools

import pytest

from scanner.outlook.backhoe import backhoe
from tests.report import sample

WIDE = "document.documentElement.scrollWidth"
LOSSES = ["actor:amazon", "actor:aws", "actor:microsoft", "actor:linux-foundation", "actor:pgdg", "actor:cockroach-labs",
          "actor:redis-ltd", "actor:ietf", "country:US", "country:FR", "country:CH"]  # fmt: skip
FATES = """[...document.querySelectorAll("#backhoe [data-technology]")].map(
    tile => [tile.querySelector("bdi").innerText, tile.dataset.state])"""


def rows(page):
    return page.locator("#component-table tbody tr:not(.detail)")


def counted(page, text):
    """Waits until the table has counted so."""
    page.locator("#component-count", has_text=text).wait_for(timeout=5_000)


def test_says_nothing_to_the_console_and_asks_the_network_for_nothing(show):
    opened = show(sample.demo())
    for summary in opened.page.locator("#technology-list summary").all():
        summary.click()
    opened.page.locator("#component-table .opener").first.click()
    assert opened.complaints == []
    assert opened.requests == [opened.address]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_fits_its_width_in_light_and_dark(show, lang):
    page = show(sample.demo(), lang=lang).page
    page.locator("#technology-open").click()
    for scheme, width in itertools.product(("light", "dark"), (320, 400, 768, 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(WIDE) <= width, (scheme, width)


def test_dark_is_dark(show):
    def background(scheme):
        return show(sample.demo(), color_scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert background("light") == "rgb(255, 255, 255)"
    assert background("dark") == "rgb(18, 20, 23)"


def test_without_javascript_everything_judged_is_there(show):
    page = show(sample.demo(), java_script_enabled=False).page
    text = page.locator("body").inner_text()
    for finding in sample.demo().findings:
        if finding.verdict == "flagged":
            assert finding.name in text
    assert page.locator("#component-controls").is_hidden()
    assert page.locator("#backhoe").is_hidden()
    assert rows(page).count() == len(sample.demo().components)


def test_without_javascript_a_deep_link_still_opens_the_evidence(show):
    page = show(sample.demo(), "#technology-postgresql", java_script_enabled=False).page
    assert page.locator("#technology-postgresql .lead").is_visible()


def test_search_finds_by_name_file_and_licence(show):
    page = show(sample.demo()).page
    for query, count in (("left-pad", 1), ("compose.yaml", 2), ("wtfpl", 1), ("LEFT pad", 1), ("nothing like it", 0)):
        page.locator("#component-search").fill(query)
        counted(page, f"{count} of 44")


def test_filters_narrow_and_clear_restores(show):
    page = show(sample.demo()).page
    components = sample.demo().components
    flagged = [component for component in components if component.verdict == "flagged"]
    page.locator("#component-verdict").select_option(label="flagged")
    assert rows(page).count() == len(flagged)
    page.locator("#component-direct").select_option(label="indirect")
    assert rows(page).count() == len([component for component in flagged if component.direct is False])
    page.locator("#component-reset").click()
    assert page.locator("#component-count").inner_text() == f"{len(components)} of {len(components)}"


def test_a_filter_that_leaves_nothing_says_so(show):
    page = show(sample.demo()).page
    page.locator("#component-verdict").select_option(label="safe")
    page.locator("#component-scope").select_option(label="build")
    assert "Nothing matches" in page.locator("#component-table tbody").inner_text()


def test_columns_sort_both_ways_and_say_so(show):
    page = show(sample.demo()).page
    head = page.locator("#component-table th.name")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    first = page.locator("#component-table .opener").first.inner_text()
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    names = sorted((component.name for component in sample.demo().components), key=str.casefold)
    assert (first, page.locator("#component-table .opener").first.inner_text()) == (names[0], names[-1])


def test_findings_sort_too(show):
    page = show(sample.demo()).page
    page.locator("table.findings").first.locator("th button", has_text="Finding").click()
    names = page.locator("table.findings").first.locator("td.name bdi").all_inner_texts()
    assert names == sorted(names, key=str.casefold)


def test_pages_turn(show):
    page = show(sample.large(500)).page
    assert "of 20" in page.locator("#component-page").inner_text()
    page.locator("#component-next").click()
    assert page.locator("#component-page").inner_text() == "Page 2 of 20"
    assert rows(page).count() == 25


def test_twenty_thousand_components_can_be_searched(show):
    opened = show(sample.large())
    opened.page.locator("#component-search").fill("left-pad")
    counted(opened.page, "1 of 20,000")
    assert opened.complaints == []


def test_a_row_opens_with_what_the_registry_said(show):
    page = show(sample.demo()).page
    page.locator("#component-search").fill("left-pad")
    counted(page, "1 of 44")
    opener = page.locator("#component-table .opener")
    opener.focus()
    page.keyboard.press("Enter")
    detail = page.locator("#component-table .detail").inner_text()
    for words in ("pkg:npm/left-pad@1.3.0", "WTFPL", "withdrawn", "https://registry.example/left-pad", "2026-11-24"):
        assert words in detail
    assert page.locator("#component-table .opener").get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.className") == "opener"


def test_technology_links_open_the_evidence(show):
    page = show(sample.demo(), "#technology-postgresql").page
    assert page.locator("#technology-postgresql .lead").is_visible()
    page.locator(".layers a", has_text="Stripe").first.click()
    page.locator("#technology-stripe .lead").wait_for()  # the page hears of its new address in a later turn
    assert page.locator("#technology-stripe .lead").is_visible()


def test_a_link_to_a_technology_shows_it_even_if_it_was_filtered_away(show):
    page = show(sample.demo()).page
    page.locator("#technology-verdict").select_option("safe")
    assert page.locator("#technology-list > details:visible").count() == 4
    page.locator(".layers a", has_text="Stripe").first.click()
    page.locator("#technology-stripe .lead").wait_for()  # the page hears of its new address in a later turn
    assert page.locator("#technology-stripe .lead").is_visible()


def test_evidence_sorts_and_opens_all(show):
    page = show(sample.demo()).page
    page.locator("#technology-order").select_option("name")
    names = page.locator("#technology-list > details .name bdi").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    page.locator("#technology-open").click()
    assert page.locator("#technology-list > details[open]").count() == len(names)


def test_a_purl_is_a_deep_link(show):
    page = show(sample.demo(), "#pkg:npm/%40tanstack/react-query@5.90.5").page
    assert "pkg:npm/%40tanstack/react-query@5.90.5" in page.locator("#component-table .detail").inner_text()


def test_evidence_leads_to_the_components_behind_it(show):
    page = show(sample.demo(), "#technology-redis").page
    page.locator("#technology-redis a", has_text="Show them in the table").click()
    assert page.locator("#component-count").inner_text() == "2 of 44"


def test_the_backhoe_answers_as_the_command_does(show):
    scan = sample.demo()
    page = show(scan).page
    names = {technology.name: technology.id for technology in scan.technologies}
    for loss in LOSSES:
        kind, _, id = loss.partition(":")
        value = f"actor:{[actor.id for actor in scan.actors].index(id)}" if kind == "actor" else loss
        page.locator("#backhoe-loss").select_option(value)
        expected = backhoe(scan, [loss])
        assert {names[name]: fate for name, fate in page.evaluate(FATES)} == {
            row.technology: row.fate for row in expected.technologies
        }, loss
        assert page.locator("#backhoe-answer dd").all_inner_texts() == [
            str(len([row for row in expected.technologies if row.fate == fate])) for fate in ("gone", "degraded")
        ] + [str(len(expected.components_stopped)), str(len(expected.not_installable))], loss
        falls = [service.service for service in expected.services if service.falls]
        ends = f", these services fall: {', '.join(falls)}." if falls else ", no declared service falls."
        assert page.locator("#backhoe-answer p").inner_text().endswith(ends), loss


def test_a_single_point_on_the_first_screen_starts_the_backhoe(show):
    page = show(sample.demo()).page
    page.locator(".first a", has_text="Broadcom").click()
    assert page.locator("#backhoe-answer p").inner_text().startswith("Without Broadcom, ")


def test_the_keyboard_reaches_the_report_first(show):
    page = show(sample.demo()).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_print_leaves_out_what_paper_cannot_do(show):
    page = show(sample.demo()).page
    page.emulate_media(media="print")
    for gone in ("header.bar", "#component-controls", "#backhoe"):
        assert page.locator(gone).is_hidden()
    assert page.locator("h1").is_visible()
    assert page.locator(".matrix").is_visible()


def test_print_shows_the_evidence_of_all_that_is_flagged_or_cannot_be_told(show):
    page = show(sample.demo(), java_script_enabled=False).page
    page.emulate_media(media="print")
    for technology in sample.demo().technologies:
        shown = page.locator(f"#technology-{technology.id} .lead").is_visible()
        assert shown is (technology.verdict in ("flagged", "unknown")), technology.id


def test_in_french_the_page_and_its_script_speak_french(show):
    opened = show(sample.large(2_000), lang="fr")
    page = opened.page
    assert opened.complaints == []
    assert page.locator("h1").inner_text().startswith("Sans Amazon, 1 service vital sur 2")
    assert page.locator("#component-count").inner_text() == "2\u202f000 sur 2\u202f000"
    assert page.locator("#backhoe-answer").inner_text().startswith("Sans ")
    page.locator("#component-search").fill("left-pad")
    counted(page, "1 sur 2\u202f000")
    page.locator("#component-table .opener").click()
    assert "Qui le détient" in page.locator("#component-table .detail").inner_text()


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "<svg onload=alert(1)>",
        "{{constructor.constructor('alert(1)')()}}",
        "\u202e<b>\x00\x1b[31m",
        "__proto__",
    ],
)
def test_nothing_hostile_runs(show, attack):
    opened = show(sample.hostile(attack))
    page = opened.page
    page.locator("#component-table .opener").first.click()
    page.locator("#technology-open").click()
    page.locator("#backhoe-loss").select_option(index=3)
    page.locator("#component-technology").select_option(index=1)
    assert opened.complaints == []
    assert opened.requests == [opened.address]
    assert page.locator("script").count() == 3
    assert page.locator("img").count() == 0


def test_an_empty_report_works_too(show):
    opened = show(sample.empty())
    assert opened.complaints == []
    assert opened.page.locator("h1").inner_text() == "No dependency was found."


@pytest.mark.parametrize(
    ("width", "scheme", "lang"),  # every two of them together
    [(400, "light", "fr"), (400, "dark", "en"), (1280, "light", "en"), (1280, "dark", "fr")],
)
def test_axe_finds_nothing_against_wcag_22_aa(show, axe, width, scheme, lang):
    size = {"width": width, "height": 900}
    page = show(sample.demo(), lang=lang, viewport=size, color_scheme=scheme, bypass_csp=True).page
    page.locator("#technology-open").click()
    page.locator("#component-table .opener").first.click()
    page.locator("details.more summary").first.click()
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(axe)
    result = page.evaluate(
        "axe.run({resultTypes: ['violations'],"
        " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    assert [
        (rule["id"], [(node["target"], node["failureSummary"]) for node in rule["nodes"][:3]])
        for rule in result["violations"]
    ] == []


def test_print_has_the_gravest_components_and_says_how_many_there_are(show):
    page = show(sample.demo(), java_script_enabled=False).page
    page.emulate_media(media="print")
    assert page.locator("#component-table tbody tr:visible").count() == 10
    assert "the first 10 of 44 components" in page.locator(".printed").inner_text()


def test_a_narrow_screen_shows_the_likeliest_risks_first(show):
    page = show(sample.demo(), viewport={"width": 400, "height": 800}).page
    assert page.evaluate(
        "(([box]) => box.scrollLeft + box.clientWidth >= box.scrollWidth - 1)(document.getElementsByClassName('scroll'))"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
