"""A cache in one file, to carry it to a machine that has no network.

The first line is a JSON header with the number of entries and the SHA-256 of all that follows; each further line is an
entry, [address, validators, fetched, record].
"""

import hashlib
import os
from pathlib import Path

import msgspec

from scanner.errors import UsageError
from scanner.resolve.cache import Cache
from scanner.resolve.record import Entry

FORMAT = "outlast-cache-1"
LARGEST = 1 << 30


class Header(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    entries: int
    sha256: str


def export(directory: Path, path: Path) -> int:
    """Write the cache to `path`, whole or not at all; the number of entries. Raises UsageError."""
    cache = Cache(directory)
    lines = [msgspec.json.encode((url, entry)) + b"\n" for url, entry in cache.entries().items()]
    cache.close()
    if cache.trouble:
        raise UsageError(cache.trouble)
    body = b"".join(lines)
    header = Header(format=FORMAT, entries=len(lines), sha256=hashlib.sha256(body).hexdigest())
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(msgspec.json.encode(header) + b"\n" + body)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from error
    return len(lines)


def import_(directory: Path, path: Path) -> int:
    """Add the entries of the file at `path` that are newer than the cache's own; their number. Raises UsageError."""
    entries = _read(path)
    cache = Cache(directory)
    known = cache.read([url for url, _ in entries])
    newer = {url: entry for url, entry in entries if url not in known or known[url].fetched < entry.fetched}
    cache.write(newer)
    cache.close()
    if cache.trouble:
        raise UsageError(cache.trouble)
    return len(newer)


def _read(path: Path) -> list[tuple[str, Entry]]:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path}: larger than {LARGEST >> 20} MiB")
        first, _, body = path.read_bytes().partition(b"\n")
        header = msgspec.json.decode(first, type=Header)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    except msgspec.DecodeError as error:
        raise UsageError(f"{path}: is no exported cache; `outlast cache export FILE` writes one") from error
    if header.format != FORMAT:
        raise UsageError(f"{path}: format {header.format} is not known, only {FORMAT}")
    if hashlib.sha256(body).hexdigest() != header.sha256:
        raise UsageError(f"{path}: damaged, its checksum does not match; export it again")
    try:
        decoder = msgspec.json.Decoder(tuple[str, Entry])
        return [decoder.decode(line) for line in body.splitlines()]
    except msgspec.DecodeError as error:
        raise UsageError(f"{path}: {error}") from error
