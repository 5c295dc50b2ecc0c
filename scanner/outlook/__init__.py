"""What if: who can stop the project, and how few hands hold it."""

from collections.abc import Iterable, Mapping

from scanner.model import Actor, Outlook, Service, Technology
from scanner.outlook.concentration import concentration
from scanner.outlook.cuts import cuts
from scanner.outlook.points import single_points


def outlook(technologies: Iterable[Technology], actors: Iterable[Actor], services: Iterable[Service] = ()) -> Outlook:
    """The what-ifs that every report shows."""
    technologies = tuple(technologies)
    by_id: Mapping[str, Actor] = {actor.id: actor for actor in actors}
    return Outlook(
        single_points=single_points(technologies, by_id),
        cuts=cuts(services, technologies, by_id),
        concentration={
            "actor": concentration(technologies, lambda steward: by_id[steward].owner),
            "jurisdiction": concentration(
                technologies, lambda steward: by_id[by_id[steward].owner].jurisdiction or "unknown"
            ),
        },
    )
