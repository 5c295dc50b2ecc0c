"""The package index that the user's pip or uv is configured to.

pip: https://pip.pypa.io/en/stable/topics/configuration/; uv: https://docs.astral.sh/uv/concepts/indexes/
"""

import configparser
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

VARIABLES = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL")


def index(environ: Mapping[str, str]) -> str | None:
    """The address of the default index, or None where it is not configured."""
    for variable in VARIABLES:
        if said := environ.get(variable, "").strip():
            return said
    told = (_pip(path) for path in _pip_files(environ))
    also = (_uv(path) for path in _uv_files(environ))
    return next((address for address in (*told, *also) if address), None)


def _pip_files(environ: Mapping[str, str]) -> Iterator[Path]:
    """The one that wins first: PIP_CONFIG_FILE, the environment's, the user's, the machine's."""
    named = environ.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return
    if named:
        yield Path(named)
    name = "pip.ini" if os.name == "nt" else "pip.conf"
    yield Path(sys.prefix, name)
    home = Path(os.path.expanduser("~"))
    yield from (folder / "pip" / name for folder in _user_folders(environ, home))
    yield home / "pip" / name if os.name == "nt" else home / ".pip" / name
    yield from (folder / "pip" / name for folder in _machine_folders(environ))
    if os.name != "nt":
        yield Path("/etc", name)


def _uv_files(environ: Mapping[str, str]) -> Iterator[Path]:
    folders = [*_user_folders(environ, Path(os.path.expanduser("~"))), *_machine_folders(environ)]
    yield from (folder / "uv" / "uv.toml" for folder in folders)


def _user_folders(environ: Mapping[str, str], home: Path) -> list[Path]:
    if os.name == "nt":
        return [Path(environ.get("APPDATA", home))]
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return [home / "Library/Application Support", config] if sys.platform == "darwin" else [config]


def _machine_folders(environ: Mapping[str, str]) -> list[Path]:
    if os.name == "nt":
        return [Path(environ.get("PROGRAMDATA", "C:/ProgramData"))]
    return [Path(folder) for folder in (environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")]


def _pip(path: Path) -> str | None:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, configparser.Error):
        return None
    return next(
        (parser[name]["index-url"] for name in ("global", "install") if parser.has_option(name, "index-url")), None
    )


def _uv(path: Path) -> str | None:
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    indexes = content.get("index")
    defaults = (
        [item for item in indexes if isinstance(item, dict) and item.get("default")]
        if isinstance(indexes, list)
        else []
    )
    address = defaults[0].get("url") if defaults else content.get("index-url")
    return address if isinstance(address, str) else None
