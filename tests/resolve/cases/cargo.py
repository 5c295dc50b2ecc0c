"""https://doc.rust-lang.org/cargo/reference/registry-web-api.html and https://crates.io/data-access"""

from . import MANY, case, missing

CRATE, OWNERS = "/api/v1/crates/pad", "/api/v1/crates/pad/owners"
TEAM = {"login": "github:acme:libs", "kind": "team"}
ADA, GRACE = {"login": "ada", "kind": "user"}, {"login": "grace", "kind": "user"}
NEW = {"num": "1.0.0", "license": "MIT/Apache-2.0", "created_at": "2026-04-09T00:00:00Z", "yanked": False}
OLD = NEW | {"num": "0.9.0", "created_at": "2020-01-01T00:00:00Z", "yanked": True, "yank_message": "unsound"}


def crate(*older, **changes):
    about = {"max_stable_version": "1.0.0", "max_version": "1.0.0", "repository": "https://forge.example/pad"}
    return {"crate": about, "versions": [NEW | changes, *older]}


FACTS = {
    "licence": "MIT OR Apache-2.0",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://forge.example/pad",
}
CASES = {
    "organisation": case(
        "pkg:cargo/pad@1.0.0",
        {CRATE: crate(), OWNERS: {"users": [ADA, TEAM]}},
        publishers=1,
        organisation="acme",
        **FACTS,
    ),
    "person": case("pkg:cargo/pad@1.0.0", {CRATE: crate(), OWNERS: {"users": [ADA]}}, publishers=1, **FACTS),
    "published by a run": case(
        "pkg:cargo/pad@1.0.0", {CRATE: crate(trustpub_data={"provider": "github"})}, provenance=True, **FACTS
    ),
    "published by hand": case("pkg:cargo/pad@1.0.0", {CRATE: crate(trustpub_data=None)}, provenance=False, **FACTS),
    "two people": case("pkg:cargo/pad@1.0.0", {CRATE: crate(), OWNERS: {"users": [ADA, GRACE]}}, publishers=2, **FACTS),
    "withdrawn": case("pkg:cargo/pad@1.0.0", {CRATE: crate(yanked=True)}, withdrawn="yanked: all versions", **FACTS),
    "a yanked version": case("pkg:cargo/pad@0.9.0", {CRATE: crate(OLD)}, withdrawn="yanked: unsound", **FACTS),
    "no licence": case("pkg:cargo/pad@1.0.0", {CRATE: crate(license=None)}, **FACTS | {"licence": None}),
    "huge": case(
        "pkg:cargo/pad@1.0.0", {CRATE: crate(*(OLD | {"num": f"0.{number}.0"} for number in range(MANY)))}, **FACTS
    ),
    "missing": missing("pkg:cargo/nothing@1.0.0"),
}
