"""Where packages come from: purl qualifiers for those that are not from their ecosystem's usual registry.

Standard: https://github.com/package-url/purl-spec/blob/main/docs/standard/qualifiers.md
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

HOST = re.compile(r"[a-z+]+://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)

SHORT = re.compile(r"^([\w.-]+@[\w.-]+):(?!/)([^:]*)$")
"""As in git@host:owner/repository.git: https://git-scm.com/docs/git-clone#_git_urls"""


def usual(type: str, addresses: Iterable[str | None]) -> frozenset[str]:
    """Hosts that stand for the usual registry of a purl type in a file whose packages come from `addresses`.

    The public registry's own, and the one that most packages come from: a company's mirror of it. An address that
    is None is of a package of which the file says nothing, which means the usual registry.
    """
    counts = Counter(map(host_of, addresses))
    silent = counts.pop("", 0)
    return public(type) | {host for host, count in counts.most_common(1) if count > silent}


def qualifiers(address: str | None, usual: Iterable[str] = ()) -> dict[str, str] | None:
    """`repository_url` where the registry at `address` is none of the `usual` hosts."""
    host = host_of(address)
    return {"repository_url": without_secrets(address).rstrip("/")} if address and host and host not in usual else None


def git(address: str, commit: str | None = None) -> dict[str, str]:
    """`vcs_url` of a package that is built from a git repository."""
    address = SHORT.sub(r"ssh://\1/\2", without_secrets(address.removeprefix("git+")))
    return {"vcs_url": f"git+{address}@{commit}" if commit else f"git+{address}"}


def without_secrets(address: str) -> str:
    """A web address without the user and password or token that it may hold; reports are passed around."""
    return re.sub(r"(https?://)[^/@]*@", r"\1", address)


def host_of(address: str | None) -> str:
    """The host of a web address, or "" where it is none."""
    if not address:
        return ""
    end = address.find("/", len("https://"))  # many addresses begin alike
    return _host(address[:end]) or _host(address) if end > 0 else _host(address)


@lru_cache(maxsize=1024)
def _host(address: str) -> str:
    match = HOST.match(address)
    return match[1].lower() if match else ""


@cache
def public(type: str) -> frozenset[str]:
    """Hosts of the public registry of a purl type."""
    from packageurl.contrib import purl2url

    purl = f"pkg:{type}/name@1"
    addresses = (purl2url.get_repo_url(purl), purl2url.get_download_url(purl))  # type: ignore[no-untyped-call]
    return frozenset(map(host_of, addresses)) - {""}
