"""Bills of materials in an archive, .zip or .tar and its compressed kin. Nothing is unpacked to disk.

The path of a member is that of the archive and its own, as if the archive were a folder. Members are read in their
order, for a compressed tar only goes forward (https://docs.python.org/3/library/tarfile.html).
"""

import os
import tarfile
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import IO

from scanner.errors import ReadError

ZIP = (".zip",)
TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
BROKEN = (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile, tarfile.TarError)
"""What the two modules raise of a file that is damaged, encrypted, or packed in an unknown way."""


def is_archive(path: str) -> bool:
    """Whether a path is that of an archive, by its name."""
    return path.lower().endswith((*ZIP, *TAR))


def members(path: str, size: int) -> Iterator[tuple[str, bytes]]:
    """The names of the files in an archive, with the first bytes of each. Raises ReadError."""
    archive = _Archive(path)
    for name in archive.names:
        yield name, archive.read(name, size)


def load(path: str, size: int) -> bytes | None:
    """The first bytes of a member by its path; None where no archive is part of the path. Raises ReadError."""
    folder = path
    while (folder := os.path.dirname(folder)) not in ("", os.sep):
        if is_archive(folder) and os.path.isfile(folder):
            return _opened(folder, os.stat(folder).st_mtime_ns).read(path[len(folder) + 1 :], size)
    return None


class _Archive:
    """An open archive."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            if path.lower().endswith(ZIP):
                self._zip = zipfile.ZipFile(path)
                self.names = [item.filename for item in self._zip.infolist() if not item.is_dir()]
            else:
                self._tar = tarfile.open(path)  # noqa: SIM115 - it stays open as long as this is there
                weakref.finalize(self, self._tar.close)
                self._members = {item.name: item for item in self._tar if item.isreg()}
                self.names = list(self._members)
        except BROKEN as error:
            raise ReadError(path, f"cannot be opened as an archive: {error}") from error

    def read(self, name: str, size: int) -> bytes:
        try:
            with self._file(name) as file:
                return file.read(size)
        except KeyError as error:
            raise ReadError(f"{self.path}/{name}", "is not in the archive") from error
        except BROKEN as error:
            raise ReadError(f"{self.path}/{name}", f"cannot be read out of the archive: {error}") from error

    def _file(self, name: str) -> IO[bytes]:
        if self.path.lower().endswith(ZIP):
            return self._zip.open(name)
        file = self._tar.extractfile(self._members[name])
        if file is None:
            raise KeyError(name)
        return file


@lru_cache(maxsize=1)
def _opened(path: str, _changed: int) -> _Archive:
    """Kept open, for the next project is in it too."""
    return _Archive(path)
