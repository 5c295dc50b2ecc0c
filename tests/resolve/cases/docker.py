"""https://docs.docker.com/reference/api/hub/latest/; it tells no licence."""

from . import case, missing

PATH, ACCOUNT = "/v2/namespaces/acme/repositories/pad", "/v2/users/acme"
OFFICIAL = "/v2/namespaces/library/repositories/pad"


def repository(namespace="acme", **changes):
    return {
        "user": namespace,
        "name": "pad",
        "namespace": namespace,
        "status": 1,
        "status_description": "active",
        "last_updated": "2026-04-09T10:11:12.123456Z",
        "hub_user": namespace,
        "collaborator_count": 0,
    } | changes


FACTS = {"released": "2026-04-09"}
SOURCE = "https://github.com/docker-library/official-images"
REVIEWED = FACTS | {"organisation": "Docker", "repository": SOURCE}
PURL = "pkg:docker/acme/pad@1.0"
CASES = {
    "organisation": case(
        PURL, {PATH: repository(), ACCOUNT: {"type": "Organization", "badge": ""}}, organisation="acme", **FACTS
    ),
    "person": case(PURL, {PATH: repository(), ACCOUNT: {"type": "User"}}, **FACTS),
    "withdrawn": case(PURL, {PATH: repository(status=6, status_description="archived")}, withdrawn="archived", **FACTS),
    "no licence": case(PURL, {PATH: repository()}, **FACTS),
    "huge": case(PURL, {PATH: repository(full_description="pad " * 50_000)}, **FACTS),
    "missing": missing("pkg:docker/acme/nothing@1.0"),
    "official": case("pkg:docker/library/pad@1.0", {OFFICIAL: repository("library")}, **REVIEWED),
    "official, in short": case("pkg:docker/pad@1.0", {OFFICIAL: repository("library")}, **REVIEWED),
    "under another type": case(
        "pkg:oci/pad@sha256:0123?repository_url=docker.io/library/pad", {OFFICIAL: repository("library")}, **REVIEWED
    ),
}
