"""https://api.anaconda.org/docs"""

from . import MANY, case, missing

FORGE = "/package/conda-forge/pad"


def package(login="conda-forge", kind="org", files=2, **changes):
    return {
        "name": "pad",
        "owner": {"login": login, "user_type": kind},
        "latest_version": "1.0.0",
        "versions": ["0.9.0", "1.0.0"],
        "license": "BSD-3-Clause",
        "dev_url": "https://github.com/acme/pad",
        "home": "https://pad.example",
        "modified_at": "2026-09-09 00:00:00.000000+00:00",
        "files": [
            {
                "basename": f"linux-64/pad-{number}.conda",
                "upload_time": f"20{16 + number % 11}-04-09 10:11:12.000000+00:00",
            }
            for number in range(26 - files, 26)
        ]
        + [{"basename": "noarch/pad-1.0.0.conda", "upload_time": "2026-04-09 10:11:12.000000+00:00"}],
    } | changes


TOLD = {"latest": "1.0.0", "released": "2026-04-09", "repository": "https://github.com/acme/pad"}
FACTS = TOLD | {"licence": "BSD-3-Clause"}
PURL = "pkg:conda/pad@1.0.0?channel=conda-forge"
CASES = {
    "organisation": case(PURL, {FORGE: package()}, organisation="conda-forge", **FACTS),
    "person": case(
        "pkg:conda/pad@1.0.0?channel=ada", {"/package/ada/pad": package("ada", "user")}, publishers=1, **FACTS
    ),
    "withdrawn": case(PURL, {FORGE: package(summary="deprecated: use pad2")}, organisation="conda-forge", **FACTS),
    "no licence": case(PURL, {FORGE: package(license=None)}, organisation="conda-forge", **TOLD),
    "huge": case(PURL, {FORGE: package(files=MANY)}, organisation="conda-forge", **FACTS),
    "missing": missing("pkg:conda/nothing@1.0.0?channel=conda-forge"),
    "no channel": case("pkg:conda/pad@1.0.0", {"/package/main/pad": package("main")}, organisation="main", **FACTS),
    "the address of a channel": case(
        "pkg:conda/pad@1.0.0?channel=https://conda.anaconda.org/conda-forge/label/main",
        {FORGE: package()},
        organisation="conda-forge",
        **FACTS,
    ),
}
