"""The JSON and index API of PyPI: https://packaging.python.org/en/latest/specifications/simple-repository-api/"""

from . import MANY, case, missing

JSON, SIMPLE = "/pypi/pad/json", "/simple/pad/"


def project(*people, organisation=None, releases=("1.0",), **info):
    return {
        "info": {
            "name": "pad",
            "version": "1.0",
            "license": None,
            "license_expression": None,
            "classifiers": [],
            "project_urls": {"Source": "https://github.com/acme/pad", "Funding": "https://f.example"},
            **info,
        },
        "releases": {
            version: [{"upload_time": "2026-04-09T00:00:00", "yanked": False, "yanked_reason": None}]
            for version in releases
        },
        "ownership": {"organization": organisation, "roles": [{"role": "Owner", "user": name} for name in people]},
    }


def index(provenance="https://pad.example/provenance", **changes):
    file = {"filename": "pad-1.0.tar.gz", "upload-time": "2026-04-09T00:00:00Z", "provenance": provenance}
    return {"meta": {"api-version": "1.4"}, "name": "pad", "files": [file]} | changes


FACTS = {
    "repository": "https://github.com/acme/pad",
    "funding": ("https://f.example",),
    "latest": "1.0",
    "released": "2026-04-09",
}
CASES = {
    "organisation": case(
        "pkg:pypi/pad@1.0",
        {JSON: project("ada", "grace", organisation="acme", license_expression="MIT"), SIMPLE: index()},
        **FACTS | {"organisation": "acme", "publishers": 2, "licence": "MIT", "provenance": True},
    ),
    "person": case(
        "pkg:pypi/pad@1.0",
        {JSON: project("ada", license="MIT License"), SIMPLE: index(provenance=None)},
        **FACTS | {"publishers": 1, "licence": "MIT", "provenance": False},
    ),
    "withdrawn": case(
        "pkg:pypi/pad@1.0",
        {
            JSON: project("ada", license="MIT"),
            SIMPLE: index(**{"project-status": {"status": "deprecated", "reason": "use pad2"}}),
        },
        **FACTS | {"publishers": 1, "licence": "MIT", "provenance": True, "withdrawn": "deprecated: use pad2"},
    ),
    "no licence": case("pkg:pypi/pad@1.0", {JSON: project("ada")}, **FACTS | {"publishers": 1}),
    "huge": case(
        "pkg:pypi/pad@1.0",
        {JSON: project("ada", license="MIT", releases=[f"0.{number}" for number in range(MANY)])},
        **FACTS | {"publishers": 1, "licence": "MIT"},
    ),
    "a home page that is a repository": case(
        "pkg:pypi/pad@1.0",
        {
            JSON: project(
                "ada",
                project_urls={
                    "Homepage": "https://github.com/acme/pad/#readme",
                    "Sponsor": "https://github.com/sponsors/ada",
                },
            )
        },
        **FACTS | {"publishers": 1, "funding": ("https://github.com/sponsors/ada",)},
    ),
    "missing": missing("pkg:pypi/nothing@1.0"),
}
