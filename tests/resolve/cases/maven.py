"""https://maven.apache.org/ref/current/maven-repository-metadata/ and https://maven.apache.org/pom.html

Who can publish is not told.
"""

from . import MANY, case, missing

FOLDER = "/org/acme/pad"
PARENT = "<parent><groupId>org.acme</groupId><artifactId>parent</artifactId><version>7</version></parent>"
LICENCE = "<licenses><license><name>Apache License, Version 2.0</name></license></licenses>"
SCM = "<scm><url>https://forge.example/pad</url></scm>"
MOVED = "<distributionManagement><relocation><groupId>org.new</groupId></relocation></distributionManagement>"


def metadata(*older):
    versions = "".join(f"<version>{version}</version>" for version in (*older, "2.0"))
    return (
        "<metadata><groupId>org.acme</groupId><artifactId>pad</artifactId><versioning><release>2.0</release>"
        f"<versions>{versions}</versions><lastUpdated>20260409101112</lastUpdated></versioning></metadata>"
    )


def pom(*parts):
    own = "<groupId>org.acme</groupId><artifactId>pad</artifactId>"
    return f'<project xmlns="http://maven.apache.org/POM/4.0.0">{own}{"".join(parts)}</project>'


def published(*parts, older=()):
    return {f"{FOLDER}/maven-metadata.xml": metadata(*older), f"{FOLDER}/2.0/pad-2.0.pom": pom(*parts)}


PURL = "pkg:maven/org.acme/pad@1.0"
FACTS = {"latest": "2.0", "released": "2026-04-09"}
APACHE = FACTS | {"licence": "Apache-2.0"}
CASES = {
    "organisation": case(PURL, published(LICENCE, SCM), repository="https://forge.example/pad", **APACHE),
    "person": case(PURL, published(LICENCE), **APACHE),
    "the parent's licence": case(PURL, published(PARENT) | {"/org/acme/parent/7/parent-7.pom": pom(LICENCE)}, **APACHE),
    "withdrawn": case(PURL, published(MOVED), withdrawn="relocated", successor="org.new:pad", **FACTS),
    "no licence": case(PURL, published(), **FACTS),
    "no POM": case(PURL, {f"{FOLDER}/maven-metadata.xml": metadata()}, **FACTS),
    "huge": case(PURL, published(LICENCE, older=[f"0.{number}" for number in range(MANY)]), **APACHE),
    "missing": missing("pkg:maven/org.acme/nothing@1.0"),
}
