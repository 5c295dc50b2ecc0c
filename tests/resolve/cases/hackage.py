"""https://hackage.haskell.org/api"""

from . import MANY, case, missing

PATH = "/package/pad"


def package(*people, versions=None, **description):
    about = {"license": "BSD-3-Clause", "homepage": "https://github.com/acme/pad#readme", "author": "Ada"}
    return {
        f"{PATH}.json": versions or {"1.10": "normal", "1.9": "normal"},
        f"{PATH}/maintainers/.json": {
            "title": "Maintainers",
            "members": [{"userid": 1, "username": it} for it in people],
        },
        f"{PATH}-1.10.json": about | {"uploaded_at": "2026-04-09T00:00:00Z", "uploader": "ada"} | description,
    }


FACTS = {
    "licence": "BSD-3-Clause",
    "latest": "1.10",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/pad",
}
DEPRECATED = {f"{PATH}/deprecated.json": {"is-deprecated": True, "in-favour-of": ["pad2"]}}
PURL = "pkg:hackage/pad@1.9"
CASES = {
    "organisation": case(PURL, package("ada", "grace"), publishers=2, **FACTS),
    "person": case(PURL, package("ada"), publishers=1, **FACTS),
    "withdrawn": case(
        PURL, package("ada") | DEPRECATED, publishers=1, withdrawn="deprecated", successor="pad2", **FACTS
    ),
    "a deprecated version": case(
        PURL,
        package("ada", versions={"1.9": "deprecated", "1.10": "normal", "2": "deprecated"}),
        publishers=1,
        withdrawn="deprecated",
        **FACTS,
    ),
    "no licence": case(PURL, package(license="NONE"), **FACTS | {"licence": None}),
    "huge": case(
        PURL, package(versions={f"0.{number}": "normal" for number in range(MANY)} | {"1.10": "normal"}), **FACTS
    ),
    "missing": missing("pkg:hackage/nothing@1.9"),
}
