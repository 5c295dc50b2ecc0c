"""The first line: true, plain, and never more certain than the scan."""

import msgspec

from scanner.model import Gap, Outlook, Service, SinglePoint
from scanner.report.headline import headline
from tests.report import sample


def scan(points=(), verdicts=None, technologies=3, components=9, gaps=(), known=9, services=()):
    demo = sample.demo()
    summary = msgspec.structs.replace(
        demo.summary,
        technologies=technologies,
        components=components,
        by_verdict=verdicts or {},
        custody_known=known,
        custody_total=9,
    )
    outlook = Outlook(
        single_points=tuple(
            SinglePoint(actor=actor, technologies=tuple(map(str, range(stops))), components=1, severity=severity)
            for actor, stops, severity in points
        ),
        concentration=demo.outlook.concentration,
    )
    return msgspec.structs.replace(demo, summary=summary, outlook=outlook, gaps=gaps, services=services)


GAP = Gap(stage="read", subject="pom.xml", reason="cannot be read")


def test_names_the_actor_with_whom_most_stops():
    text = headline(scan([("stripe", 1, 5), ("amazon", 2, 3)], {"flagged": 3}))
    assert text == "Lose Amazon and 2 of 3 technologies stop; 3 have no second source."


def test_one_is_singular():
    text = headline(scan([("stripe", 1, 5)], {"flagged": 1}))
    assert text == "Lose Stripe and 1 of 3 technologies stops; 1 has no second source."


def test_severity_decides_between_equals():
    assert "Lose Stripe" in headline(scan([("amazon", 1, 2), ("stripe", 1, 5)]))


def services(*relied, criticality="vital"):
    return tuple(
        Service(name=f"s{number}", criticality=criticality, technologies=ids, components=())
        for number, ids in enumerate(relied)
    )


def test_names_the_actor_with_whom_most_vital_services_stop():
    found = scan(
        [("stripe", 2, 5), ("amazon", 1, 3)],
        {"flagged": 2},
        services=(*services(("0",), ("0", "1"), ()), *services(("1",), criticality="ordinary")),
    )
    assert headline(found) == "Lose Stripe and 2 of 3 vital services stop; 2 of 3 technologies have no second source."


def test_names_services_where_none_is_said_to_be_vital():
    found = scan([("stripe", 1, 5)], {"flagged": 1}, services=services(("0",), (), criticality="ordinary"))
    assert headline(found) == "Lose Stripe and 1 of 2 services stops; 1 of 3 technologies has no second source."


def test_says_so_if_nobody_can_stop_a_vital_service():
    found = scan([("stripe", 1, 5)], {"flagged": 1}, services=services((), ()))
    assert headline(found).startswith("No single actor is known to stop any of the 2 vital services; 1 of 3 ")


def test_what_could_not_be_judged_is_said_apart():
    text = headline(scan([("stripe", 1, 5)], {"flagged": 1, "unknown": 2}))
    assert text == "Lose Stripe and 1 of 3 technologies stops; 1 has no second source, and 2 could not be judged."


def test_a_company_goes_by_its_name_without_the_legal_form():
    assert headline(scan([("Acme.com, Inc.", 1, 5)])).startswith("Lose Acme.com and")
    assert headline(scan([("SE", 1, 5)])).startswith("Lose SE and")


def test_says_so_if_nobody_can_stop_anything():
    assert headline(scan()) == "No single actor can stop any of the 3 technologies."


def test_is_less_certain_with_gaps():
    assert "is known to stop" in headline(scan(gaps=(GAP,)))


def test_is_less_certain_where_custody_was_not_looked_at():
    assert "is known to stop" in headline(scan(known=8))


def test_is_less_certain_with_unjudged_technologies():
    assert "2 could not be judged" in headline(scan(verdicts={"unknown": 2}))


def test_components_without_technologies():
    assert headline(scan(technologies=0)) == "None of the 9 components ties the project to a technology on record."


def test_nothing_found_is_not_the_same_as_nothing_readable():
    assert headline(scan(technologies=0, components=0)) == "No dependency was found."
    assert "could" in headline(scan(technologies=0, components=0, gaps=(GAP,)))


def test_an_actor_without_a_record_is_named_by_its_id_made_safe():
    assert "Lose a⟨U+202E⟩b and" in headline(scan([("a\u202eb", 1, 1)]))
