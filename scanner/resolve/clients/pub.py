"""Dart and Flutter: PUB_HOSTED_URL, and the tokens that `dart pub token add` keeps.

Format: https://dart.dev/tools/pub/environment-variables and https://dart.dev/tools/pub/cmd/pub-token
"""

import sys

import msgspec

from scanner.resolve.client_files import json
from scanner.resolve.clients import Machine, Sources, everything, scheme_less

TYPES = ("pub",)


class Hosted(msgspec.Struct):
    url: str = ""
    token: str = ""
    env: str = ""
    """The variable that has the token."""


class Tokens(msgspec.Struct):
    hosted: list[Hosted] = []


def sources(machine: Machine) -> Sources:
    folder = machine.home / "Library/Application Support" if sys.platform == "darwin" else machine.config
    kept = json(folder / "dart" / "pub-tokens.json", Tokens).hosted
    credentials = {
        scheme_less(item.url): f"Bearer {token}"
        for item in kept
        if (token := item.token or machine.environ.get(item.env, ""))
    }
    address = machine.environ.get("PUB_HOSTED_URL", "")
    return Sources(everything(address, of_variable=True), credentials)
