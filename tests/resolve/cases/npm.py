"""https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md"""

from . import MANY, case, missing

PATH = "/pad"


def package(*people, versions=("1.0.0",), **latest):
    version = {
        "license": "MIT",
        "repository": {"type": "git", "url": "git+https://github.com/acme/pad.git"},
        "funding": {"type": "individual", "url": "https://f.example"},
        "dist": {"signatures": [{}], "attestations": {"url": "https://pad.example"}},
        "maintainers": [{"name": name} for name in people],
        "_npmUser": {"name": people[0] if people else "ada"},
    }
    return {
        "name": "pad",
        "dist-tags": {"latest": "1.0.0"},
        "versions": dict.fromkeys(versions, version) | {"1.0.0": version | latest},
        "maintainers": [{"name": name, "email": f"{name}@acme.example"} for name in people],
        "time": {
            "created": "2014-01-01T00:00:00Z",
            "modified": "2026-09-09T00:00:00Z",
            "1.0.0": "2026-04-09T00:00:00Z",
        },
    }


FACTS = {
    "repository": "https://github.com/acme/pad",
    "funding": ("https://f.example",),
    "licence": "MIT",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "provenance": True,
}
CASES = {
    "organisation": case("pkg:npm/%40acme/pad@1.0.0", {"/@acme%2Fpad": package("ada", "grace")}, publishers=2, **FACTS),
    "person": case("pkg:npm/pad@1.0.0", {PATH: package("ada")}, publishers=1, **FACTS),
    "withdrawn": case(
        "pkg:npm/pad@1.0.0",
        {PATH: package("ada", deprecated="use pad2", dist={"signatures": [{}]})},
        **FACTS | {"publishers": 1, "withdrawn": "deprecated: use pad2", "provenance": False},
    ),
    "no licence": case(
        "pkg:npm/pad@1.0.0", {PATH: package("ada", license=None)}, **FACTS | {"publishers": 1, "licence": None}
    ),
    "huge": case(
        "pkg:npm/pad@1.0.0",
        {PATH: package("ada", versions=[f"0.{number}.0" for number in range(MANY)])},
        publishers=1,
        **FACTS,
    ),
    "missing": missing("pkg:npm/nothing@1.0.0"),
    "a mirror that tells little": case(
        "pkg:npm/pad@1.0.0",
        {
            PATH: {
                "name": "pad",
                "dist-tags": {"latest": "1.0.0"},
                "versions": {"1.0.0": {"license": "MIT"}},
                "time": {"1.0.0": "2026-09-09T00:00:00+00:00"},
            }
        },
        licence="MIT",
        latest="1.0.0",
    ),
}
