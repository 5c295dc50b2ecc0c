"""Chart geometry: parts add up, nothing leaves the frame, and what is there can be seen."""

import pytest

from scanner.model import Concentration
from scanner.report.charts import index_scale, score_scale, stack

ORDER = ("flagged", "unknown", "watch", "ok", "safe")


def test_the_stack_fills_its_width_in_proportion():
    flagged, safe = stack({"flagged": 1, "safe": 3, "watch": 0}, ORDER)
    assert (flagged.kind, safe.kind) == ("flagged", "safe")
    assert safe.x + safe.width == pytest.approx(100, abs=0.1)
    assert safe.width == pytest.approx(3 * flagged.width, abs=0.1)


def test_an_empty_stack_has_no_parts():
    assert stack({}, ORDER) == ()


@pytest.mark.parametrize(
    ("score", "verdict"), [(0, "flagged"), (39, "flagged"), (40, "watch"), (74, "watch"), (75, "safe"), (100, "safe")]
)
def test_the_score_lights_the_band_of_its_verdict(score, verdict):
    scale = score_scale(score)
    assert [band.kind for band in scale.bands if band.here] == [verdict]
    assert scale.at == score
    assert scale.range is None


def test_an_unknown_score_shows_the_range_that_is_left_open():
    scale = score_scale(None, (12, 62))
    assert scale.at is None
    assert (scale.range.x, scale.range.width) == (12, 50)
    assert not any(band.here for band in scale.bands)


@pytest.mark.parametrize(("index", "band"), [(0, "low"), (1_500, "moderate"), (10_000, "high")])
def test_the_needle_of_the_index_stands_in_its_band(index, band):
    scale = index_scale(Concentration(index=index, band=band, shares=()))
    [here] = [part for part in scale.bands if part.here]
    assert here.kind == band
    assert here.x - 0.5 <= scale.at <= here.x + here.width + 0.5
