"""https://docs.deps.dev/api/v3/; who can publish is not told, nor what is deprecated."""

from . import MANY, case, missing

PATH = "/systems/npm/packages/pad"


def package(*older, path=PATH, **details):
    key = {"system": "NPM", "name": "pad"}
    versions = [
        {"versionKey": key | {"version": version}, "publishedAt": "2020-04-09T00:00:00Z", "isDefault": False}
        for version in older
    ]
    latest = {"versionKey": key | {"version": "1.0.0"}, "publishedAt": "2026-04-09T00:00:00Z", "isDefault": True}
    usual = {
        "licenses": ["MIT"],
        "links": [
            {"label": "HOMEPAGE", "url": "https://pad.example"},
            {"label": "SOURCE_REPO", "url": "git+https://github.com/acme/pad.git"},
        ],
        "attestations": [],
        "slsaProvenances": [],
    }
    return {path: {"packageKey": key, "versions": [*versions, latest]}, f"{path}/versions/1.0.0": usual | details}


FACTS = {
    "licence": "MIT",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/pad",
}
PURL = "pkg:depsdev/npm/pad@1.0.0"
CASES = {
    "organisation": case(PURL, package(attestations=[{"verified": True}]), provenance=True, **FACTS),
    "person": case(PURL, package(), **FACTS),
    "withdrawn": case(PURL, package("0.9.0", "1.0.0-rc"), **FACTS),
    "no licence": case(PURL, package(licenses=["non-standard"]), **FACTS | {"licence": None}),
    "two licences": case(PURL, package(licenses=["MIT", "Apache-2.0"]), **FACTS | {"licence": "MIT AND Apache-2.0"}),
    "huge": case(PURL, package(*(f"0.{number}.0" for number in range(MANY))), **FACTS),
    "missing": missing("pkg:depsdev/npm/nothing@1.0.0"),
    "of Maven": case(
        "pkg:depsdev/maven/org.acme/pad@1.0.0", package(path="/systems/maven/packages/org.acme:pad"), **FACTS
    ),
    "of Go": case(
        "pkg:depsdev/golang/forge.example/pad@v1.0.0", package(path="/systems/go/packages/forge.example%2Fpad"), **FACTS
    ),
}
