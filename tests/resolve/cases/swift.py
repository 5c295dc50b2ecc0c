"""As for the forge that a package is at."""

from . import bitbucket, case, github, gitlab, missing

HUB = {github.PATH: github.repository()}
PURL = "pkg:swift/github.com/acme/pad@1.0"
CASES = {
    "organisation": case(PURL, HUB, **github.OWNED),
    "person": case(PURL, {github.PATH: github.repository("User")}, **github.FACTS),
    "withdrawn": case(PURL, {github.PATH: github.repository(archived=True)}, withdrawn="archived", **github.OWNED),
    "no licence": case(PURL, {github.PATH: github.repository(license=None)}, **github.OWNED | {"licence": None}),
    "huge": case(PURL, {github.PATH: github.repository(description="pad " * 50_000)}, **github.OWNED),
    "missing": missing("pkg:swift/github.com/acme/nothing@1.0"),
    "at GitLab": case("pkg:swift/gitlab.com/acme/pad@1.0", {gitlab.PATH: gitlab.project()}, **gitlab.OWNED),
    "at Bitbucket": case(
        "pkg:swift/bitbucket.org/acme/pad@1.0", {bitbucket.PATH: bitbucket.repository("user")}, **bitbucket.FACTS
    ),
}
