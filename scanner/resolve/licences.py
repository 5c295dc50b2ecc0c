"""Licences in a registry's words, as SPDX licence expressions where they can be.

Standard: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/, read by the license-expression library.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

UNSAID = frozenset({"", "none", "null", "unknown", "noassertion", "n/a", "undefined", "license", "licence"})
APPROVED = "OSI Approved"
LONGEST = 200
"""Characters of a licence's name; what is longer is a text."""
DECORATION = re.compile(r"^the | \((?:mit|isc|bsd)\)$|[,()]| version(?= \d)|\bv(?=\d)")
WORDS = {
    "apache": "Apache-2.0", "apache 2": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache2": "Apache-2.0",
    "apache license": "Apache-2.0", "apache license 2.0": "Apache-2.0", "apache software license": "Apache-2.0",
    "apache license version 2.0": "Apache-2.0", "apache software license 2.0": "Apache-2.0",
    "asl 2.0": "Apache-2.0", "boost software license 1.0": "BSL-1.0",
    "bsd 2-clause": "BSD-2-Clause", "simplified bsd": "BSD-2-Clause", "bsd-2": "BSD-2-Clause",
    "bsd 3-clause": "BSD-3-Clause", "3-clause bsd": "BSD-3-Clause", "new bsd": "BSD-3-Clause",
    "modified bsd": "BSD-3-Clause", "bsd-3": "BSD-3-Clause", "bsd 3-clause license": "BSD-3-Clause",
    "eclipse public license 1.0": "EPL-1.0", "eclipse public license 2.0": "EPL-2.0",
    "eclipse public license v1.0": "EPL-1.0", "eclipse public license v2.0": "EPL-2.0",
    "gplv2": "GPL-2.0-only", "gplv2+": "GPL-2.0-or-later", "gplv3": "GPL-3.0-only", "gplv3+": "GPL-3.0-or-later",
    "gpl v2": "GPL-2.0-only", "gpl v3": "GPL-3.0-only", "gpl2": "GPL-2.0-only", "gpl3": "GPL-3.0-only",
    "lgplv2+": "LGPL-2.0-or-later", "lgplv3": "LGPL-3.0-only", "lgplv3+": "LGPL-3.0-or-later",
    "agplv3": "AGPL-3.0-only", "agplv3+": "AGPL-3.0-or-later",
    "isc license": "ISC", "mit license": "MIT", "expat": "MIT", "mit licence": "MIT",
    "mozilla public license 2.0": "MPL-2.0", "mpl 2.0": "MPL-2.0", "mpl2": "MPL-2.0",
    "psf": "PSF-2.0", "python software foundation license": "PSF-2.0", "zpl 2.1": "ZPL-2.1",
    "public domain": "LicenseRef-scancode-public-domain",
}  # fmt: skip
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "Boost Software License 1.0 (BSL-1.0)": "BSL-1.0",
    "CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "Eclipse Public License 1.0 (EPL-1.0)": "EPL-1.0",
    "Eclipse Public License 2.0 (EPL-2.0)": "EPL-2.0",
    "European Union Public Licence 1.2 (EUPL 1.2)": "EUPL-1.2",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Public Domain": "LicenseRef-scancode-public-domain",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Universal Permissive License (UPL)": "UPL-1.0",
    "Zope Public License": "ZPL-2.1",
    "zlib/libpng License": "Zlib",
}
"""Trove classifiers that name one licence; the others ("GNU General Public License (GPL)") stay in their words."""


@lru_cache(maxsize=1 << 12)
def _expression(text: str) -> str | None:
    """`text` as a canonical SPDX expression, or None where it is none."""
    from license_expression import ExpressionError, ExpressionParseError  # type: ignore[import-untyped]

    try:
        parsed = _licensing().parse(text, validate=True, strict=True)
    except (ExpressionError, ExpressionParseError):
        return None
    return str(parsed) if parsed is not None else None


@cache
def _licensing() -> Any:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def normalise(said: object, *, instead: str | None = None) -> str | None:
    """`said` as an SPDX expression; where it is none `instead`, else its first line; None where nothing is said."""
    text = said.strip() if isinstance(said, str) else ""
    if text.lower() in UNSAID:
        return instead
    line = re.sub(r"\s+", " ", text.splitlines()[0])[:LONGEST]
    known = WORDS.get(line.lower()) or WORDS.get(DECORATION.sub("", line.lower()))
    return known or _expression(line) or _expression(line.replace("/", " OR ")) or instead or line


def from_classifiers(classifiers: Iterable[str]) -> str | None:
    """The licence that trove classifiers tell; several open ones are a choice, anything else may bind as well."""
    names = {text.removeprefix("License :: ") for text in classifiers if text.startswith("License :: ")}
    told = {CLASSIFIERS.get(name.removeprefix(APPROVED + " :: "), name) for name in names}
    if len(told) > 1:
        told.discard(APPROVED)
    choice = all(name.startswith(APPROVED) or name in CLASSIFIERS.values() for name in told)
    return (" OR " if choice else " AND ").join(sorted(told)) or None
