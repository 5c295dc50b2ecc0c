"""The first line of every report: one sentence that a board remembers, computed from the what-ifs.

Where the configuration declares services, it says which of them stop; else which technologies. What could not be
judged is said apart, and never counts as certain.
"""

from collections.abc import Sequence

from scanner.model import Scan, Service, SinglePoint
from scanner.outlook.points import stopped
from scanner.report.language import ENGLISH, Words
from scanner.report.visible import known_as, neutral, short


def headline(scan: Scan, words: Words = ENGLISH) -> str:
    """The sentence. Where something was not looked at, it never says more than "is known to"."""
    if not scan.summary.technologies:
        return _nothing(scan, words)
    services = gravest(scan.services)
    hit = max(scan.outlook.single_points, key=lambda point: _weight(scan, point, services), default=None)
    if hit is None:
        return _nobody(scan, words)
    return words.gettext("{first}; {second}.").format(
        first=_first(scan, hit, services, words), second=_second(scan, bool(services), words)
    )


def gravest(services: Sequence[Service]) -> tuple[Service, ...]:
    """The vital ones; all, where none is said to be."""
    return tuple(service for service in services if service.criticality == "vital") or tuple(services)


def _weight(scan: Scan, point: SinglePoint, services: Sequence[Service]) -> tuple[int, int, int, int, str]:
    falls = len(stopped(point, services, scan.technologies))
    return falls, len(point.technologies), point.severity, point.components, point.actor


def _first(scan: Scan, point: SinglePoint, services: Sequence[Service], words: Words) -> str:
    """Who stops what."""
    falls, stops = len(stopped(point, services, scan.technologies)), len(point.technologies)
    total = scan.summary.technologies
    if services and services[0].criticality == "vital":
        text, count, total = _vital(falls, words), falls, len(services)
    elif services:
        text, count, total = _services(falls, words), falls, len(services)
    else:
        text = words.ngettext(
            "Lose {actor} and {count} of {total} technologies stops",
            "Lose {actor} and {count} of {total} technologies stop",
            stops,
        )
        count = stops
    name = next((actor.name for actor in scan.actors if actor.id == point.actor), point.actor)
    return text.format(actor=neutral(short(known_as(name), 60)), count=count, total=total)


def _vital(falls: int, words: Words) -> str:
    if not falls:
        return words.gettext("No single actor is known to stop any of the {total} vital services")
    return words.ngettext(
        "Lose {actor} and {count} of {total} vital services stops",
        "Lose {actor} and {count} of {total} vital services stop",
        falls,
    )


def _services(falls: int, words: Words) -> str:
    if not falls:
        return words.gettext("No single actor is known to stop any of the {total} services")
    return words.ngettext(
        "Lose {actor} and {count} of {total} services stops", "Lose {actor} and {count} of {total} services stop", falls
    )


def _second(scan: Scan, services: bool, words: Words) -> str:
    """How many technologies have no second source, and of how many it is not known."""
    alone, unjudged = (scan.summary.by_verdict.get(verdict, 0) for verdict in ("flagged", "unknown"))
    if services:
        text = words.ngettext(
            "{count} of {total} technologies has no second source",
            "{count} of {total} technologies have no second source",
            alone,
        )
    else:
        text = words.ngettext("{count} has no second source", "{count} have no second source", alone)
    text = text.format(count=alone, total=scan.summary.technologies)
    if not unjudged:
        return text
    also = words.ngettext(
        "{text}, and {count} could not be judged", "{text}, and {count} could not be judged", unjudged
    )
    return also.format(text=text, count=unjudged)


def _nothing(scan: Scan, words: Words) -> str:
    count = scan.summary.components
    if count:
        return words.ngettext(
            "The only component ties the project to no technology on record.",
            "None of the {count} components ties the project to a technology on record.",
            count,
        ).format(count=count)
    if scan.gaps:
        return words.gettext("Nothing could be judged, because not everything could be looked at.")
    return words.gettext("No dependency was found.")


def _nobody(scan: Scan, words: Words) -> str:
    summary = scan.summary
    unjudged = summary.by_verdict.get("unknown", 0)
    if unjudged:
        text = words.ngettext(
            "No single actor is known to stop any of the {total} technologies, but {count} could not be judged.",
            "No single actor is known to stop any of the {total} technologies, but {count} could not be judged.",
            unjudged,
        )
    elif scan.gaps or summary.custody_known < summary.custody_total:
        text = words.gettext(
            "No single actor is known to stop any of the {total} technologies, but not everything could be looked at."
        )
    else:
        text = words.gettext("No single actor can stop any of the {total} technologies.")
    return text.format(total=summary.technologies, count=unjudged)
