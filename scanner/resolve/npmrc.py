"""The npm registries that the user's client is configured to, for all packages and for single scopes.

Format: https://docs.npmjs.com/cli/configuring-npm/npmrc. The project's own .npmrc tells that packages are private; it
is followed only to hosts that the user's configuration knows, and no credentials or variables are taken from it.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from scanner.resolve.credentials import basic

LARGEST = 1 << 20


class Npmrc(NamedTuple):
    """The user's settings, and those of the scanned project."""

    user: dict[str, str]
    project: dict[str, str]

    def registry(self, scope: str) -> str | None:
        """The address for a scope ("@acme", or "" for none): "" is the public one, None one that is not asked."""
        for key in (f"{scope}:registry", "registry") if scope else ("registry",):
            if address := self.user.get("env:" + key):
                return address
            if address := self.project.get(key):
                return address if self._trusts(address) else None
            if address := self.user.get(key):
                return address
        return ""

    def _trusts(self, address: str) -> bool:
        """Whether the user's own configuration names the host, as a registry or by credentials for it."""
        host = urlsplit(address).netloc.rpartition("@")[2]
        known = {urlsplit(value).netloc for key, value in self.user.items() if key.endswith("registry")}
        known |= {key.removeprefix("//").partition("/")[0] for key in self.user if key.startswith("//")}
        return bool(host) and "@" not in address and (host in known or host == _public())

    def authorization(self, base: str) -> str | None:
        """The credentials of the longest path that holds `base`: "//npm.example/team/:_authToken"."""
        path = base.partition(":")[2] + "/"
        while path.strip("/"):
            if found := self._of(path):
                return found
            path = path.rstrip("/").rpartition("/")[0] + "/"
        return None

    def _of(self, path: str) -> str | None:
        if token := self.user.get(f"{path}:_authToken"):
            return f"Bearer {token}"
        if pair := self.user.get(f"{path}:_auth"):
            return f"Basic {pair}"
        name, password = self.user.get(f"{path}:username"), self.user.get(f"{path}:_password")
        return _login(name, password) if name and password else None


def load(environ: Mapping[str, str], project: Path | None) -> Npmrc:
    """What the environment and the files say; nothing where there are none."""
    settings = _read(Path(environ.get("npm_config_globalconfig") or _prefix(environ) / "etc" / "npmrc"), environ)
    named = environ.get("npm_config_userconfig") or environ.get("NPM_CONFIG_USERCONFIG")
    settings |= _read(Path(named or os.path.expanduser("~/.npmrc")), environ)
    for name, value in environ.items():
        if name.lower() == "npm_config_registry" and value:
            settings["env:registry"] = value
    return Npmrc(settings, _read(project / ".npmrc", {}) if project else {})


def _public() -> str:
    from scanner.resolve.registries import npm

    return urlsplit(npm.default()).netloc


def _login(name: str, password: str) -> str | None:
    from base64 import b64decode
    from binascii import Error
    from urllib.parse import quote

    try:
        return basic(quote(name, safe=""), quote(b64decode(password), safe=""))
    except (Error, ValueError):
        return None


def _prefix(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("npm_config_prefix") or environ.get("PREFIX") or "/usr")


def _read(path: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Lines `key = value`; `${NAME}` is a variable, and stays as it is where that is not set, as in npm."""
    try:
        with path.open(encoding="utf-8") as file:
            lines = file.read(LARGEST).splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    settings = {}
    for line in lines:
        key, equals, value = line.partition("=")
        if equals and not key.lstrip().startswith((";", "#")):
            settings[key.strip()] = re.sub(
                r"\$\{([^}]+)\}", lambda m: environ.get(m[1], m[0]), value.strip().strip("\"'")
            )
    return settings
