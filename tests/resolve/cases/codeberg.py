"""https://codeberg.org/api/swagger; no purl has this type, Swift packages lead here."""

from . import case, missing

PATH, ORGANISATION = "/api/v1/repos/acme/pad", "/api/v1/orgs/acme"


def repository(**changes):
    return {
        "full_name": "acme/pad",
        "owner": {"login": "acme"},
        "html_url": "https://codeberg.org/acme/pad",
        "licenses": ["MIT"],
        "updated_at": "2026-04-09T00:00:00Z",
        "archived": False,
    } | changes


FACTS = {"licence": "MIT", "released": "2026-04-09", "repository": "https://codeberg.org/acme/pad"}
PURL = "pkg:swift/codeberg.org/acme/pad@1.0"
CASES = {
    "organisation": case(PURL, {PATH: repository(), ORGANISATION: {"username": "acme"}}, organisation="acme", **FACTS),
    "person": case(PURL, {PATH: repository()}, **FACTS),
    "withdrawn": case(PURL, {PATH: repository(archived=True)}, withdrawn="archived", **FACTS),
    "no licence": case(PURL, {PATH: repository(licenses=None)}, **FACTS | {"licence": None}),
    "huge": case(PURL, {PATH: repository(description="pad " * 50_000)}, **FACTS),
    "missing": missing("pkg:swift/codeberg.org/acme/nothing@1.0"),
}
