"""https://github.com/hexpm/specifications/blob/main/apiary.apib"""

from . import MANY, case, missing

PATH = "/packages/pad"


def package(*people, licences=("Apache-2.0",), **changes):
    links = {"GitHub": "https://forge.example/pad", "Sponsor": "https://f.example"}
    return {
        "name": "pad",
        "meta": {"licenses": list(licences), "links": links, "maintainers": []},
        "owners": [{"username": name, "email": f"{name}@acme.example"} for name in people],
        "releases": [{"version": "1.0.0", "inserted_at": "2026-04-09T00:00:00Z"}],
        "latest_stable_version": "1.0.0",
        "latest_version": "1.0.0",
    } | changes


FACTS = {
    "licence": "Apache-2.0",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://forge.example/pad",
    "funding": ("https://f.example",),
}
SECURITY = {"0.9.0": {"reason": "security", "message": "update"}}
CASES = {
    "organisation": case("pkg:hex/pad@1.0.0", {PATH: package("ada", "grace")}, publishers=2, **FACTS),
    "person": case("pkg:hex/pad@1.0.0", {PATH: package("ada")}, publishers=1, **FACTS),
    "withdrawn": case(
        "pkg:hex/pad@0.9.0",
        {PATH: package(retirements={"1.0.0": {"reason": "renamed", "message": None}})},
        withdrawn="retired: renamed",
        **FACTS,
    ),
    "a retired version": case(
        "pkg:hex/pad@0.9.0", {PATH: package(retirements=SECURITY)}, withdrawn="retired: security: update", **FACTS
    ),
    "no licence": case("pkg:hex/pad@1.0.0", {PATH: package(licences=())}, **FACTS | {"licence": None}),
    "huge": case(
        "pkg:hex/pad@1.0.0",
        {PATH: package(releases=[{"version": f"0.{n}.0", "inserted_at": "2026-04-09T00:00:00Z"} for n in range(MANY)])},
        **FACTS,
    ),
    "missing": missing("pkg:hex/nothing@1.0.0"),
}
