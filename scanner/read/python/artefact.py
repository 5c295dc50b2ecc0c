"""Python packages named by an address or a path instead of by name: what they are and where they come from.

Format: https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename

from scanner.read import registry

VCS = re.compile(r"(git|hg|svn|bzr)\+[a-z]+:")
EGG = re.compile(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def identify(address: str) -> tuple[str, str | None, Mapping[str, str] | None] | None:
    """Name, version where the file's name has it, and purl qualifiers; None where it is no package's address."""
    egg = EGG.search(address)
    if VCS.match(address) or address.endswith(".git"):
        name = egg[1] if egg else _repository(address)
        return (name, None, origin(address)) if NAME.fullmatch(name) else None
    filename = unquote(address.partition("#")[0].partition("?")[0].rpartition("/")[2])
    parts = _filename(filename)
    if parts:
        return *parts, origin(address)
    return (egg[1], None, origin(address)) if egg else None


def _repository(address: str) -> str:
    """The name of a repository: "shop" of git+ssh://git@host/team/shop.git@v1#subdirectory=x."""
    path = address.partition("#")[0].partition("://")[2].partition("/")[2]
    return path.partition("@")[0].rstrip("/").removesuffix(".git").rpartition("/")[2]


def origin(address: str) -> Mapping[str, str] | None:
    """Qualifiers of a package from this address."""
    bare = address.partition("#")[0]
    if VCS.match(bare):
        return {"vcs_url": registry.without_secrets(bare)}
    if bare.endswith(".git"):
        return registry.git(bare)
    return {"download_url": registry.without_secrets(bare)}


def is_path(text: str) -> bool:
    """A folder of the project ("-e .", "./lib[extra]"), or one outside: its own part, not a package."""
    return text.startswith((".", "/", "file:", "~")) or ("/" in text and "://" not in text)


def _filename(name: str) -> tuple[str, str] | None:
    try:
        if name.endswith(".whl"):
            parsed = parse_wheel_filename(name)
            return parsed[0], str(parsed[1])
        found = parse_sdist_filename(name)
        return found[0], str(found[1])
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None
