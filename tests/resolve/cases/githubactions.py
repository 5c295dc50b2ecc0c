"""As for github; a folder within the repository is part of the name."""

from . import case, missing
from .github import FACTS, OWNED, PATH, repository

PURL = "pkg:githubactions/acme/pad@v1"
CASES = {
    "organisation": case("pkg:githubactions/acme/pad/setup@v1", {PATH: repository()}, **OWNED),
    "person": case("pkg:githubactions/ada/pad@v1", {"/repos/ada/pad": repository("User", "ada")}, **FACTS),
    "withdrawn": case(PURL, {PATH: repository(archived=True)}, withdrawn="archived", **OWNED),
    "no licence": case(PURL, {PATH: repository(license=None)}, **OWNED | {"licence": None}),
    "huge": case(PURL, {PATH: repository(size=40_000_000, description="pad " * 50_000)}, **OWNED),
    "missing": missing("pkg:githubactions/acme/nothing@v1"),
}
