"""https://github.com/metacpan/metacpan-api/blob/master/docs/API-docs.md"""

from . import MANY, case, missing

PATH, MODULE = "/release/Pad-Left", "/permission/Pad::Left"


def release(**changes):
    return {
        "distribution": "Pad-Left",
        "author": "ADA",
        "version": "1.20",
        "date": "2026-04-09T10:11:12",
        "license": ["perl_5"],
        "main_module": "Pad::Left",
        "status": "latest",
        "deprecated": False,
        "resources": {
            "repository": {"type": "git", "url": "git://github.com/acme/pad.git", "web": "https://github.com/acme/pad"}
        },
    } | changes


def permission(owner, *others):
    return {MODULE: {"module_name": "Pad::Left", "owner": owner, "co_maintainers": list(others)}}


FACTS = {
    "licence": "Artistic-1.0-Perl OR GPL-1.0-or-later",
    "latest": "1.20",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/pad",
}
PURL = "pkg:cpan/ADA/Pad-Left@1.20"
CASES = {
    "organisation": case(PURL, {PATH: release(), **permission("ADA", "GRACE", "ADA")}, publishers=2, **FACTS),
    "person": case("pkg:cpan/Pad::Left@1.20", {PATH: release(), **permission("ADA")}, publishers=1, **FACTS),
    "withdrawn": case(PURL, {PATH: release(deprecated=True)}, withdrawn="deprecated", **FACTS),
    "no licence": case(PURL, {PATH: release(license=["unknown"])}, **FACTS | {"licence": None}),
    "two licences": case(
        PURL,
        {PATH: release(license=["perl_5", "mit"])},
        **FACTS | {"licence": "(Artistic-1.0-Perl OR GPL-1.0-or-later) AND MIT"},
    ),
    "a source that is no page": case(
        PURL, {PATH: release(resources={"repository": {"url": "git@github.com:acme/pad.git"}})}, **FACTS
    ),
    "huge": case(PURL, {PATH: release(provides=[f"Pad::{number}" for number in range(MANY)])}, **FACTS),
    "missing": missing("pkg:cpan/ADA/Nothing@1.20"),
}
