"""The table of a run, for a terminal and for docs/benchmarks.md.

python -m tests.bench.table build/bench.json            print it
python -m tests.bench.table build/bench.json PAGE       put it into the page, between its two marks
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.bench.measure import Figures, Spread
from tests.bench.results import Measured, Results, load
from tests.bench.rows import OURS

BEGIN, END = "<!-- begin of what make bench measured -->", "<!-- end -->"
HEAD = ("what", "program", "wall", "CPU", "peak MiB", "ours ÷ its CPU")
WIDTHS = (44, 18, 23, 23, 21, 15)
GROWTH = ("CycloneDX, 1,000 components", "CycloneDX, 10,000 components", "CycloneDX, 100,000 components")


def cells(row: Measured) -> Iterator[tuple[str, ...]]:
    """One line a program; the name of the row stands once."""
    for number, (program, figures) in enumerate(row.figures.items()):
        ratio = "" if program == OURS else f"{row.ratio(program):.2f}"
        yield (row.name if number == 0 else "", program, *_figures(figures), ratio)


def line(cell: tuple[str, ...]) -> str:
    """For a terminal."""
    return " ".join(text.ljust(width) for text, width in zip(cell, WIDTHS, strict=True)).rstrip()


def growth(results: Results) -> list[str]:
    """How much more each ten times as many components take."""
    rows = [row for row in results.rows if row.name in GROWTH]
    return [
        f"{after.name}: {after.ours.cpu.median / before.ours.cpu.median:.1f} times the processor time and "
        f"{after.ours.peak.median / before.ours.peak.median:.1f} times the memory of a tenth of them"
        for before, after in pairwise(rows)
    ]


def markdown(results: Results) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    lines = [
        f"{results.date}, commit {results.commit}, {results.machine}; {versions}.",
        f"Least / **median** / most of {results.runs} runs, in seconds.",
        "",
        "| " + " | ".join(HEAD) + " |",
        "|---" * 2 + "|--:" * 4 + "|",
    ]
    lines += ["| " + " | ".join(_bold(cell)) + " |" for row in results.rows for cell in cells(row)]
    return "\n".join([*lines, "", *(f"- {text}" for text in growth(results))]) + "\n"


def put(results: Results, page: Path) -> None:
    """The table between the marks of a page."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{markdown(results)}{END}{after}", "utf-8")


def _figures(figures: Figures) -> tuple[str, str, str]:
    return _spread(figures.wall, 3), _spread(figures.cpu, 3), _spread(figures.peak, 0)


def _spread(spread: Spread, digits: int) -> str:
    return " / ".join(f"{value:.{digits}f}" for value in (spread.least, spread.median, spread.most))


def _bold(cell: tuple[str, ...]) -> list[str]:
    """The medians."""
    return [" / ".join(_marked(text.split(" / "))) for text in cell]


def _marked(parts: list[str]) -> list[str]:
    return [parts[0], f"**{parts[1]}**", parts[2]] if len(parts) == 3 else parts


if __name__ == "__main__":
    results = load(Path(sys.argv[1]))
    if sys.argv[2:]:
        put(results, Path(sys.argv[2]))
    else:
        print(markdown(results))
