"""https://github.com/r-hub/crandb; one maintainer a package, by the rules of CRAN."""

from . import case, missing

PATH = "/pad"


def package(**changes):
    return {
        "Package": "pad",
        "Version": "1.0.0",
        "License": "MIT + file LICENSE",
        "Maintainer": "Ada <ada@acme.example>",
        "URL": "https://pad.example, https://github.com/acme/pad",
        "BugReports": "https://github.com/acme/pad/issues",
        "Date/Publication": "2026-04-09 10:11:12 UTC",
        "Authors@R": "c(person('Ada', role = 'cre'), person('Acme', role = 'cph'))",
        "Imports": {"R6": "*"},
        "releases": [],
    } | changes


def past(archived=True, versions=("1.0.0",)):
    undated = {name: value for name, value in package().items() if name != "Date/Publication"}
    timeline = dict.fromkeys(versions, "2026-04-09T10:11:12+00:00") | {"archived": "2026-09-09T00:00:00+00:00"}
    return {
        "_id": "pad",
        "name": "pad",
        "latest": "1.0.0",
        "archived": archived,
        "timeline": timeline,
        "versions": dict.fromkeys(versions, undated),
    }


FACTS = {
    "publishers": 1,
    "licence": "MIT",
    "latest": "1.0.0",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/pad",
}
PURL = "pkg:cran/pad@1.0.0"


def licensed(said, licence):
    return case(PURL, {PATH: package(License=said)}, **FACTS | {"licence": licence})


CASES = {
    "organisation": case(PURL, {PATH: package(URL=None)}, **FACTS),
    "person": case(PURL, {PATH: package()}, **FACTS),
    "withdrawn": case(PURL, {f"{PATH}/all": past()}, withdrawn="archived", **FACTS),
    "orphaned": case(
        PURL, {PATH: package(Maintainer="ORPHANED")}, **FACTS | {"publishers": None, "withdrawn": "orphaned"}
    ),
    "no licence": case(PURL, {PATH: package(License=None)}, **FACTS | {"licence": None}),
    "huge": case(
        PURL,
        {f"{PATH}/all": past(versions=[*(f"0.{number}" for number in range(500)), "1.0.0"])},
        withdrawn="archived",
        **FACTS,
    ),
    "missing": missing("pkg:cran/nothing@1.0.0"),
    "GPL (>= 2)": licensed("GPL (>= 2)", "GPL-2.0-or-later"),
    "GPL-2 | GPL-3": licensed("GPL-2 | GPL-3", "GPL-2.0-only OR GPL-3.0-only"),
    "GPL": licensed("GPL", "GPL-1.0-or-later"),
    "LGPL-2.1": licensed("LGPL-2.1", "LGPL-2.1-only"),
    "GPL (== 2)": licensed("GPL (== 2)", "GPL-2.0-only"),
    "Apache License (>= 2)": licensed("Apache License (>= 2)", "Apache-2.0"),
    "BSD or another": licensed("BSD_3_clause + file LICENSE | AGPL-3", "BSD-3-Clause OR AGPL-3.0-only"),
    "file LICENSE": licensed("file LICENSE", "file LICENSE"),
}
