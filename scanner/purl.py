"""Package URLs in canonical form, and the key under which rules know a package.

Standard: ECMA-427 (purl), https://github.com/package-url/purl-spec. The work is done by packageurl-python;
plain purls of the commonest types, which are most of them, take a shortcut that tests prove equal to it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

_PLAIN = re.compile(
    r"pkg:(?:"
    r"npm/(?:%40[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*"
    r"|pypi/[a-z0-9][a-z0-9-]*"
    r"|(?:cargo|gem|nuget)/[A-Za-z0-9][A-Za-z0-9._-]*"
    r"|maven/[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*"
    r"|golang/[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*"
    r")(?:@[A-Za-z0-9][A-Za-z0-9._-]*)?\Z"
)
_CASELESS = frozenset({"nuget", "golang", "powershell", "swift", "composer"})
_IMAGES = frozenset({"docker", "oci"})
_DOCKER_HUB = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com"})
_PYPI_SIGNS = re.compile(r"[-_.]+")
_GO_MAJOR = re.compile(r"/v[0-9]+\Z")


@lru_cache(maxsize=1 << 17)
def canonical(text: str) -> str:
    """The canonical form of a purl. Raises ValueError where it is none."""
    if _PLAIN.match(text):
        return text
    from packageurl import PackageURL

    try:
        return PackageURL.from_string(text).to_string()
    except TypeError as error:  # a name that is only blanks
        raise ValueError("a purl needs a name") from error


def build(
    type: str,
    name: str,
    version: str | None = None,
    *,
    namespace: str | None = None,
    qualifiers: Mapping[str, str] | None = None,
    subpath: str | None = None,
) -> str:
    """A canonical purl from its parts, given as the ecosystem writes them. Raises ValueError on an empty name.

    A name may hold its namespace, as in "@babel/core", "org.slf4j/slf4j-api" or "golang.org/x/net".
    """
    if namespace is None and "/" in name:
        namespace, _, name = name.rpartition("/")
    if not qualifiers and not subpath:
        head = f"{namespace.replace('@', '%40')}/{name}" if namespace else name
        plain = f"pkg:{type}/{head}@{version}" if version else f"pkg:{type}/{head}"
        if _PLAIN.match(plain):
            return plain
    return _build(type, namespace, name, version, tuple(sorted((qualifiers or {}).items())), subpath)


@lru_cache(maxsize=1 << 15)
def _build(
    type: str,
    namespace: str | None,
    name: str,
    version: str | None,
    qualifiers: tuple[tuple[str, str], ...],
    subpath: str | None,
) -> str:
    from packageurl import PackageURL

    try:
        return PackageURL(type, namespace, name, version, dict(qualifiers), subpath).to_string()
    except TypeError as error:
        raise ValueError("a purl needs a name") from error


def key(purl: str) -> str:
    """What rules match on: type, namespace and name of a canonical purl, as in "npm/%40babel/core".

    Lower case where the registry does not tell case apart, a Python name with hyphens for its dots (PEP 503), a Go
    module without its major version suffix, a pod's subspec behind the pod as in "cocoapods/Firebase/Auth", and an
    image that is not from Docker Hub under its registry's host, as in "oci/quay.io/prometheus/prometheus".
    """
    head = purl[4:].partition("?")[0].partition("#")[0].partition("@")[0]
    type = head.partition("/")[0]
    if type in _CASELESS:
        head = head.lower()
    if type == "cpan":
        return _cpan_key(head)
    if type == "cocoapods":
        return f"{head}/{purl.partition('#')[2]}".rstrip("/")
    if type == "golang":
        return _GO_MAJOR.sub("", head)
    if type == "pypi":
        return _PYPI_SIGNS.sub("-", head)
    return _image_key(purl, head) if type in _IMAGES and "repository_url=" in purl else head


def _image_key(purl: str, head: str) -> str:
    """purls of type docker name the registry in repository_url, those of type oci the whole repository."""
    type, _, name = head.partition("/")
    _, _, rest = purl.partition("repository_url=")
    where = unquote(rest.partition("&")[0].partition("#")[0])
    host, _, path = where.removeprefix("https://").removeprefix("http://").strip("/").partition("/")
    path = path or name if type == "oci" else name
    if host in _DOCKER_HUB:
        return f"docker/{path if '/' in path else f'library/{path}'}"
    return f"oci/{host}/{path}"


def _cpan_key(head: str) -> str:
    """A distribution has its author's name before it, and is called as its main module is but for the colons."""
    return f"cpan/{head.rpartition('/')[2].replace('%3A', ':').replace('::', '-')}"


def type_of(purl: str) -> str:
    """The type of a canonical purl, as in "npm"."""
    return purl[4:].partition("/")[0]


def name_of(purl: str) -> str:
    """The full name as the ecosystem writes it, as in "@babel/core"."""
    return name_and_version(purl)[0]


def version_of(purl: str) -> str | None:
    """The version of a canonical purl, or None."""
    return name_and_version(purl)[1]


def name_and_version(purl: str) -> tuple[str, str | None]:
    """Both at once."""
    head = purl.partition("?")[0].partition("#")[0]
    name, _, version = head[head.find("/") + 1 :].partition("@")
    return (unquote(name), unquote(version) or None) if "%" in head else (name, version or None)
