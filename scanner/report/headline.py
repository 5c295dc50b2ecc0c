"""The first line of every report: one sentence that a board remembers, computed from the what-ifs."""

from scanner.model import Scan, SinglePoint
from scanner.report.language import ENGLISH, Words
from scanner.report.visible import neutral, short


def headline(scan: Scan, words: Words = ENGLISH) -> str:
    """The sentence. Where something was not looked at, it never says more than "is known to"."""
    summary = scan.summary
    if not summary.technologies:
        return _nothing(scan, words)
    if not scan.outlook.single_points:
        return _nobody(scan, words)
    point = max(scan.outlook.single_points, key=_weight)
    names = {actor.id: actor.name for actor in scan.actors}
    stops, alone = len(point.technologies), summary.by_verdict.get("flagged", 0)
    first = words.ngettext(
        "Lose {actor} and {count} of {total} technologies stops",
        "Lose {actor} and {count} of {total} technologies stop",
        stops,
    ).format(actor=neutral(short(names.get(point.actor, point.actor), 60)), count=stops, total=summary.technologies)
    second = words.ngettext("{count} has no second source", "{count} have no second source", alone)
    return words.gettext("{first}; {second}.").format(first=first, second=second.format(count=alone))


def _weight(point: SinglePoint) -> tuple[int, int, int, str]:
    return len(point.technologies), point.severity, point.components, point.actor


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
