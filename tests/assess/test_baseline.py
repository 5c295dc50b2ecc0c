"""The baseline: what is known stays known while the project moves on, and what is new or worse is told."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess.baseline import Baseline, baseline, decode, encode, identity, mark
from scanner.errors import ReadError
from scanner.model import Finding, Location


def finding(id="pkg:npm/a@1.0.0", verdict="watch", kind=None, **fields):
    return Finding(
        **{
            "kind": kind or ("component" if id.startswith("pkg:") else "technology"),
            "id": id,
            "name": id,
            "verdict": verdict,
            "severity": 3,
            "message": "",
            "locations": (),
            "why": (),
            "remedy": "",
        }
        | fields
    )


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["stripe", "redis", "pkg:npm/a@1.0.0", "pkg:npm/%40s/b@2", "pkg:golang/x.example/m/v2@v2.1.0"]),
        st.sampled_from(["watch", "flagged", "unknown"]),
    ),
    unique_by=lambda item: item.id,
)


@given(FINDINGS, st.randoms())
def test_the_order_of_findings_makes_no_difference(findings, random):
    shuffled = random.sample(findings, len(findings))
    assert encode(baseline(shuffled)) == encode(baseline(findings))


@given(FINDINGS)
def test_what_was_written_is_known(findings):
    known = decode("b", encode(baseline(findings)).encode()).findings
    assert all(item.known for item in mark(findings, known))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (finding("pkg:npm/a@1.0.0"), finding("pkg:npm/a@2.0.0")),
        (finding("pkg:golang/x.example/m/v2@v2.1.0"), finding("pkg:golang/x.example/m/v3@v3.0.0")),
        (finding("pkg:npm/a@1?vcs_url=git%2Bhttps://x.example/a"), finding("pkg:npm/a@1")),
        (
            finding("redis", locations=(Location(path="a/yarn.lock", line=3),)),
            finding("redis", locations=(Location(path="b/yarn.lock", line=9),)),
        ),
        (finding("redis", "flagged"), finding("redis", "watch")),
        (finding("redis", severity=2), finding("redis", severity=5)),
        (finding("pkg:npm/a@1", "watch"), finding("pkg:npm/a@1", "unknown")),
        (finding("redis", rule="one"), finding("redis", rule="other")),
    ],
    ids=["version", "go-major", "origin", "moved", "better", "severity", "not-looked-at", "rule"],
)
def test_what_changed_in_these_ways_stays_known(before, after):
    assert mark([after], baseline([before]).findings)[0].known


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (finding("redis", "watch"), finding("redis", "flagged")),
        (finding("redis", "unknown"), finding("redis", "flagged")),
        (finding("pkg:npm/a@1"), finding("pkg:npm/b@1")),
        (finding("pkg:npm/a@1"), finding("pkg:pypi/a@1")),
        (finding("a", kind="technology"), finding("pkg:npm/a@1")),
    ],
    ids=["worse", "known-to-be-bad", "another", "another-registry", "another-kind"],
)
def test_what_is_worse_or_another_is_new(before, after):
    assert not mark([after], baseline([before]).findings)[0].known


def test_of_several_versions_the_worst_verdict_is_kept():
    known = baseline([finding("pkg:npm/a@1", "flagged"), finding("pkg:npm/a@2", "watch")])
    assert known.findings == {"pkg:npm/a": "flagged"}


def test_the_file_is_small_sorted_and_one_finding_a_line():
    text = encode(baseline([finding("stripe", "flagged"), finding("pkg:npm/a@1")]))
    assert json.loads(text) == {
        "baseline_version": "1",
        "findings": {"pkg:npm/a": "watch", "technology:stripe": "flagged"},
    }
    assert [line.strip() for line in text.splitlines()][3:5] == [
        '"pkg:npm/a": "watch",',
        '"technology:stripe": "flagged"',
    ]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b"[" * 100_000, b'{"findings": {"a": "grave"}}', b'{"schema_version": "1"}']
)
def test_what_is_no_baseline_is_an_error_that_says_how_to_make_one(data):
    with pytest.raises(ReadError, match=r"^b: is no baseline of outlast: .*`outlast baseline write`"):
        decode("b", data)


def test_a_baseline_of_another_version_is_not_guessed_at():
    with pytest.raises(ReadError, match="baseline version 2; this outlast reads 1"):
        decode("b", msgspec.json.encode(Baseline(baseline_version="2")))


def test_an_identity_tells_a_technology_from_a_package():
    assert identity(finding("redis")) == "technology:redis"
    assert identity(finding("pkg:npm/redis@5")) == "pkg:npm/redis"
