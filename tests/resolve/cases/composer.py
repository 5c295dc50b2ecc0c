"""https://packagist.org/apidoc#get-package-data"""

from . import MANY, case, missing

PATH = "/packages/acme/pad.json"
OLD = {"version": "1.0.0", "time": "2020-04-09T00:00:00+00:00", "license": ["MIT"]}


def package(*people, licence=("MIT", "GPL-2.0-or-later"), older=(), **changes):
    latest = OLD | {
        "version": "2.0.0",
        "time": "2026-04-09T00:00:00+00:00",
        "license": list(licence),
        "funding": [{"type": "x", "url": "https://f.example"}],
    }
    branch = {"version": "dev-main", "time": "2026-09-09T00:00:00+00:00", "license": ["GPL-3.0-only"]}
    versions = {"dev-main": branch, "2.0.0": latest} | {version["version"]: version for version in older}
    about = {"name": "acme/pad", "repository": "https://forge.example/pad.git", "versions": versions}
    return {"package": about | {"maintainers": [{"name": name} for name in people]} | changes}


FACTS = {
    "licence": "MIT OR GPL-2.0-or-later",
    "latest": "2.0.0",
    "released": "2026-04-09",
    "repository": "https://forge.example/pad",
    "funding": ("https://f.example",),
}
PURL = "pkg:composer/acme/pad@2.0.0"
CASES = {
    "organisation": case(PURL, {PATH: package("ada", "grace")}, publishers=2, **FACTS),
    "person": case(PURL, {PATH: package("ada", older=[OLD])}, publishers=1, **FACTS),
    "withdrawn": case(PURL, {PATH: package(abandoned=True)}, withdrawn="abandoned", **FACTS),
    "withdrawn for another": case(
        PURL, {PATH: package(abandoned="acme/pad2")}, withdrawn="abandoned", successor="acme/pad2", **FACTS
    ),
    "no licence": case(PURL, {PATH: package(licence=())}, **FACTS | {"licence": None}),
    "huge": case(PURL, {PATH: package(older=[OLD | {"version": f"0.{number}"} for number in range(MANY)])}, **FACTS),
    "missing": missing("pkg:composer/acme/nothing@2.0.0"),
}
