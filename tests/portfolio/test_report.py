"""The pages of a portfolio: complete in themselves, linked with each other, quick with ten thousand projects, and safe."""

import base64
import hashlib
import re

import msgspec
import pytest

from scanner.portfolio.overview import overview
from scanner.portfolio.questions import Questions
from scanner.report.portfolio.pages import PAGES, pages, write_pages
from tests.portfolio.projects import bom, scan, write
from tests.report.document import Document

NASTY = "</script><img src=x onerror=alert(1)>\u202egpj"


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    folder = tmp_path_factory.mktemp("portfolio")
    boms = write(folder / "boms", 60)
    (boms / "pay.cdx.json").write_text(bom("pkg:pypi/stripe@11.0.0", "pkg:pypi/psycopg@3.2.0"))
    (boms / "bad.cdx.json").write_text('{"bomFormat": "CycloneDX"')
    lines = [
        f"boms/{path.name},{path.name.partition('.')[0]},team-{at % 3}"
        for at, path in enumerate(sorted(boms.iterdir()))
    ]
    (folder / "all.csv").write_text("\n".join(line + (",vital" if ",pay," in line else ",") for line in lines) + "\n")
    for _ in range(2):
        scan(folder / "all.csv", folder / "all.duckdb")
        (boms / "service-000.cdx.json").write_text(bom("pkg:npm/alone@1.0.0"))
    questions = Questions(folder / "all.duckdb")
    yield overview(questions)
    questions.close()


@pytest.fixture(scope="module")
def documents(view):
    return {name: Document(page) for name, page in pages(view)}


def test_every_page_says_what_it_is_for(documents):
    assert set(documents) == set(PAGES)
    says = {
        "index": "Lose Amazon.com, Inc. and 59 of 62 projects stop.",
        "actors": "2 can stop a project alone.",
        "technologies": "Hangs on Stripe, Inc. alone",
        "projects": "Of 62 projects, 60 are flagged and 1 could not be looked at.",
        "backhoe": "can each stop something alone",
        "trends": "service-000 : Amazon Web Services Flagged use yes –",
        "funding": "Where money goes in",
        "gaps": "Nothing could be read of 1 project.",
    }
    for name, text in says.items():
        assert text in documents[name].text, name


def test_the_vital_project_is_the_first(view, documents):
    assert (view.projects[0].name, view.projects[0].criticality) == ("pay", "vital")
    assert "pay" in documents["index"].text


def test_a_page_loads_nothing_and_runs_only_its_own_script(view):
    for name, page in pages(view):
        document = Document(page)
        assert not [
            tag for tag, has in document.tags if "src" in has or (tag == "link" and not has["href"].startswith("data:"))
        ]
        (policy,) = (meta["content"] for meta in document.all("meta") if meta.get("http-equiv"))
        script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        assert len(script) == 1, name
        digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
        assert f"script-src 'sha256-{digest}'" in policy


def test_every_link_leads_to_something(documents):
    ids = {
        f"{name}.html": {has["id"] for _, has in document.tags if "id" in has} for name, document in documents.items()
    }
    for name, document in documents.items():
        for link in document.all("a"):
            page, _, fragment = link["href"].partition("#")
            if not page.startswith("http"):
                assert (page or f"{name}.html") in ids, link
                assert not fragment or page == "projects.html" or fragment in ids[page or f"{name}.html"], link


def test_equal_views_make_equal_pages(view):
    assert dict(pages(view)) == dict(pages(view))


def test_what_strangers_write_is_shown_and_not_run(view):
    project = msgspec.structs.replace(view.projects[0], name=NASTY, owner=NASTY)
    actor = msgspec.structs.replace(view.actors[0], name=NASTY)
    hostile = msgspec.structs.replace(view, name=NASTY, projects=(project,), actors=(actor,))
    for name, page in pages(hostile):
        assert "<img" not in page, name
        assert "\u202e" not in page, name
        assert not Document(page).all("img")


