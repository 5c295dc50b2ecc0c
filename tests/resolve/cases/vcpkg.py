"""https://learn.microsoft.com/vcpkg/reference/vcpkg-json; dates are not told, and a port that is given up is gone."""

from . import MANY, case, missing

PATH = "/ports/pad/vcpkg.json"


def port(**changes):
    return {
        "name": "pad",
        "version": "1.0.0",
        "port-version": 2,
        "homepage": "https://github.com/acme/pad",
        "license": "MIT",
    } | changes


FACTS = {
    "organisation": "Microsoft",
    "licence": "MIT",
    "latest": "1.0.0",
    "repository": "https://github.com/acme/pad",
}
PURL = "pkg:vcpkg/pad@1.0.0"
CASES = {
    "organisation": case(PURL, {PATH: port()}, **FACTS),
    "person": case(PURL, {PATH: port(homepage="https://pad.example")}, **FACTS | {"repository": None}),
    "withdrawn": case(
        PURL, {PATH: {"name": "pad", "version-date": "2026-04-09"}}, organisation="Microsoft", latest="2026-04-09"
    ),
    "no licence": case(PURL, {PATH: port(license=None)}, **FACTS | {"licence": None}),
    "huge": case(
        PURL, {PATH: port(features={f"f{number}": {"description": "pad"} for number in range(MANY)})}, **FACTS
    ),
    "missing": missing("pkg:vcpkg/nothing@1.0.0"),
}
