"""go.work of a workspace of Go modules.

Format: https://go.dev/ref/mod#go-work-file
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.go import go_mod
from scanner.read.source import Source

FILES = ("go.work",)
CARRIES = frozenset({"lines"})


def read(source: Source) -> Iterator[Component]:
    """What replaces modules in all of the workspace; what these ask for stands in their own go.mod."""
    lines = list(go_mod.directives(source))
    if not any(line.verb in ("use", "go") for line in lines):
        source.error("has neither a go nor a use directive")
    for line in lines:
        if line.verb == "use" and line.words and source.neighbour(f"{line.words[0]}/go.mod") is None:
            source.gap(f"the module at {line.words[0][:120]} that it uses is not in the project", f"line {line.number}")
        for _, module in go_mod.replacements([line]):
            if not module.path.startswith((".", "/")):
                yield source.component("golang", module.path, module.version or None, line=line.number)
