"""runtime.txt of Heroku, Cloud Foundry, Netlify and Binder: the language that a platform is to run.

Format: https://github.com/heroku/heroku-buildpack-python#specify-a-python-version and
https://mybinder.readthedocs.io/en/latest/using/config_files.html
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = ("runtime.txt",)
CARRIES = frozenset({"direct", "lines"})
RUNTIME = re.compile(r"(python|pypy|ruby|node|java|php|go|r)-?v?(\d[\w.+-]*)$")


def recognises(head: bytes) -> bool:
    """One short line; other files have this name too."""
    return len(head.strip()) < 100 and b"\n" not in head.strip()


def read(source: Source) -> Iterator[Component]:
    """The language; of R a date says which packages, not which R."""
    match = RUNTIME.match(source.text.strip())
    if match is None:
        source.error("is no language with its version")
    version = "" if match[1] == "r" and match[2].count("-") == 2 else match[2]
    yield tools.component(source, match[1], version, 1)
