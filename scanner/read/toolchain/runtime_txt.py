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

DATE = re.compile(r"(?:^|-)\d{4}-\d\d-\d\d$")


def recognises(head: bytes) -> bool:
    """One word that begins with a language; other files have this name too."""
    return re.match(rb"(?:python|pypy|ruby|node|java|php|go|r)-[\w.+-]{1,80}\s*\Z", head) is not None


def read(source: Source) -> Iterator[Component]:
    """The language; of R a date behind the version, or instead of it, says which packages."""
    match = RUNTIME.match(source.text.strip())
    if match is None:
        source.error("is no language with its version")
    version = DATE.sub("", match[2]) if match[1] == "r" else match[2]
    yield tools.component(source, match[1], version, 1)
