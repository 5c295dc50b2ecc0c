"""https://docs.r-universe.dev/browse/api.html"""

from . import MANY, case, missing

PATH = "/api/packages/pad"


def package(**changes):
    return {
        "Package": "pad",
        "Version": "1.0.0",
        "License": "Artistic-2.0",
        "Maintainer": "Ada <ada@acme.example>",
        "URL": "https://github.com/acme/pad",
        "_upstream": "https://git.bioconductor.org/packages/pad",
        "_published": "2026-04-09T10:11:12.000Z",
        "_owner": "bioc",
    } | changes


FACTS = {
    "organisation": "Bioconductor",
    "licence": "Artistic-2.0",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/pad",
}
PURL = "pkg:bioconductor/pad@1.0.0"
CASES = {
    "organisation": case(PURL, {PATH: package()}, **FACTS),
    "person": case(PURL, {PATH: package(License="GPL (>= 3)")}, **FACTS | {"licence": "GPL-3.0-or-later"}),
    "withdrawn": case(PURL, {PATH: package(PackageStatus="Deprecated")}, withdrawn="deprecated", **FACTS),
    "no licence": case(PURL, {PATH: package(License=None)}, **FACTS | {"licence": None}),
    "huge": case(PURL, {PATH: package(_binaries=[{"os": "linux", "version": "1.0.0"}] * MANY)}, **FACTS),
    "missing": missing("pkg:bioconductor/nothing@1.0.0"),
}
