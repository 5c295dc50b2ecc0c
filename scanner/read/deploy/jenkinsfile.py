"""Jenkinsfile: the images that Jenkins' pipelines run, as far as a program of Groovy says them outright.

Format: https://www.jenkins.io/doc/book/pipeline/docker/ and https://www.jenkins.io/doc/book/pipeline/shared-libraries/
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = ("Jenkinsfile", "Jenkinsfile.*", "*.Jenkinsfile", "*.jenkinsfile")
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)")
PIPELINE = re.compile(r"\b(?:pipeline|node|podTemplate|library)\b|@Library")
IMAGE = re.compile(
    r"\b(?:image|docker\.image|docker)[ \t]*(?:\([ \t]*|:[ \t]*|[ \t])(?P<quote>[\"'])(?P<quoted>[^\"'\n]+)(?P=quote)"
    r"|^[ \t]*(?:-[ \t]+)?image:[ \t]*(?P<bare>[^\s\"'#]+)",
    re.MULTILINE,
)
LIBRARY = re.compile(r"(?:@Library\(\[?|\blibrary[ \t(]+(?:identifier:[ \t]*)?)[\"']([^\"'\n]+)")


def read(source: Source) -> Iterator[Component]:
    """Every image, once; of a shared library only Jenkins knows where it is."""
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source.text)
    if not PIPELINE.search(text):
        source.error("has no pipeline")
    seen = set()
    for match in IMAGE.finditer(text):
        written = match["quoted"] or match["bare"]
        if written not in seen:
            seen.add(written)
            found = image.component(source, written, {}, line=_line(text, match), scope="build")
            if found:
                yield found
    for match in LIBRARY.finditer(text):
        source.gap(f"where the library {match[1][:80]!r} comes from is set in Jenkins", f"line {_line(text, match)}")


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
