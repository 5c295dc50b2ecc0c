"""A treemap: areas in proportion to what they stand for, in groups, without a gap or an overlap.

The parts are halved again and again, across the longer side, so that areas stay near to squares and in their order
(binary tree layout, after Shneiderman: https://www.cs.umd.edu/hcil/treemap-history/).
"""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 1160, 400
HEAD = 22
"""Height of a group's own title."""
LETTER, LINE, PADDING = 7.4, 17, 8


class Area(NamedTuple):
    """A rectangle, in the units of the drawing."""

    x: float
    y: float
    width: float
    height: float

    def lines(self, text: str) -> tuple[str, ...]:
        """The text in lines that fit, or nothing: a label is never cut."""
        room = int((self.width - 2 * PADDING) / LETTER)
        lines: list[str] = []
        for word in text.split():
            if lines and len(lines[-1]) + 1 + len(word) <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        fits = all(len(line) <= room for line in lines) and len(lines) * LINE + PADDING <= self.height
        return tuple(lines) if fits else ()

    def below(self, head: float) -> "Area":
        """What is left under a title."""
        return Area(self.x, self.y + head, self.width, max(self.height - head, 0))


WHOLE = Area(0, 0, WIDTH, HEIGHT)


def divide(weights: Sequence[int], area: Area = WHOLE) -> tuple[Area, ...]:
    """An area for each weight, in their order."""
    if len(weights) <= 1:
        return (area,) * len(weights)
    at = _middle(weights)
    share = sum(weights[:at]) / sum(weights)
    x, y, width, height = area
    if width >= height:
        one, other = Area(x, y, width * share, height), Area(x + width * share, y, width * (1 - share), height)
    else:
        one, other = Area(x, y, width, height * share), Area(x, y + height * share, width, height * (1 - share))
    return divide(weights[:at], one) + divide(weights[at:], other)


def _middle(weights: Sequence[int]) -> int:
    """Where to part the weights so that both halves are nearest to equal."""
    total, before = sum(weights), [sum(weights[:at]) for at in range(1, len(weights))]
    return 1 + min(range(len(before)), key=lambda at: abs(2 * before[at] - total))
