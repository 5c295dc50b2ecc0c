"""Small worlds of actors, technologies, components and services to lose things in."""

from hypothesis import strategies as st

from scanner.assess.summary import summarise
from scanner.model import (
    SCHEMA_VERSION,
    Actor,
    Assessed,
    Binding,
    Exit,
    Implementation,
    Project,
    Scan,
    Service,
    Technology,
    Tool,
)
from scanner.outlook import outlook


def actor(id, parent=None, owner=None, jurisdiction="US"):
    return Actor(
        id=id,
        name=id.title(),
        kind="company",
        jurisdiction=jurisdiction,
        parent=parent,
        owner=owner or parent or id,
        technologies=(),
    )


def technology(id, steward="acme", others=(), takeover=False, kind="saas", verdict="flagged", **fields):
    """Implemented by its steward and by `others`, each independent."""
    names = [steward, *others]
    return Technology(
        **{
            "id": id,
            "name": id.title(),
            "kind": kind,
            "verdict": verdict,
            "score": 5,
            "score_range": (5, 5),
            "severity": 3,
            "exit": Exit(),
            "steward": steward,
            "actors": tuple(names),
            "components": (),
            "files": (),
            "relations": ("uses",),
            "locations": (),
            "why": (),
            "summary": "",
            "reasons": (),
            "implementations": tuple(Implementation(name=f"{id} by {name}", actor=name) for name in names),
            "survivors": tuple(f"{id} by {name}" for name in others),
            "takeover": takeover,
        }
        | fields
    )


def component(purl, *bindings):
    return Assessed(
        purl=purl,
        name=purl,
        technologies=tuple(Binding(id=id, relation=relation) for id, relation in bindings),
    )


def service(name="shop", criticality="vital", technologies=()):
    return Service(name=name, criticality=criticality, technologies=tuple(technologies), components=())


def world(technologies, actors=None, components=(), services=()):
    actors = actors or [actor(id) for id in sorted({id for item in technologies for id in item.actors})]
    return Scan(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="outlast", version="0", rules=0, generated="2026-11-24", offline=True),
        project=Project(name="p", path="."),
        sources=(),
        summary=summarise(technologies, components),
        findings=(),
        technologies=tuple(technologies),
        actors=tuple(actors),
        components=tuple(components),
        outlook=outlook(technologies, actors, services),
        gaps=(),
        services=tuple(services),
    )


NAMES = ["a", "b", "c", "d", "e"]


@st.composite
def worlds(draw):
    """Up to five actors, some owned by others, up to six technologies, one vital service over some of them."""
    actors = [actor(NAMES[0])]
    for number, name in enumerate(NAMES[1:], 1):
        parent = draw(st.none() | st.sampled_from(actors[:number]))
        country = draw(st.sampled_from(["US", "FR"]))
        actors.append(actor(name, parent and parent.id, parent and parent.owner, country))
    technologies = [
        technology(
            f"t{number}",
            draw(st.sampled_from(NAMES)),
            draw(st.sets(st.sampled_from(NAMES), max_size=3)),
            draw(st.sampled_from([True, False, None])),
            draw(st.sampled_from(["saas", "registry"])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    ids = [item.id for item in technologies]
    used = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    components = [component(f"pkg:npm/{id}@1", (id, draw(st.sampled_from(["uses", "comes-from"])))) for id in ids]
    return world(technologies, actors, components, [service(technologies=used)])
