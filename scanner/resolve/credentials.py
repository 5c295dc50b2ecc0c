"""Credentials that the user's machine holds for a registry's host, as the Authorization header that carries them."""

import netrc
import os
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import unquote


def basic(user: str, password: str) -> str:
    """RFC 7617, from the parts of a URL."""
    return "Basic " + b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode()


def from_netrc(host: str, environ: Mapping[str, str]) -> str | None:
    """What NETRC or ~/.netrc has for exactly this host; a `default` entry is for no registry in particular."""
    path = environ.get("NETRC") or os.path.expanduser("~/.netrc")
    try:
        found = netrc.netrc(path).hosts.get(host)
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError):
        return None
    return "Basic " + b64encode(f"{found[0]}:{found[2]}".encode()).decode() if found else None
