"""Whatever is true of a package, and whichever faults hit its documents: no verdict gets better."""

import itertools
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.assess.custody import ORDER, judge

from .test_faults import FAULTS, body

PAD, JSON, INDEX = "pkg:pypi/pad@1", "/pypi/pad/json", "/simple/pad/"
TODAY = date(2026, 11, 24)
SLOW = ("slow drip", "silence", "endless body", "endless after the end of the compression", "decompression bomb")
"""Faults that take their time; test_faults.py has them one by one."""
faults = st.none() | st.sampled_from([name for name in FAULTS if name not in SLOW])
numbers = itertools.count()


@st.composite
def packages(draw):
    """The two documents of a package that may be anything from fine to flagged."""
    licence = draw(st.sampled_from(["MIT", "LicenseRef-Own", None]))
    files = [{"upload_time": "2026-04-09T00:00:00", "yanked": draw(st.booleans())}]
    roles = [{"role": "Owner", "user": name} for name in draw(st.sampled_from([[], ["ada"], ["ada", "grace"]]))]
    told = {
        "info": {"version": "1", "license_expression": licence},
        "releases": {"1": files},
        "ownership": {"roles": roles, "organization": None},
    }
    return told, {"files": [], "project-status": {"status": draw(st.sampled_from(["active", "archived"]))}}


def worst(found):
    return ORDER.index(judge(found.facts.get(PAD), TODAY).bounds[1])


@pytest.fixture
def public(registry, monkeypatch):
    """As the public registry does, this one has both documents of each package."""
    monkeypatch.setattr("scanner.resolve.registries.pypi.default", lambda: registry.url)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(packages(), st.tuples(faults, faults), st.booleans(), st.booleans())
def test_no_fault_makes_a_verdict_better(registry, public, look_up, tmp_path, package, hit, known, passing):
    def hear(*faults):
        for path, told, fault in zip((JSON, INDEX), package, faults, strict=True):
            good = body(json.dumps(told).encode())
            acts = [good] if fault is None else [FAULTS[fault][0], good] if passing else [FAULTS[fault][0]]
            registry.act(path, *acts)

    own = {"cache": tmp_path / str(next(numbers)), "backoff": 0.0001, "largest": 1 << 20}
    hear(None, None)
    truth = look_up(PAD, **own | ({} if known else {"cache": tmp_path / "truth", "ttl_hours": 0}))
    assert not truth.gaps
    hear(*hit)
    assert worst(look_up(PAD, ttl_hours=0, **own)) >= worst(truth)


def test_at_the_public_registry_no_document_is_left_out(registry, public, look_up):
    registry.act(
        JSON, body(b'{"info": {"license_expression": "MIT"}, "ownership": {"roles": [{"user": "a"}, {"user": "b"}]}}')
    )
    registry.act(INDEX, body(b"<html>", content_type="text/html"))
    found = look_up(PAD)
    assert not found.facts
    assert "answers text/html" in found.gaps[0].reason
