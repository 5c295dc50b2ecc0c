"""https://docs.github.com/rest/repos/repos#get-a-repository"""

from . import case, missing

PATH = "/repos/acme/pad"


def repository(kind="Organization", login="acme", **changes):
    return {
        "full_name": f"{login}/pad",
        "owner": {"login": login, "type": kind},
        "html_url": "https://forge.example/acme/pad",
        "license": {"key": "mit", "spdx_id": "MIT"},
        "pushed_at": "2026-04-09T00:00:00Z",
        "archived": False,
        "disabled": False,
    } | changes


FACTS = {"licence": "MIT", "released": "2026-04-09", "repository": "https://forge.example/acme/pad"}
OWNED = FACTS | {"organisation": "acme"}
PURL = "pkg:github/acme/pad@v1"
CASES = {
    "organisation": case(PURL, {PATH: repository()}, **OWNED),
    "person": case("pkg:github/ada/pad@v1", {"/repos/ada/pad": repository("User", "ada")}, **FACTS),
    "withdrawn": case(PURL, {PATH: repository(archived=True)}, withdrawn="archived", **OWNED),
    "disabled": case(PURL, {PATH: repository(disabled=True)}, withdrawn="disabled", **OWNED),
    "no licence": case(PURL, {PATH: repository(license={"spdx_id": "NOASSERTION"})}, **OWNED | {"licence": None}),
    "huge": case(PURL, {PATH: repository(size=40_000_000, description="pad " * 50_000)}, **OWNED),
    "missing": missing("pkg:github/acme/nothing@v1"),
}
