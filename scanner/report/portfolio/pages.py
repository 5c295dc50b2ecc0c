"""The report of a portfolio: a folder of static pages, each complete in itself, in the look of a project's report.

A page loads nothing and sends nothing, so a folder can be copied anywhere, or be opened from a disk.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scanner.errors import UsageError
from scanner.report import write
from scanner.report.html import environment, policy, text
from scanner.report.language import Words, catalogue
from scanner.report.page import ORDER
from scanner.report.portfolio.lines import line_chart
from scanner.report.portfolio.view import View
from scanner.report.visible import safe

TEMPLATES = Path(__file__).parent / "templates"
PAGES = ("index", "actors", "technologies", "projects", "backhoe", "trends", "funding", "gaps")
STATIC_ROWS = 200
"""Projects that are in the page itself, for readers without JavaScript."""
MOST_ROWS = 20_000
"""Projects that the page holds; the store has them all."""


def write_pages(view: View, folder: Path, *, lang: str = "en") -> list[Path]:
    """Write every page into `folder`. Raises UsageError where it does not take them."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}") from error
    files = []
    for name, page in pages(view, lang=lang):
        files.append(folder / f"{name}.html")
        write(files[-1], page)
    return files


def pages(view: View, *, lang: str = "en") -> Iterator[tuple[str, str]]:
    """Name and content of every page. Equal views make equal pages."""
    words = catalogue(lang)
    view = safe(view)
    style = text("report.css") + text("portfolio.css", TEMPLATES)
    script = text("page.js") + text("portfolio.js", TEMPLATES)
    jinja = environment(words, TEMPLATES)
    shared = {
        "view": view,
        "run": view.runs[-1],
        "by_id": {technology.id: technology for technology in view.technologies},
        "verdicts": ORDER,
        "pages": PAGES,
        "headline": headline(view, words),
        "said": words.said,
        "policy": policy(style, script),
        "style": style,
        "script": script,
        "lang": lang,
    }
    for name in PAGES:
        own = _data(view) if name == "projects" else _charts(view) if name == "trends" else {}
        yield name, jinja.get_template(f"{name}.html").render(**shared, **own, page=name)


def headline(view: View, words: Words) -> str:
    """One sentence that a board remembers."""
    worst = next((actor for actor in view.actors if actor.stopped), None)
    total = words.number(view.runs[-1].projects)
    if worst is None:
        return words.say("No single actor is known to stop any of the {total} projects.", total=total)
    stopped = words.number(worst.stopped)
    return words.say(
        "Lose {actor} and {stopped} of {total} projects stop.", actor=worst.name, stopped=stopped, total=total
    )


def _data(view: View) -> dict[str, Any]:
    """The projects as rows for the page's script: what repeats is named by its place in a list."""
    owners = sorted({project.owner for project in view.projects})
    places = {owner: place for place, owner in enumerate(owners)}
    grades = ("vital", "important", "ordinary", None)
    rows = [
        [
            project.name, places[project.owner], grades.index(project.criticality), int(project.failed),
            ORDER.index(project.verdict), project.score, project.components, project.flagged, project.technologies,
        ]
        for project in view.projects[:MOST_ROWS]
    ]  # fmt: skip
    technologies = [[item.id, item.name, ORDER.index(item.verdict)] for item in view.technologies]
    return {
        "data": {"rows": rows, "owners": owners, "order": ORDER, "technologies": technologies},
        "owners": owners,
        "rows": view.projects[:STATIC_ROWS],
    }


def _charts(view: View) -> dict[str, Any]:
    runs = view.runs
    return {
        "lines": {
            "flagged": line_chart([run.flagged for run in runs], max(run.projects for run in runs)),
            "score": line_chart([run.score for run in runs], 100),
            "projects": line_chart([run.projects for run in runs], max(run.projects for run in runs)),
        }
    }
