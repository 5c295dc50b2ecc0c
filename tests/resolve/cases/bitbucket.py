"""https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/; it tells no licence, nor archives any."""

from . import case, missing

PATH = "/repositories/acme/pad"


def repository(kind="team", **changes):
    return {
        "type": "repository",
        "full_name": "acme/pad",
        "owner": {"type": kind, "display_name": "Acme", "username": "acme"},
        "updated_on": "2026-04-09T00:00:00+00:00",
        "links": {"html": {"href": "https://bitbucket.org/acme/pad"}},
    } | changes


FACTS = {"released": "2026-04-09", "repository": "https://bitbucket.org/acme/pad"}
PURL = "pkg:bitbucket/acme/pad@1.0"
CASES = {
    "organisation": case(PURL, {PATH: repository()}, organisation="acme", **FACTS),
    "person": case(PURL, {PATH: repository("user")}, **FACTS),
    "withdrawn": case(PURL, {PATH: repository(description="Archived: use pad2")}, organisation="acme", **FACTS),
    "no licence": case(PURL, {PATH: repository(owner=None)}, **FACTS),
    "huge": case(PURL, {PATH: repository(description="pad " * 50_000)}, organisation="acme", **FACTS),
    "missing": missing("pkg:bitbucket/acme/nothing@1.0"),
}
