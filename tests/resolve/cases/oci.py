"""https://github.com/opencontainers/distribution-spec/blob/main/spec.md and the image-spec beside it

Who may push is not told, except where one company has the whole registry.
"""

from . import MANY, case, missing

LOGIN = "/token?service=ghcr.io&scope=repository:acme/pad:pull"
ROOT = "/v2/acme/pad"
NAME = "org.opencontainers.image."
SOURCE, LICENCE = {f"{NAME}source": "https://github.com/acme/pad"}, {f"{NAME}licenses": "Apache-2.0"}
INDEX = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.index.v1+json",
    "manifests": [
        {"digest": "sha256:arm", "platform": {"architecture": "arm64", "os": "linux"}},
        {"digest": "sha256:amd", "platform": {"architecture": "amd64", "os": "linux"}},
    ],
}


def image(tags=("1.0.0", "latest"), tag="latest", **labels):
    return {
        LOGIN: {"token": "secret"},
        f"{ROOT}/tags/list": {"name": "acme/pad", "tags": list(tags)},
        f"{ROOT}/manifests/{tag}": {"schemaVersion": 2, "config": {"digest": "sha256:config"}, "layers": []},
        f"{ROOT}/blobs/sha256:config": {
            "created": "2026-04-09T10:11:12Z",
            "architecture": "amd64",
            "config": {"Labels": labels},
        },
    }


FACTS = {"released": "2026-04-09", "repository": "https://github.com/acme/pad", "licence": "Apache-2.0"}
PURL = "pkg:oci/pad@sha256:0123?repository_url=ghcr.io/acme/pad"
CASES = {
    "organisation": case(
        "pkg:docker/dotnet/sdk@8.0?repository_url=mcr.microsoft.com",
        {
            "/v2/dotnet/sdk/tags/list": {"name": "dotnet/sdk", "tags": ["8.0", "9.0", "nightly"]},
            "/v2/dotnet/sdk/manifests/9.0": {"config": {"digest": "sha256:config"}, "annotations": SOURCE | LICENCE},
        },
        repository="https://github.com/acme/pad",
        licence="Apache-2.0",
    ),
    "person": case(PURL, image(**SOURCE | LICENCE), **FACTS),
    "for several systems": case(
        PURL,
        image(**SOURCE | LICENCE | {f"{NAME}version": "1.0.0"})
        | {
            f"{ROOT}/manifests/latest": INDEX,
            f"{ROOT}/manifests/sha256:amd": {"config": {"digest": "sha256:config"}},
        },
        latest="1.0.0",
        **FACTS,
    ),
    "withdrawn": case(PURL, image(**SOURCE | LICENCE | {f"{NAME}description": "deprecated, use pad2"}), **FACTS),
    "no licence": case(PURL, image(**SOURCE), **FACTS | {"licence": None}),
    "of no date": case(
        PURL,
        image(**SOURCE) | {f"{ROOT}/blobs/sha256:config": {"created": "1970-01-01T00:00:00Z", "config": None}},
    ),
    "no labels": case(PURL, image(tags=["v1.9.0", "v1.10.0", "dev"], tag="v1.10.0"), released="2026-04-09"),
    "huge": case(PURL, image(tags=[*(f"0.{number}" for number in range(MANY)), "latest"], **SOURCE | LICENCE), **FACTS),
    "missing": missing("pkg:oci/nothing@sha256:0123?repository_url=mcr.microsoft.com/acme/nothing"),
    "missing, though there is a token": missing(PURL, {LOGIN: {"token": "secret"}}),
    "no tags": missing(PURL, {LOGIN: {"token": "secret"}, f"{ROOT}/tags/list": {"name": "acme/pad", "tags": None}}),
}
