"""build.gradle and build.gradle.kts without a lockfile: the dependencies that a program says outright.

Format: https://docs.gradle.org/current/userguide/declaring_dependencies_basics.html
"""

import re
from collections.abc import Iterator

from scanner.model import Component, Scope
from scanner.read import unlocked
from scanner.read.source import Source

FILES = ("build.gradle", "build.gradle.kts")
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("gradle.lockfile", "gradle/dependency-locks/runtimeClasspath.lockfile")
COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)")
DEPENDENCY = re.compile(
    r"(?<![\w.\"'])(?P<use>[a-zA-Z]{2,60})[ \t]{0,8}\(?[ \t]{0,8}(?:(?:enforcedP|p)latform[ \t]{0,8}\(?[ \t]{0,8})?"
    r"(?P<quote>[\"'])(?P<group>[\w.-]{1,200}):(?P<name>[\w.-]{1,200})(?::(?P<version>[^\"'\n:@]{1,100}))?"
    r"[^\"'\n]{0,100}(?P=quote)"
)
MAP = re.compile(
    r"^[ \t]*(?P<use>[a-zA-Z]+)[ \t]{0,8}\(?[ \t]{0,8}group[ \t]*[:=][ \t]*[\"'](?P<group>[\w.-]+)[\"'][ \t]*,[ \t]*"
    r"name[ \t]*[:=][ \t]*[\"'](?P<name>[\w.-]+)[\"']"
    r"(?:[ \t]*,[ \t]*version[ \t]*[:=][ \t]*[\"'](?P<version>[^\"'\n]+))?",
    re.MULTILINE,
)
CONFIGURATIONS = re.compile(
    r"(?:api|implementation|compile|runtime|compileOnly|compileOnlyApi|runtimeOnly|classpath|provided|kapt|ksp"
    r"|annotationProcessor|developmentOnly)$|\w+(?:Implementation|Api|CompileOnly|RuntimeOnly|AnnotationProcessor|Compile)$"
)
EXACT = re.compile(r"\d[\w.-]*$")


def read(source: Source) -> Iterator[Component]:
    """Nothing where a lockfile tells more. What comes from a version catalogue stands there."""
    if unlocked.has_lock(source, LOCKS):
        return
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source.text)
    if "\0" in text:
        source.error("is no text")
    found = sorted((match.start(), match) for pattern in (DEPENDENCY, MAP) for match in pattern.finditer(text))
    wanted = [match for _, match in found if CONFIGURATIONS.match(match["use"])]
    line = 1
    last = 0
    for match in wanted:
        line, last = line + text.count("\n", last, match.start("use")), match.start("use")
        version = match["version"] or ""
        yield source.component(
            "maven",
            f"{match['group']}/{match['name']}",
            version if EXACT.match(version) else None,
            line=line,
            scope=_scope(match["use"]),
            direct=True,
        )
    unlocked.gap(source, len(wanted))


def _scope(use: str) -> Scope:
    """What a configuration is for, by its name."""
    lower = use.lower()
    if "test" in lower:
        return "test"
    if use in ("classpath", "kapt", "ksp") or "annotationprocessor" in lower:
        return "build"
    return "development" if use == "developmentOnly" else "runtime"
