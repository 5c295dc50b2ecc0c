"""https://pkgdocs.julialang.org/v1/registries/, and GitHub for the package's repository"""

from . import MANY, case, missing
from .github import PATH, repository

FOLDER = "/repos/JuliaRegistries/General/contents/P/Pad"
VERSION = '["{}"]\ngit-tree-sha1 = "0123"\n{}'


def package(*versions, repo="https://github.com/acme/pad.git", folder=FOLDER):
    listed = versions or (("1.9.0", ""), ("1.10.0", ""))
    return {
        f"{folder}/Package.toml": f'name = "Pad"\nuuid = "79e6a3ab"\nrepo = "{repo}"\n',
        f"{folder}/Versions.toml": "\n".join(VERSION.format(*version) for version in listed),
    }


YANKED = "yanked = true\n"
TOLD = {"latest": "1.10.0", "repository": "https://github.com/acme/pad"}
FACTS = TOLD | {"licence": "MIT"}
OWNED = FACTS | {"organisation": "acme"}
PURL = "pkg:julia/Pad@1.9.0?uuid=79e6a3ab"
CASES = {
    "organisation": case(PURL, package() | {PATH: repository()}, **OWNED),
    "person": case(PURL, package() | {PATH: repository("User")}, **FACTS),
    "withdrawn": case(PURL, package() | {PATH: repository(archived=True)}, withdrawn="archived", **OWNED),
    "a yanked version": case(
        PURL, package(("1.9.0", YANKED), ("1.10.0", "")) | {PATH: repository()}, withdrawn="yanked", **OWNED
    ),
    "all yanked": case(
        PURL, package(("1.10.0", YANKED)) | {PATH: repository()}, withdrawn="yanked: all versions", **OWNED
    ),
    "no licence": case(PURL, package(), **TOLD),
    "at another forge": case(PURL, package(repo="https://forge.example/pad.git"), latest="1.10.0"),
    "built from elsewhere": case(
        "pkg:julia/Pad_jll@1.9.0", package(folder="/repos/JuliaRegistries/General/contents/jll/P/Pad_jll"), **TOLD
    ),
    "huge": case(
        PURL,
        package(*((f"0.{number}.0", "") for number in range(MANY)), ("1.10.0", "")) | {PATH: repository()},
        **OWNED,
    ),
    "missing": missing("pkg:julia/Nothing@1.9.0"),
}
