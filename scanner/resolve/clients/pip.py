"""pip: variables and the files of the environment, the user and the machine.

Format: https://pip.pypa.io/en/stable/topics/configuration/
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from scanner.resolve.client_files import ini
from scanner.resolve.clients import Hop, Machine, Route, Sources, everything

TYPES = ("pypi",)
SECTIONS = ("global", "install")


def sources(machine: Machine) -> Sources:
    """The index, and those that pip looks through as well."""
    variable = machine.environ.get("PIP_INDEX_URL", "").strip()
    further = machine.environ.get("PIP_EXTRA_INDEX_URL", "").split()
    told = {"index-url": "", "extra-index-url": ""}
    for path in _files(machine):
        parser = ini(path)
        for option, known in told.items():
            found = (parser[name][option] for name in SECTIONS if parser.has_option(name, option))
            told[option] = known or next(found, "").strip()
    further = further or told["extra-index-url"].split()
    if variable:
        return Sources(everything(variable, *further, of_variable=True))
    if told["index-url"] or further:
        return Sources((Route(tuple(map(Hop, (told["index-url"], *further)))),))
    return Sources()


def _files(machine: Machine) -> Iterator[Path]:
    """The one that wins first: PIP_CONFIG_FILE, the environment's, the user's, the machine's."""
    named = machine.environ.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return
    if named:
        yield Path(named)
    name = "pip.ini" if os.name == "nt" else "pip.conf"
    yield Path(sys.prefix, name)
    if sys.platform == "darwin":
        yield machine.home / "Library/Application Support" / "pip" / name
    yield machine.config / "pip" / name
    yield machine.home / "pip" / name if os.name == "nt" else machine.home / ".pip" / name
    yield from (folder / "pip" / name for folder in machine.shared)
    if os.name != "nt":
        yield Path("/etc", name)
