"""How grave the loss would be, 1 to 5.

Declared by the configuration for what its services rely on at run time; where it does not say it:

    3  asked for by the project itself and there at run time (also where the input does not tell)
    2  there at run time because another package asks for it, or optional
    1  development, test and build only
   +1  where a technology that holds data or identity runs in production; at most 5
"""

from collections.abc import Iterable, Mapping

from scanner.assess.services import IN_PRODUCTION
from scanner.model import Component, Kind

HOLDS_DATA: frozenset[Kind] = frozenset({"database", "broker", "cloud-service", "identity"})
WORKSHOP: frozenset[Kind] = frozenset({"ci", "forge", "build-tool", "registry"})
"""What a file's presence says of these concerns the making, not the running."""
HIGHEST = 5


def of_component(component: Component, kinds: Iterable[Kind], declared: int | None = None) -> int:
    """Severity of a component that binds to technologies of these kinds."""
    if declared is not None and component.scope in IN_PRODUCTION:
        return declared
    return min(_base(component) + _holds(component, kinds), HIGHEST)


def of_technology(id: str, kind: Kind, components: Iterable[Component], declared: Mapping[str, int]) -> int:
    """Severity of a technology by the gravest of its components; of one known by a file only, by its kind.

    `declared` has the severities of services by purl and by technology id.
    """
    differing = {(item.scope, item.direct, declared.get(item.purl)): item for item in components}
    severities = [of_component(item, (kind,), given) for (_, _, given), item in differing.items()]
    return max(severities, default=declared.get(id, 1 if kind in WORKSHOP else 3))


def _base(component: Component) -> int:
    if component.scope in ("development", "test", "build"):
        return 1
    return 2 if component.scope == "optional" or component.direct is False else 3


def _holds(component: Component, kinds: Iterable[Kind]) -> bool:
    return component.scope == "runtime" and any(kind in HOLDS_DATA for kind in kinds)
