"""https://sources.debian.org/doc/api/; neither licences nor dates are told."""

from . import MANY, case, missing

PATH, INFO = "/api/src/pad/", "/api/info/package/pad/1:1.0-1/"


def package(*older):
    versions = [{"area": "main", "suites": ["sid"], "version": "1:1.0-1"}, *older]
    return {"package": "pad", "path": "pad", "pathl": [["pad", "/src/pad/"]], "type": "package", "versions": versions}


def info(**changes):
    about = {"area": "main", "vcs_type": "git", "vcs_browser": "https://forge.example/pad", "suites": ["sid"]}
    return {"package": "pad", "version": "1:1.0-1", "pkg_infos": about | changes}


FACTS = {"organisation": "Debian", "latest": "1:1.0-1"}
TOLD = FACTS | {"repository": "https://forge.example/pad"}
PURL = "pkg:deb/debian/pad@1:1.0-1?arch=amd64&distro=debian-13"
CASES = {
    "organisation": case(PURL, {PATH: package(), INFO: info()}, **TOLD),
    "person": case(
        "pkg:deb/debian/libpad1@1:1.0-1?arch=amd64&upstream=pad%401.0", {PATH: package(), INFO: info()}, **TOLD
    ),
    "withdrawn": case(PURL, {PATH: package() | {"versions": []}}, organisation="Debian"),
    "no licence": case(PURL, {PATH: package()}, **FACTS),
    "huge": case(
        PURL, {PATH: package(*({"version": f"0.{number}-1", "suites": []} for number in range(MANY)))}, **FACTS
    ),
    "missing": missing("pkg:deb/debian/nothing@1"),
}
