"""What a caller can set about looking packages up; frozen, with defaults that fit a public registry."""

from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How, where and for how long registries are asked."""

    cache: Path
    """Directory of the cache."""
    endpoints: dict[str, str] = {}
    """purl type, or type and namespace as in "npm/@acme", to the base address of its registry."""
    project: Path | None = None
    """Root of the scanned project: its .npmrc tells which scopes are private."""
    connections: int = 32
    timeout: float = 10
    """Seconds to connect, or without a byte."""
    patience: float = 60
    """Seconds for one answer altogether."""
    deadline: float = 600
    """Seconds for all packages of a run."""
    backoff: float = 0.5
    """Seconds before the first retry; each further one waits twice as long."""
    largest: int = 64 << 20
    """Bytes of one answer, decompressed."""
    ttl_hours: float = 24
    cache_limit: int = 64 << 20
    """Bytes of all cached records."""
    http2: bool = False
    """HTTP/2 by h2 in place of HTTP/1.1 by aiohttp: fewer connections, but slower (tests/bench/resolve.py)."""