def test_ten_thousand_projects_stay_small(view):
    many = tuple(msgspec.structs.replace(view.projects[0], name=f"service-{number}") for number in range(10_000))
    runs = (*view.runs[:-1], msgspec.structs.replace(view.runs[-1], projects=10_000))
    sizes = {name: len(page) for name, page in pages(msgspec.structs.replace(view, projects=many, runs=runs))}
    assert sizes["index"] < 100_000
    assert sizes["projects"] < 1_000_000


def test_the_pages_are_files_of_a_folder(view, tmp_path):
    files = write_pages(view, tmp_path / "report")
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == sorted(path.name for path in files)


@pytest.fixture
def show(browse, view, tmp_path):
    write_pages(view, tmp_path)
    return lambda page: browse(f"{tmp_path.as_uri()}/{page}")


def test_in_a_browser_no_page_complains_or_asks_for_anything(show):
    for name in PAGES:
        opened = show(f"{name}.html")
        assert (opened.complaints, opened.requests) == ([], [opened.address])
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_in_a_browser_projects_are_searched_filtered_sorted_and_paged(show):
    page = show("projects.html#technology=postgresql").page
    count, rows = page.locator("#project-count"), page.locator("#project-table tbody tr")
    count.get_by_text("16 of 62").wait_for()
    page.locator("#project-reset").click()
    count.get_by_text("62 of 62").wait_for()
    assert rows.count() == 50
    page.locator("#project-next").click()
    assert rows.count() == 12
    page.locator("#project-search").fill("service-03")
    count.get_by_text("10 of 62").wait_for()
    page.locator("#project-table th button").first.click()
    page.locator("#project-table th button").first.click()
    assert rows.first.inner_text().startswith("service-039")
    page.locator("#project-reset").click()
    page.locator("#project-verdict").select_option("failed")
    count.get_by_text("1 of 62").wait_for()


def test_in_a_browser_tables_are_sorted_and_searched(show):
    page = show("technologies.html").page
    rows = page.locator("#technologies tbody tr:visible")
    page.locator("[data-filter] input").fill("stripe")
    assert rows.count() == 1
    page.locator("[data-filter] input").fill("")
    page.get_by_role("button", name="Projects", exact=True).click()
    projects = [int(row.locator("td").nth(3).inner_text()) for row in rows.all()]
    assert projects == sorted(projects, reverse=True)


def test_in_a_browser_a_project_opens_and_shows_its_technologies_flagged_first(show):
    page = show("projects.html").page
    page.get_by_role("button", name="pay").click()
    tiles = page.locator("tr.detail .tile")
    assert tiles.all_inner_texts()[0] == "Stripe"
    assert tiles.first.get_attribute("href") == "technologies.html#technology-stripe"
    page.get_by_role("button", name="pay").click()
    assert tiles.count() == 0


def test_in_a_browser_columns_that_say_nothing_are_not_shown(browse, view, tmp_path):
    known = tuple(msgspec.structs.replace(item, owner="", criticality=None) for item in view.projects)
    write_pages(msgspec.structs.replace(view, projects=known), tmp_path)
    page = browse(f"{tmp_path.as_uri()}/projects.html").page
    shown = page.locator("#project-table th:visible").all_inner_texts()
    assert shown == ["Project", "Verdict", "Score", "Flagged", "Components"]


def test_in_a_browser_a_long_table_is_folded_until_somebody_asks(browse, view, tmp_path):
    actors = tuple(msgspec.structs.replace(view.actors[0], id=f"a-{number}") for number in range(150))
    write_pages(msgspec.structs.replace(view, actors=actors), tmp_path)
    page = browse(f"{tmp_path.as_uri()}/actors.html#actor-a-140").page
    rows = page.locator("#actors tbody tr:visible")
    assert rows.count() == 101
    page.get_by_role("button", name="Show all 150").click()
    assert rows.count() == 150


def test_in_a_browser_a_link_leads_to_the_projects_that_use_it(show):
    page = show("technologies.html").page
    page.locator("#technology-stripe td a").click()
    page.locator("#project-count").get_by_text("1 of 62").wait_for()
    assert page.locator("#project-table tbody tr").inner_text().startswith("pay")
