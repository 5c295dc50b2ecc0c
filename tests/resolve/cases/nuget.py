"""https://learn.microsoft.com/nuget/api/registration-base-url-resource; who owns a package is told by another service."""

from . import MANY, case, missing

FOLDER = "/v3/registration5-gz-semver2/pad"
INDEX = f"{FOLDER}/index.json"


def page(*entries):
    usual = {
        "id": "Pad",
        "published": "2026-04-09T00:00:00Z",
        "listed": True,
        "licenseExpression": "MIT",
        "projectUrl": "https://github.com/acme/pad",
    }
    leaves = [{"catalogEntry": usual | entry} for entry in entries]
    return {"lower": entries[0]["version"], "upper": entries[-1]["version"], "count": len(leaves), "items": leaves}


def index(*entries):
    return {INDEX: {"count": 1, "items": [page(*entries)]}}


NEW = {"version": "1.0.0"}
DEPRECATION = {"reasons": ["Legacy"], "message": "old", "alternatePackage": {"id": "Pad2", "range": "*"}}
FACTS = {
    "licence": "MIT",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/pad",
}
OFFICIAL = {"licenseExpression": None, "licenseUrl": "https://licenses.nuget.org/Apache-2.0"}
OWN = {"licenseExpression": None, "licenseUrl": "https://acme.example/licence"}
CASES = {
    "organisation": case("pkg:nuget/Pad@1.0.0", index(NEW, {"version": "2.0.0-rc"}), **FACTS),
    "person": case("pkg:nuget/Pad@1.0.0", index(NEW | OFFICIAL), **FACTS | {"licence": "Apache-2.0"}),
    "withdrawn": case(
        "pkg:nuget/Pad@0.1.0",
        index(NEW | {"deprecation": DEPRECATION}),
        withdrawn="deprecated: Legacy: old",
        successor="Pad2",
        **FACTS,
    ),
    "all versions unlisted": case(
        "pkg:nuget/Pad@1.0.0",
        index(NEW | {"listed": False}),
        **FACTS | {"withdrawn": "unlisted: all versions", "released": None},
    ),
    "no licence": case("pkg:nuget/Pad@1.0.0", index(NEW | OWN), **FACTS | {"licence": None}),
    "huge": case(
        "pkg:nuget/Pad@1.0.0",
        {
            INDEX: {"items": [{"lower": f"0.{n}.0", "upper": f"0.{n}.9"} for n in range(3)]},
            **{
                f"{FOLDER}/page/0.{n}.0/0.{n}.9.json": page(*({"version": f"0.{n}.{m}"} for m in range(MANY // 3)), NEW)
                for n in range(3)
            },
        },
        **FACTS,
    ),
    "missing": missing("pkg:nuget/Nothing@1.0.0"),
}
