"""https://docs.gitlab.com/api/projects/#get-a-single-project"""

from . import case, missing

PATH = "/api/v4/projects/acme%2Fpad?license=true"


def project(kind="group", **changes):
    return {
        "path_with_namespace": "acme/pad",
        "namespace": {"full_path": "acme", "kind": kind},
        "web_url": "https://gitlab.com/acme/pad",
        "last_activity_at": "2026-04-09T00:00:00.000Z",
        "archived": False,
        "license": {"key": "apache-2.0", "name": "Apache License 2.0"},
    } | changes


FACTS = {"licence": "Apache-2.0", "released": "2026-04-09", "repository": "https://gitlab.com/acme/pad"}
OWNED = FACTS | {"organisation": "acme"}
PURL = "pkg:gitlab/acme/pad@1.0"
CASES = {
    "organisation": case(PURL, {PATH: project()}, **OWNED),
    "person": case(PURL, {PATH: project("user")}, **FACTS),
    "withdrawn": case(PURL, {PATH: project(archived=True)}, withdrawn="archived", **OWNED),
    "no licence": case(PURL, {PATH: project(license=None)}, **OWNED | {"licence": None}),
    "a licence of its own": case(PURL, {PATH: project(license={"key": "other"})}, **OWNED | {"licence": None}),
    "huge": case(PURL, {PATH: project(description="pad " * 50_000)}, **OWNED),
    "missing": missing("pkg:gitlab/acme/nothing@1.0"),
}
