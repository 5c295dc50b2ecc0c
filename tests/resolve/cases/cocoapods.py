"""https://github.com/CocoaPods/trunk.cocoapods.org and https://guides.cocoapods.org/syntax/podspec.html"""

from . import MANY, case, missing

PATH, SPEC = "/api/v1/pods/Pad", "/Specs/{}/Pad/1.10.0/Pad.podspec.json"
HASHED = SPEC.format("d/e/4")


def pod(*people, versions=("1.9.0", "1.10.0", "2.0.0-beta")):
    return {
        PATH: {
            "versions": [{"name": name, "created_at": "2026-04-09 10:11:12 UTC"} for name in versions],
            "owners": [{"name": name, "email": f"{name}@acme.example"} for name in people],
        }
    }


def spec(**changes):
    return {
        HASHED: {
            "name": "Pad",
            "version": "1.10.0",
            "license": {"type": "MIT", "file": "LICENSE"},
            "homepage": "https://pad.example",
            "source": {"git": "https://github.com/acme/pad.git", "tag": "1.10.0"},
        }
        | changes
    }


TOLD = {"latest": "1.10.0", "released": "2026-04-09"}
FACTS = TOLD | {"licence": "MIT", "repository": "https://github.com/acme/pad"}
PURL = "pkg:cocoapods/Pad@1.10.0"
CASES = {
    "organisation": case(PURL, pod("ada", "grace") | spec(), publishers=2, **FACTS),
    "person": case("pkg:cocoapods/Pad/Core@1.10.0", pod("ada") | spec(license="MIT"), publishers=1, **FACTS),
    "withdrawn": case(PURL, pod() | spec(deprecated=True), withdrawn="deprecated", **FACTS),
    "withdrawn for another": case(
        PURL, pod() | spec(deprecated_in_favor_of="Pad2"), withdrawn="deprecated", successor="Pad2", **FACTS
    ),
    "no licence": case(PURL, pod("ada"), publishers=1, **TOLD),
    "huge": case(PURL, pod(versions=[*(f"0.{number}.0" for number in range(MANY)), "1.10.0"]) | spec(), **FACTS),
    "missing": missing("pkg:cocoapods/Nothing@1.10.0"),
}
