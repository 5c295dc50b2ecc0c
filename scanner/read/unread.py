"""Files that look like inputs and are none that is read: a scan says which, for they may hold what it misses."""

import re

_LOCKFILE = r".+\.(?:lock|lockb|lockfile|locked)|.+[-.]lock\.(?:json|ya?ml|toml|hcl)|lock\.(?:json|ya?ml)"
_BOM = r"(?:.*[-._])?[sv]?bom\.(?:json|xml|ya?ml)|.+\.(?:cdx|spdx|spdx3)(?:\.(?:json|jsonld|xml|rdf|ya?ml|tv))?"
_LIKE = re.compile(f"(?:{_LOCKFILE}|{_BOM})\\Z", re.IGNORECASE)
REASON = "looks like a lockfile or SBOM, and is of no format that outlast reads"
MIN_BYTES = 64
"""A lock of a process, such as an editor's, is empty or holds a number and a host's name."""


def looks_like_input(path: str) -> bool:
    """Whether a file's name is one that lockfiles and SBOMs have."""
    return bool(_LIKE.match(path.rpartition("/")[2]))
