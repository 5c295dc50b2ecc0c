"""The HTML report: one self-contained page, shown to a board and used by an engineer.

The scan is made safe to show first (scanner.report.visible), then every value passes Jinja2's autoescape, and the
Content-Security-Policy (https://www.w3.org/TR/CSP3/) allows the page's own style and script by their hashes alone.
"""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from scanner import purl
from scanner.assess.findings import remedy
from scanner.model import Exit, Scan
from scanner.report import charts, page
from scanner.report.embedded import embedded
from scanner.report.headline import headline
from scanner.report.labels import labels
from scanner.report.language import Words, catalogue
from scanner.report.method import LIKELIHOOD, WEIGHTS
from scanner.report.translate import translated
from scanner.report.visible import address, known_as, package, safe, short

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
STATIC_ROWS = 200
"""Components that are in the page itself, for readers without JavaScript."""


def render(scan: Scan, *, lang: str = "en") -> str:
    """The page. Equal scans make equal pages."""
    words = catalogue(lang)
    style, script = text("report.css"), text("page.js") + text("report.js")
    template = environment(words).get_template("report.html")
    scan = translated(safe(scan), words)
    return template.render(
        scan=scan,
        headline=headline(scan, words),
        policy=policy(style, script),
        style=style,
        script=script,
        lang=lang,
        **_views(scan, words),
    )


def _views(scan: Scan, words: Words) -> dict[str, Any]:
    technologies = sorted(scan.technologies, key=page.rank)
    components = sorted(scan.components, key=page.rank_component)
    names = {actor.id: actor.name for actor in scan.actors}
    by_id = {technology.id: technology for technology in technologies}
    entries, groups = page.findings(scan.findings)
    return {
        "technologies": technologies,
        "by_id": by_id,
        "names": lambda ids: ", ".join(by_id[id].name if id in by_id else id for id in ids),
        "short_names": lambda ids: words.gettext(" or ").join(known_as(names.get(id, id)) for id in ids),
        "actors": {actor.id: actor for actor in scan.actors},
        "holders": (holders := page.holders(scan)),
        "lands": (lands := page.lands(holders)),
        "numbered": [plot for land in lands for plot in land.plots if plot.number],
        "losses": page.losses(scan),
        "layers": page.layers(technologies),
        "matrix": page.matrix(technologies, scan.register),
        "verdicts": page.ORDER,
        "entries": entries,
        "remedies": {item.id: words.said(remedy(item.exit, _names(item.exit))) for item in technologies},
        "untold": [technology for technology in technologies if technology.verdict == "unknown"],
        "groups": groups,
        "gaps": page.gap_groups(scan.gaps),
        "commons": page.commons(technologies),
        "lonely": page.lonely(components),
        "rows": components[:STATIC_ROWS],
        "data": embedded(scan, components, technologies),
    }


def _names(exit: Exit) -> dict[str, str]:
    return dict(zip(exit.to, exit.names, strict=False))


@lru_cache
def environment(words: Words, *folders: Path) -> "Environment":
    """Jinja2 as all pages use it; templates are looked for in `folders` first."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    jinja = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    jinja.filters |= {
        "address": address,
        "known_as": known_as,
        "label": lambda word, group: labels(words)[group].get(word, word),
        "number": words.number,
        "package": package,
        "percent": lambda value: f"{value:.4g}%",
        "script_json": _script_json,
        "short": short,
        "type": lambda text: purl.type_of(text) if text.startswith("pkg:") else "",
        "host": lambda url: (urlsplit(url).hostname or url) if address(url) else url,
    }
    jinja.globals |= {
        "say": labels(words),
        "colon": words.said(": "),
        "weights": WEIGHTS,
        "likelihoods": LIKELIHOOD,
        "score_scale": charts.score_scale,
        "index_scale": charts.index_scale,
        "stack": charts.stack,
    }
    return jinja


def _script_json(value: Any) -> Any:
    """JSON that cannot end the script element it stands in, whatever its strings say."""
    from markupsafe import Markup

    encoded = msgspec.json.encode(value, enc_hook=str).decode()
    return Markup(encoded.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with this style and script and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def text(name: str, folder: Path = TEMPLATES) -> Any:
    """A style or script as it goes into a page."""
    from markupsafe import Markup

    return Markup((folder / name).read_text(encoding="utf-8"))  # noqa: S704
