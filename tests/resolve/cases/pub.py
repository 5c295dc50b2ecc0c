"""https://github.com/dart-lang/pub/blob/master/doc/repository-spec-v2.md and https://pub.dev/help/api"""

from . import MANY, case, missing

PATH = "/api/packages/pad"
OLD = {"version": "0.9.0", "published": "2020-04-09T00:00:00Z", "retracted": True}


def package(older=(OLD,), **changes):
    spec = {"repository": "https://forge.example/pad", "funding": ["https://f.example"]}
    latest = {"version": "1.0.0", "published": "2026-04-09T00:00:00Z", "pubspec": spec}
    return {"name": "pad", "latest": latest, "versions": [*older, latest]} | changes


def tags(*tags):
    return {f"{PATH}/score": {"grantedPoints": 160, "tags": ["sdk:dart", *tags]}}


FACTS = {
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://forge.example/pad",
    "funding": ("https://f.example",),
}
BSD = tags("license:bsd-3-clause", "license:osi-approved")
CASES = {
    "organisation": case(
        "pkg:pub/pad@1.0.0",
        {PATH: package(), f"{PATH}/publisher": {"publisherId": "acme.example"}, **BSD},
        organisation="acme.example",
        licence="BSD-3-Clause",
        **FACTS,
    ),
    "person": case(
        "pkg:pub/pad@1.0.0",
        {PATH: package(), f"{PATH}/publisher": {"publisherId": None}, **BSD},
        licence="BSD-3-Clause",
        **FACTS,
    ),
    "withdrawn": case(
        "pkg:pub/pad@1.0.0",
        {PATH: package(isDiscontinued=True, replacedBy="pad2")},
        withdrawn="discontinued",
        successor="pad2",
        **FACTS,
    ),
    "a retracted version": case("pkg:pub/pad@0.9.0", {PATH: package()}, withdrawn="retracted", **FACTS),
    "no licence": case("pkg:pub/pad@1.0.0", {PATH: package(), **tags("license:unknown")}, **FACTS),
    "huge": case(
        "pkg:pub/pad@1.0.0", {PATH: package([OLD | {"version": f"0.{number}.0"} for number in range(MANY)])}, **FACTS
    ),
    "missing": missing("pkg:pub/nothing@1.0.0"),
}
