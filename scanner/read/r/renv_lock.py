"""renv.lock of renv.

Format: https://rstudio.github.io/renv/articles/lockfile.html
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component
from scanner.read import graph, registry
from scanner.read.source import Source

FILES = ("renv.lock",)
CARRIES = frozenset({"edges", "lines", "hashes"})
LINE = r'^[ \t]*"([A-Za-z][A-Za-z0-9.]*)"\s*:\s*\{'
NEED = re.compile(r"\s*([A-Za-z][A-Za-z0-9.]*)")
USUAL = frozenset({"CRAN", "RSPM", "P3M", "PPM", "BioCsoft", "BioCann", "BioCexp", "BioCworkflows", "BioCbooks"})
"""Names of CRAN, its mirrors and the parts of Bioconductor, whatever their address."""
FORGES = {"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}


class Package(msgspec.Struct, rename="pascal"):
    package: str
    version: str | None = None
    source: str = ""
    repository: str | None = None
    hash: str | None = None
    requirements: list[str] = []
    depends: list[str] | str = []
    imports: list[str] | str = []
    linking_to: list[str] | str = []
    remote_type: str | None = None
    remote_host: str | None = None
    remote_username: str | None = None
    remote_repo: str | None = None
    remote_sha: str | None = None
    remote_url: str | None = None


class Repository(msgspec.Struct):
    name: str = msgspec.field(name="Name", default="")
    url: str = msgspec.field(name="URL", default="")


class Language(msgspec.Struct, rename="pascal"):
    repositories: list[Repository] = []


class Lock(msgspec.Struct):
    packages: dict[str, Package] = msgspec.field(name="Packages")
    language: Language = msgspec.field(name="R", default_factory=Language)


def read(source: Source) -> Iterator[Component]:
    """Every locked package, with edges where the file has them. The lockfile does not tell direct ones."""
    lock = source.json(Lock)
    lines = source.lines(LINE)
    private = {item.name: item.url for item in lock.language.repositories if item.name not in USUAL}
    components = {
        name: source.component(
            "bioconductor" if package.source == "Bioconductor" else "cran",
            package.package,
            package.version,
            line=lines.get(name),
            hashes=(f"md5:{package.hash}",) if package.hash else (),
            qualifiers=_origin(package, private),
        )
        for name, package in lock.packages.items()
    }
    return graph.link(components, {name: list(_needs(package)) for name, package in lock.packages.items()})


def _needs(package: Package) -> Iterator[str]:
    """Names, in newer files with a range behind: "R (>= 4.0)", "rlang"."""
    for group in (package.requirements, package.depends, package.imports, package.linking_to):
        for wish in [group] if isinstance(group, str) else group:
            match = NEED.match(wish)
            if match:
                yield match[1]


def _origin(package: Package, private: Mapping[str, str]) -> Mapping[str, str] | None:
    """Packages from git say so; RemoteType "standard" is a repository, by its name or address."""
    kind = (package.remote_type or package.source).lower()
    if kind in FORGES and package.remote_username and package.remote_repo:
        address = f"https://{FORGES[kind]}/{package.remote_username}/{package.remote_repo}"
        return registry.git(address, package.remote_sha)
    if kind in ("git", "git2r", "xgit") and package.remote_url:
        return registry.git(package.remote_url, package.remote_sha)
    if kind == "url" and package.remote_url:
        return {"download_url": registry.without_secrets(package.remote_url)}
    return registry.qualifiers(private.get(package.repository or "", package.repository))
