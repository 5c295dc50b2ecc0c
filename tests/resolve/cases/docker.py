"""https://docs.docker.com/reference/api/hub/latest/; of labels it tells those that instructions have set."""

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


def tag(*instructions):
    """The tag of an image for two systems, of which the first is not told much about."""
    layers = [
        {"digest": "sha256:0123", "size": 1, "instruction": text} for text in ("ADD file:0123 in / ", *instructions)
    ]
    images = [{"architecture": "arm64", "os": "linux"}, {"architecture": "amd64", "os": "linux", "layers": layers}]
    return {f"{PATH}/tags/latest": {"name": "latest", "last_updated": "2026-04-09T10:11:12Z", "images": images}}


LABELLED = {"licence": "Apache-2.0", "repository": "https://forge.example/acme/pad"}
LICENCE = "org.opencontainers.image.licenses=Apache-2.0"
SOURCED = "org.opencontainers.image.source=https://forge.example/acme/pad"
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
    "labelled": case(
        PURL,
        {PATH: repository()} | tag(f'LABEL {LICENCE} {SOURCED} org.opencontainers.image.title="A pad"', 'CMD ["pad"]'),
        **FACTS | LABELLED,
    ),
    "labelled by an older builder": case(
        PURL,
        {PATH: repository()}
        | tag(f"/bin/sh -c #(nop)  LABEL {SOURCED}", f"/bin/sh -c #(nop)  LABEL maintainer=ada {LICENCE}"),
        **FACTS | LABELLED,
    ),
    "labelled anew": case(
        PURL,
        {PATH: repository()} | tag("LABEL org.opencontainers.image.licenses=MIT", f"LABEL {LICENCE}"),
        **FACTS | {"licence": "Apache-2.0"},
    ),
    "words that are no label": case(
        PURL,
        {PATH: repository()} | tag(f"RUN echo LABEL {LICENCE}", f"ENV {LICENCE}", "LABEL other.licenses=MIT"),
        **FACTS,
    ),
    "a licence of two words": case(
        PURL,
        {PATH: repository()} | tag(f"LABEL org.opencontainers.image.licenses=Apache-2.0 OR MIT {SOURCED}"),
        **FACTS | LABELLED | {"licence": "Apache-2.0 OR MIT"},
    ),
    "official": case("pkg:docker/library/pad@1.0", {OFFICIAL: repository("library")}, **REVIEWED),
    "official, in short": case("pkg:docker/pad@1.0", {OFFICIAL: repository("library")}, **REVIEWED),
    "under another type": case(
        "pkg:oci/pad@sha256:0123?repository_url=docker.io/library/pad", {OFFICIAL: repository("library")}, **REVIEWED
    ),
}
