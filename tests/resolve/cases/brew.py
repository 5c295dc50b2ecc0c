"""https://formulae.brew.sh/docs/api/; when a formula was last changed is not told."""

from . import MANY, case, missing

PATH = "/api/formula/pad.json"


def formula(**changes):
    return {
        "name": "pad",
        "full_name": "pad",
        "tap": "homebrew/core",
        "license": "MIT",
        "homepage": "https://pad.example",
        "versions": {"stable": "1.0.0", "head": "HEAD", "bottle": True},
        "urls": {"stable": {"url": "https://github.com/acme/pad/archive/v1.0.0.tar.gz", "tag": None}},
        "deprecated": False,
        "deprecation_reason": None,
        "disabled": False,
        "disable_reason": None,
    } | changes


FACTS = {
    "organisation": "Homebrew",
    "licence": "MIT",
    "latest": "1.0.0",
    "repository": "https://github.com/acme/pad",
}
PURL = "pkg:brew/pad@1.0.0"
CASES = {
    "organisation": case(PURL, {PATH: formula()}, **FACTS),
    "person": case(PURL, {PATH: formula(tap="ada/tap")}, **FACTS | {"organisation": None}),
    "withdrawn": case(
        PURL,
        {PATH: formula(deprecated=True, deprecation_reason="unmaintained", deprecation_replacement_formula="pad2")},
        withdrawn="deprecated: unmaintained",
        successor="pad2",
        **FACTS,
    ),
    "disabled": case(
        PURL,
        {PATH: formula(deprecated=True, disabled=True, disable_reason="repo_archived")},
        withdrawn="disabled: repo_archived",
        **FACTS,
    ),
    "no licence": case(PURL, {PATH: formula(license=None)}, **FACTS | {"licence": None}),
    "huge": case(PURL, {PATH: formula(dependencies=[f"pad{number}" for number in range(MANY)])}, **FACTS),
    "a version in the name": case("pkg:brew/pad%402@1.0.0", {"/api/formula/pad@2.json": formula()}, **FACTS),
    "missing": missing("pkg:brew/nothing@1.0.0"),
}
