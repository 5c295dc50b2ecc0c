"""Credentials that the user's machine holds for a registry's host, as the Authorization header that carries them."""

import os
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from scanner.resolve.client_files import MalformedError


def login(user: str, password: str) -> str:
    """RFC 7617."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def basic(user: str, password: str) -> str:
    """The same, from the parts of a URL."""
    return login(unquote(user), unquote(password))


class Netrc:
    """NETRC or ~/.netrc, for exactly the hosts it names; a `default` entry is for no registry in particular.

    https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        import netrc

        path = Path(environ.get("NETRC") or os.path.expanduser("~/.netrc"))
        self.trouble: MalformedError | None = None
        self._hosts: Mapping[str, tuple[str, str, str]] = {}
        try:
            self._hosts = netrc.netrc(path).hosts
        except (FileNotFoundError, NotADirectoryError):
            return
        except netrc.NetrcParseError as error:
            self.trouble = MalformedError(path, "cannot be made out", f"line {error.lineno}" if error.lineno else "")
        except (OSError, ValueError) as error:
            self.trouble = MalformedError(path, f"cannot be read ({getattr(error, 'strerror', '') or 'not UTF-8'})")

    def of(self, host: str) -> str | None:
        found = self._hosts.get(host)
        return login(found[0], found[2]) if found else None
