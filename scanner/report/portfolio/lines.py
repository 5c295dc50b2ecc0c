"""The geometry of a line over runs: points in percent, from the lowest to the highest value of a scale."""

from collections.abc import Sequence

from scanner.model import Value


class Point(Value, frozen=True, kw_only=True):
    x: float
    y: float
    value: float


def line_chart(values: Sequence[float | None], highest: float) -> tuple[Point, ...]:
    """A point for each value that there is, evenly apart; `highest` is the top of the scale, whose bottom is 0."""
    steps = max(len(values) - 1, 1)
    return tuple(
        Point(x=round(100 * place / steps, 2), y=round(100 - 100 * value / (highest or 1), 2), value=value)
        for place, value in enumerate(values)
        if value is not None
    )
