"""What the page's own script works on: the components, and what it needs to say what falls with an actor.

The fate of a technology is computed in the page (templates/report.js) by the rules of scanner.outlook.backhoe; a
test in a browser holds both equal.
"""

from collections.abc import Sequence
from typing import Any

from scanner.model import Actor, Assessed, Scan, Technology
from scanner.report.columns import RELATIONS, Pool, Row, rows
from scanner.report.page import ORDER

COUNTING = ("independent", "fork")


def embedded(scan: Scan, components: Sequence[Assessed], technologies: Sequence[Technology]) -> dict[str, Any]:
    """Everything by number: strings in `texts`, technologies and actors by their place."""
    pool = Pool()
    ids = [technology.id for technology in technologies]
    actors = [actor.id for actor in scan.actors]
    return {
        "order": ORDER,
        "relations": RELATIONS,
        "rows": rows(components, ids, pool),
        "technologies": [_technology(technology, actors, pool) for technology in technologies],
        "actors": [_actor(actor, actors, pool) for actor in scan.actors],
        "services": [
            [pool.number(service.name), [ids.index(id) for id in service.technologies if id in ids]]
            for service in scan.services
        ],
        "texts": pool.texts,
    }


def _technology(technology: Technology, actors: list[str], pool: Pool) -> Row:
    """[id, name, verdict, whether things are fetched from it, steward, [implementation, actor, …], takeover]"""
    counting = [item for item in technology.implementations if item.counts in COUNTING]
    return [
        pool.number(technology.id),
        pool.number(technology.name),
        ORDER.index(technology.verdict),
        int(technology.kind in ("registry", "forge")),
        _place(technology.steward, actors),
        [number for item in counting for number in (pool.number(item.name), _place(item.actor, actors))],
        int(bool(technology.takeover)),
    ]


def _actor(actor: Actor, actors: list[str], pool: Pool) -> Row:
    """[id, name, parent, jurisdiction]"""
    return [pool.number(actor.id), pool.number(actor.name), _place(actor.parent, actors), actor.jurisdiction or ""]


def _place(id: str | None, actors: list[str]) -> int:
    """-1 for nobody on record, who is never lost."""
    return actors.index(id) if id in actors else -1
