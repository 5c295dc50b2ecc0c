"""The day after a loss, and the single points where one would hurt, as text and as JSON."""

from collections.abc import Iterable, Iterator

import msgspec

from scanner.model import Outlook, Scan
from scanner.outlook.backhoe import Aftermath
from scanner.report.labels import labels
from scanner.report.language import ENGLISH, Words
from scanner.report.text import and_more, block, bold, components, cuts, dim, package, printable
from scanner.report.translate import translated_aftermath

MOST = 12


def json(result: Aftermath | Outlook) -> str:
    """Indented, in the fixed order of the fields."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"


def text(result: Aftermath | Outlook, scan: Scan, words: Words = ENGLISH) -> str:
    """For a terminal of 80 columns."""
    lines = _aftermath(result, scan, words) if isinstance(result, Aftermath) else _outlook(result, scan, words)
    return "\n".join(lines) + "\n"


def _aftermath(result: Aftermath, scan: Scan, words: Words) -> Iterator[str]:
    names = {technology.id: printable(technology.name) for technology in scan.technologies}
    actors = {actor.id: printable(actor.name) for actor in scan.actors}
    yield from block(bold(words.say("Lost: {losses}", losses=", ".join(result.lost))))
    if result.actors:
        gone = _some([actors[id] for id in result.actors], words)
        yield from block(words.say("with it {actors}", actors=gone), 2)
    yield from _services(result, names, words)
    yield from _fates(translated_aftermath(result, words), names, words)
    yield from _packages(words.gettext("Stops with what is gone"), result.components_stopped, words)
    yield from _packages(words.gettext("Could no longer be installed or updated"), result.not_installable, words)


def _services(result: Aftermath, names: dict[str, str], words: Words) -> Iterator[str]:
    for service in result.services:
        by = ", ".join(names[id] for id in service.by)
        state = words.say("✖ falls, by {names}", names=by) if service.falls else words.gettext("✔ stands")
        criticality = labels(words)["criticality"][service.criticality]
        yield from block(f"{printable(service.service)} ({criticality}){words.said(': ')}{state}", 2, 4)


def _fates(result: Aftermath, names: dict[str, str], words: Words) -> Iterator[str]:
    fates = ("gone", "degraded", "untouched")
    rows = {fate: [row for row in result.technologies if row.fate == fate] for fate in fates}
    total = len(result.technologies)
    heads = {
        "gone": words.count(
            "✖ gone: {count} of {total} technologies",
            "✖ gone: {count} of {total} technologies",
            len(rows["gone"]),
            total=total,
        ),
        "degraded": words.count(
            "▲ degraded: {count} of {total} technologies",
            "▲ degraded: {count} of {total} technologies",
            len(rows["degraded"]),
            total=total,
        ),
    }
    for fate, head in heads.items():
        if rows[fate]:
            yield ""
            yield bold(head)
        for row in rows[fate]:
            left = " " + words.say("Left: {names}.", names=_some(row.survivors, words)) if row.survivors else ""
            yield from block(f"{names[row.technology]}{words.said(': ')}{row.because}.{left}", 2, 4)
    yield ""
    yield words.count(
        "✔ untouched: {count} of {total} technologies",
        "✔ untouched: {count} of {total} technologies",
        len(rows["untouched"]),
        total=total,
    )


def _packages(what: str, purls: tuple[str, ...], words: Words) -> Iterator[str]:
    if purls:
        yield ""
        yield bold(words.said(": ").join((what, words.count("{count} package", "{count} packages", len(purls)))))
        yield from block(_some([package(purl) for purl in purls], words), 2)


def _outlook(result: Outlook, scan: Scan, words: Words) -> Iterator[str]:
    names = {technology.id: printable(technology.name) for technology in scan.technologies}
    actors = {actor.id: printable(actor.name) for actor in scan.actors}
    yield bold(
        words.say(
            "Single points of failure in {project}: {count}",
            project=printable(scan.project.name), count=len(result.single_points),
        )
    )  # fmt: skip
    for point in result.single_points:
        line = words.say(
            "{actor}: {technologies}  (severity {severity}, {components})",
            actor=actors[point.actor],
            technologies=", ".join(names[id] for id in point.technologies),
            severity=point.severity,
            components=components(point.components, words),
        )
        yield from block(line, 2, 4)
    yield from cuts(scan, words)
    yield from _concentration(result, actors, words)
    if result.single_points:
        loss = printable(f"actor:{result.single_points[0].actor}")
        yield ""
        yield dim(words.say("outlast backhoe --lose {loss}  shows what falls with it", loss=loss))


def _concentration(result: Outlook, actors: dict[str, str], words: Words) -> Iterator[str]:
    heads = {
        "actor": words.gettext("Concentration by actor: {index} of 10,000, {band}"),
        "jurisdiction": words.gettext("Concentration by jurisdiction: {index} of 10,000, {band}"),
    }
    for by, found in result.concentration.items():
        yield ""
        yield heads[by].format(index=words.number(found.index), band=labels(words)["band"][found.band])
        names = labels(words)["value"] | actors
        shares = (
            words.say("{name} {percent}%", name=names.get(share.name, share.name), percent=round(share.share * 100))
            for share in found.shares[:MOST]
        )
        yield from block(", ".join(shares), 2)


def _some(items: Iterable[str], words: Words) -> str:
    items = list(items)
    more = len(items) - MOST
    return ", ".join(items[:MOST]) + (f" {and_more(more, words)}" if more > 0 else "")
