"""The geometry of the report's charts; the template draws them as SVG, in percent, so that they fit any width."""

import math
from collections.abc import Iterable, Mapping

from scanner.model import Concentration, Value, Verdict
from scanner.report.method import BANDS

INDEX_BANDS = (("low", 0, 1_000), ("moderate", 1_000, 1_800), ("high", 1_800, 10_000))
GAP = 0.4
"""Space between two parts of a bar, in percent of its width."""


class Part(Value, frozen=True, kw_only=True):
    """A piece of a bar: where it starts and how wide it is, in percent, and what it stands for."""

    x: float
    width: float
    kind: str
    count: int = 0
    here: bool = False


class Scale(Value, frozen=True, kw_only=True):
    """A scale with its bands, a needle at the value, and the range that unknown facts leave open."""

    bands: tuple[Part, ...]
    at: float | None = None
    range: Part | None = None


def score_scale(score: int | None, span: tuple[int, int] | None = None) -> Scale:
    """The score from 0 to 100 on its three bands."""
    bands = tuple(
        Part(
            x=first,
            width=(100 if last == 100 else last + 1) - first - (0 if last == 100 else GAP),
            kind=verdict,
            here=score is not None and first <= score <= last,
        )
        for verdict, first, last in BANDS
    )
    open_range = span is not None and span[0] != span[1]
    reach = Part(x=span[0], width=span[1] - span[0], kind="range") if span and open_range else None
    return Scale(bands=bands, at=score, range=reach)


def index_scale(concentration: Concentration) -> Scale:
    """The Herfindahl-Hirschman index on its bands; the scale is a square root, so that the low bands can be seen."""
    bands = tuple(
        Part(
            x=_root(first),
            width=_root(last) - _root(first) - (0 if last == 10_000 else GAP),
            kind=name,
            here=name == concentration.band,
        )
        for name, first, last in INDEX_BANDS
    )
    return Scale(bands=bands, at=_root(concentration.index))


def _root(index: int) -> float:
    return round(math.sqrt(max(index, 0) / 10_000) * 100, 2)


def stack(counts: Mapping[Verdict, int], order: Iterable[Verdict]) -> tuple[Part, ...]:
    """One bar of all technologies, divided by verdict; a part that is there can always be seen."""
    present = [(verdict, counts.get(verdict, 0)) for verdict in order if counts.get(verdict, 0)]
    total = sum(count for _, count in present)
    room = 100 - GAP * (len(present) - 1) if present else 0
    parts, x = [], 0.0
    for verdict, count in present:
        width = room * count / total
        parts.append(Part(x=round(x, 2), width=round(width, 2), kind=verdict, count=count))
        x += width + GAP
    return tuple(parts)
