"""Why is it there? The shortest path from something the project asks for to a component."""

from collections.abc import Iterable, Mapping

from scanner.model import Component

MOST = 3
"""Paths shown per finding; more of them tell nobody more."""

Path = tuple[str, ...]


class Why:
    """Shortest paths over the whole dependency graph, found once, breadth first."""

    def __init__(self, components: Iterable[Component]) -> None:
        graph = {component.purl: component for component in components}
        self._came_from: dict[str, str | None] = dict.fromkeys(_roots(graph))
        queue = list(self._came_from)
        for purl in queue:
            for need in graph[purl].requires:
                if need in graph and need not in self._came_from:
                    self._came_from[need] = purl
                    queue.append(need)

    def path(self, purl: str) -> Path:
        """From a direct dependency to `purl`; the purl alone where nothing is known to lead to it."""
        steps = [purl]
        while (above := self._came_from.get(steps[-1])) is not None:
            steps.append(above)
        return tuple(reversed(steps))

    def paths(self, purls: Iterable[str]) -> tuple[Path, ...]:
        """The shortest few of the paths to these purls."""
        return tuple(sorted((self.path(purl) for purl in purls), key=lambda path: (len(path), path))[:MOST])


def _roots(graph: Mapping[str, Component]) -> list[str]:
    """What is asked for directly; where no input tells, what nothing else asks for."""
    direct = [purl for purl, component in graph.items() if component.direct]
    if direct:
        return direct
    needed = {need for component in graph.values() for need in component.requires}
    return [purl for purl in graph if purl not in needed]
