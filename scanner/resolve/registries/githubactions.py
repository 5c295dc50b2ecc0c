"""Actions of GitHub, under the other type that tools write for them."""

from collections.abc import Mapping

from scanner.resolve.registries.github import default, documents, facts

__all__ = ["default", "documents", "facts", "known_as"]


def known_as(name: str, _qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """The repository; an action may be in a folder of it."""
    owner, _, rest = name.partition("/")
    return "github", f"{owner}/{rest.partition('/')[0]}"
