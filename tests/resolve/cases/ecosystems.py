"""https://packages.ecosyste.ms/docs"""

from . import MANY, case, missing

PATH = "/packages/lookup?purl=pkg:opam/pad"


def package(*people, kind="organization", **changes):
    return {
        "name": "pad",
        "ecosystem": "opam",
        "licenses": "MIT",
        "normalized_licenses": ["MIT"],
        "repository_url": "https://github.com/acme/pad",
        "latest_release_number": "1.0.0",
        "latest_release_published_at": "2026-04-09T00:00:00.000Z",
        "status": None,
        "maintainers": [{"uuid": name, "login": name, "role": None} for name in people],
        "funding_links": ["https://f.example"],
        "repo_metadata": {"archived": False, "owner": "acme", "owner_record": {"login": "acme", "kind": kind}},
    } | changes


FACTS = {
    "licence": "MIT",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/pad",
    "funding": ("https://f.example",),
}
PURL = "pkg:ecosystems/opam/pad@1.0.0"
CASES = {
    "organisation": case(PURL, {PATH: [package()]}, organisation="acme", **FACTS),
    "person": case(PURL, {PATH: [package("ada")]}, publishers=1, **FACTS),
    "a person's repository": case(PURL, {PATH: [package(kind="user")]}, **FACTS),
    "withdrawn": case(
        PURL, {PATH: [package("ada", status="deprecated")]}, publishers=1, withdrawn="deprecated", **FACTS
    ),
    "archived": case(PURL, {PATH: [package(repo_metadata={"archived": True})]}, withdrawn="archived", **FACTS),
    "no licence": case(PURL, {PATH: [package("ada", licenses=None)]}, **FACTS | {"publishers": 1, "licence": None}),
    "huge": case(PURL, {PATH: [package(*(f"p{n}" for n in range(MANY)))]}, publishers=MANY, **FACTS),
    "missing": missing("pkg:ecosystems/opam/nothing@1.0.0"),
    "missing, though there is an answer": missing(PURL, {PATH: []}),
}
