"""Swift packages, which have no registry of their own: what is known of one is what its forge tells.

purl: https://github.com/package-url/purl-spec/blob/main/types-doc/swift-definition.md
"""

from collections.abc import Mapping

from scanner.resolve.registries.github import default, documents, facts

__all__ = ["default", "documents", "facts", "known_as"]

FORGES = {"github.com": "github", "gitlab.com": "gitlab", "bitbucket.org": "bitbucket", "codeberg.org": "codeberg"}


def known_as(name: str, _qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """The repository at its forge; those of other hosts, and of private registries of packages, are private."""
    host, _, path = name.partition("/")
    forge = FORGES.get(host.lower())
    return (forge, path.removesuffix(".git")) if forge and "/" in path else None
