"""https://guides.rubygems.org/rubygems-org-api/"""

from . import MANY, case, missing

GEM, OWNERS = "/api/v1/gems/pad.json", "/api/v1/gems/pad/owners.json"
ADA, GRACE = {"id": 1, "handle": "ada"}, {"id": 2, "handle": None}


def gem(**changes):
    return {
        "name": "pad",
        "version": "1.0.0",
        "version_created_at": "2026-04-09T00:00:00Z",
        "yanked": False,
        "licenses": ["MIT", "Ruby"],
        "metadata": {"source_code_uri": "https://forge.example/pad", "funding_uri": "https://f.example"},
    } | changes


FACTS = {
    "licence": "MIT OR Ruby",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://forge.example/pad",
    "funding": ("https://f.example",),
}
CASES = {
    "organisation": case("pkg:gem/pad@1.0.0", {GEM: gem(), OWNERS: [ADA, GRACE]}, publishers=2, **FACTS),
    "person": case("pkg:gem/pad@1.0.0", {GEM: gem(), OWNERS: [ADA]}, publishers=1, **FACTS),
    "withdrawn": case("pkg:gem/pad@1.0.0", {GEM: gem(yanked=True)}, withdrawn="yanked: all versions", **FACTS),
    "no licence": case("pkg:gem/pad@1.0.0", {GEM: gem(licenses=None)}, **FACTS | {"licence": None}),
    "huge": case(
        "pkg:gem/pad@1.0.0",
        {GEM: gem(), OWNERS: [{"id": number, "handle": None} for number in range(MANY)]},
        publishers=MANY,
        **FACTS,
    ),
    "missing": missing("pkg:gem/nothing@1.0.0"),
    "nothing told": case("pkg:gem/pad@1.0.0", {GEM: {"name": "pad", "licenses": None, "metadata": None}}),
}
