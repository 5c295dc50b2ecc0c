"""Hex: HEX_API_URL and HEX_MIRROR, of the environment or as `mix hex.config` keeps them.

Format: https://hexdocs.pm/hex/Mix.Tasks.Hex.Config.html. Who owns a package is told by the API alone, which mirrors do
not have; where packages come from a mirror, the public API is not told their names.
"""

import re
from pathlib import Path

from scanner.resolve.client_files import text
from scanner.resolve.clients import Machine, Route, Sources, everything, scheme_less

TYPES = ("hex",)
MIRRORED = 'comes from a mirror (HEX_MIRROR), which has no API; name an API under [registries], as in hex = "https://…"'


def sources(machine: Machine) -> Sources:
    environ = machine.environ
    config = text(Path(environ.get("HEX_HOME") or machine.home / ".hex") / "hex.config")
    kept = dict(re.findall(r"\{'?(\w+)'?,\s*<<\"([^\"]*)\">>\}", config))
    if api := environ.get("HEX_API_URL") or kept.get("api_url"):
        key = environ.get("HEX_API_KEY")
        return Sources(everything(api, of_variable=True), {scheme_less(api): key} if key else {})
    names = ("HEX_MIRROR", "HEX_MIRROR_URL")
    if any(environ.get(name) for name in names) or kept.get("mirror_url"):
        return Sources((Route((), kept=MIRRORED),))
    return Sources()
