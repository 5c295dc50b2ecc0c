"""https://artifacthub.io/docs/api/"""

from . import MANY, case, missing

PATH = "/api/v1/packages/helm/bitnami/pad"


def chart(**changes):
    return {
        "package_id": "0123",
        "name": "pad",
        "version": "1.0.0",
        "license": "Apache-2.0",
        "deprecated": False,
        "signed": False,
        "ts": 1775692800,
        "home_url": "https://pad.example",
        "links": [
            {"name": "source", "url": "https://github.com/acme/charts/tree/main/pad"},
            {"name": "funding", "url": "https://f.example"},
        ],
        "maintainers": [{"name": "Ada", "email": "ada@acme.example"}],
        "repository": {"name": "bitnami", "url": "https://charts.bitnami.com/bitnami", "organization_name": "acme"},
    } | changes


FACTS = {
    "licence": "Apache-2.0",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/charts",
    "provenance": False,
    "funding": ("https://f.example",),
}
OWNED = FACTS | {"organisation": "acme"}
PURL = "pkg:helm/pad@1.0.0?repository_url=https://charts.bitnami.com/bitnami/"
CASES = {
    "organisation": case(PURL, {PATH: chart()}, **OWNED),
    "person": case(
        "pkg:helm/bitnami/pad@1.0.0",
        {PATH: chart(repository={"name": "bitnami", "user_alias": "ada"})},
        publishers=1,
        **FACTS,
    ),
    "withdrawn": case(PURL, {PATH: chart(deprecated=True)}, withdrawn="deprecated", **OWNED),
    "no licence": case(PURL, {PATH: chart(license=None)}, **OWNED | {"licence": None}),
    "signed": case(PURL, {PATH: chart(signed=True)}, **OWNED | {"provenance": True}),
    "huge": case(
        PURL, {PATH: chart(available_versions=[{"version": f"0.{number}", "ts": 1} for number in range(MANY)])}, **OWNED
    ),
    "in an OCI registry": case(
        "pkg:helm/pad@1.0.0?repository_url=oci://registry-1.docker.io/bitnamicharts", {PATH: chart()}, **OWNED
    ),
    "missing": missing("pkg:helm/bitnami/nothing@1.0.0"),
}
