"""The input of one project: a bill of materials, whose bytes say all, or anything else that `outlast scan` takes."""

import os

from scanner.errors import ReadError
from scanner.model import Inventory, SourceFile
from scanner.portfolio import archives
from scanner.portfolio.plan import is_bom
from scanner.read import MAX_BYTES, read
from scanner.read.formats import HEAD, by_content, choose
from scanner.read.source import Source
from scanner.rulebook import Rulebook


def load_bom(path: str) -> bytes | None:
    """The bytes of a bill of materials; None where `path` is something else. Raises ReadError."""
    if os.path.isdir(path):
        return None
    if os.path.exists(path) and not os.path.isfile(path):
        raise ReadError(path, "is not a regular file")
    data = archives.load(path, MAX_BYTES + 1)
    if data is None:
        try:
            with open(path, "rb") as file:
                head = file.read(HEAD)
                if not is_bom(path, head):
                    return None
                data = head + file.read(MAX_BYTES)
        except OSError as error:
            raise ReadError(path, (error.strerror or str(error)).lower()) from error
    if len(data) > MAX_BYTES:
        raise ReadError(path, f"is larger than {MAX_BYTES // 2**20} MiB")
    return data


def read_bom(path: str, data: bytes) -> Inventory:
    """What a bill of materials declares; its places are called by the file's own name. Raises ReadError."""
    source = Source(os.path.basename(path), data)
    format = choose(source.path, data[:HEAD]) or by_content(data[:HEAD])
    if format is None:
        source.error("is no bill of materials that outlast reads")
    components = tuple(format.read(source))
    read_from = SourceFile(path=source.path, format=format.name, components=len(components))
    return Inventory(project="", path=path, sources=(read_from,), components=components, gaps=tuple(source.gaps))


def inventory_of(path: str, exclude: tuple[str, ...], rulebook: Rulebook) -> Inventory:
    """What a checkout or a lockfile declares. Raises ReadError."""
    if os.path.isfile(path):
        with open(path, "rb") as file:
            head = file.read(HEAD)
        if choose(path, head) is None and not rulebook.file_bindings(path):
            raise ReadError(path, "is no format that outlast reads" if head.strip() else "is empty")
    return read([path], exclude=exclude, tells=lambda name: bool(rulebook.file_bindings(name)))
