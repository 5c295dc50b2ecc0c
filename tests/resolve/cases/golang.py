"""https://go.dev/ref/mod#goproxy-protocol; a proxy tells neither who can publish nor the licence."""

from . import MANY, case, missing

LATEST = {
    "Version": "v1.2.0",
    "Time": "2026-04-09T00:00:00Z",
    "Origin": {"VCS": "git", "URL": "https://forge.example/pad"},
}


def published(module="module x\n\ngo 1.22\n", path="forge.example/pad"):
    return {f"/{path}/@latest": LATEST, f"/{path}/@v/v1.2.0.mod": module}


PURL = "pkg:golang/forge.example/pad@v1.0.0"
FACTS = {"latest": "v1.2.0", "released": "2026-04-09", "repository": "https://forge.example/pad"}
DEPRECATED = "// A module.\n//\n// Deprecated: use forge.example/pad2\n// instead.\nmodule x\n"
RETRACTED = "module x\nretract (\n\tv1.0.0 // leaks\n\t[v0.1.0, v0.9.0] // old\n)\n"
CASES = {
    "organisation": case(
        "pkg:golang/forge.example/Acme/pad@v1.0.0", published(path="forge.example/!acme/pad"), **FACTS
    ),
    "person": case(PURL, published(), **FACTS),
    "withdrawn": case(PURL, published(DEPRECATED), withdrawn="deprecated: use forge.example/pad2 instead.", **FACTS),
    "a retracted version": case(PURL, published(RETRACTED), withdrawn="retracted: leaks", **FACTS),
    "a remark above another block": case(
        PURL, published("module x // a pad\n\n// Deprecated: no\nrequire y v1.0.0\n"), **FACTS
    ),
    "no licence": case(PURL, {"/forge.example/pad/@latest": LATEST}, **FACTS),
    "huge": case(PURL, published("module x\n" + "".join(f"require y{n} v1.0.0\n" for n in range(MANY))), **FACTS),
    "missing": missing("pkg:golang/forge.example/nothing@v1.0.0"),
}
