"""Read: files to components. The one boundary where a file that cannot be read becomes an error or a gap."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from scanner.collector import without_collector
from scanner.errors import ReadError
from scanner.model import Component, FileKey, Gap, Inventory, SourceFile
from scanner.read.formats import HEAD, Format, by_content, by_name, choose, formats
from scanner.read.source import Neighbour, Source
from scanner.read.unread import MIN_BYTES, REASON, looks_like_input
from scanner.read.walk import walk

MAX_BYTES = 512 * 2**20
STDIN = "-"

Visit = Callable[[Source, Format], None]


def read(
    paths: Sequence[str],
    *,
    exclude: Sequence[str] = (),
    as_format: str | None = None,
    stdin: bytes = b"",
    tells: Callable[[str], bool] = lambda _: False,
    visit: Visit | None = None,
) -> Inventory:
    """Everything that the inputs at `paths` declare, as one project.

    A path is a directory (walked), a file, or "-" for an SBOM given as `stdin`. In a directory a file that
    cannot be read is a gap; files whose path alone `tells` something are listed. `visit` sees each file before it
    is read. Raises ReadError where a path named by the user cannot be read or holds no input.
    """
    reading = _Reading(as_format, visit)
    for path in paths:
        if path == STDIN:
            reading.add(Source("stdin", stdin), named=True)
        elif os.path.isdir(path):
            _read_directory(reading, Path(path), exclude, tells)
        else:
            _read_file(reading, path, tells)
    return reading.inventory(_utf8(_project_name(paths)), _utf8(" ".join(paths)))


def _utf8(path: str) -> str:
    """A path as a report can hold it: on Linux a name may be any bytes, and those that are no UTF-8 become U+FFFD."""
    return path.encode(errors="surrogateescape").decode(errors="replace")


def _read_file(reading: "_Reading", path: str, tells: Callable[[str], bool]) -> None:
    """A file named by the user; one whose path alone tells something need not be of a format that is read."""
    says = tells(path)
    if says:
        reading.files.append(_utf8(path))
    if says and not reading.wants(path):
        return
    if not reading.first(Path(path)):
        return
    here = os.getcwd() if not os.path.isabs(path) and ".." not in Path(path).parts else None
    beside = _neighbours(Path(path).parent, Path(here) if here else None)
    source = Source(_utf8(path), _load(Path(path), _utf8(path)), beside)
    if not says or reading.forced or choose(path, source.data[:HEAD]):
        reading.add(source, named=True)


def _read_directory(reading: "_Reading", root: Path, exclude: Sequence[str], tells: Callable[[str], bool]) -> None:
    if not os.access(root, os.R_OK | os.X_OK):
        raise ReadError(str(root), "permission denied")
    before = reading.count()

    def skipped(folder: str, reason: str) -> None:
        reading.gaps.append(Gap(stage="read", subject=_utf8(folder), reason=reason))

    for path in walk(root, exclude, skipped):
        if tells(path):
            reading.files.append(_utf8(path))
        if not reading.wants(path) or not reading.first(root / path):
            continue
        try:
            data = _load(root / path, _utf8(path))
        except ReadError as error:
            reading.gaps.append(Gap(stage="read", subject=error.path, reason=error.message))
            continue
        reading.add(Source(_utf8(path), data, _neighbours((root / path).parent, root)), named=False)
    if before == reading.count():
        raise ReadError(str(root), "no SBOM, lockfile or deployment file found here; name a folder that has one")


class _Reading:
    """What has been read so far."""

    def __init__(self, as_format: str | None, visit: Visit | None) -> None:
        self.visit = visit
        self.forced = _named_format(as_format) if as_format else None
        self.sources: list[SourceFile] = []
        self.components: list[Component] = []
        self.gaps: list[Gap] = []
        self.files: list[str] = []
        self.keys: list[FileKey] = []
        self.read: set[str] = set()
        self.again = 0

    def count(self) -> int:
        """How much has come to light."""
        return len(self.sources) + len(self.gaps) + len(self.files) + self.again

    def wants(self, path: str) -> bool:
        """Whether some reader is for files of this name, or it looks as if one should be."""
        return bool(by_name(path)) or looks_like_input(path)

    def first(self, path: Path) -> bool:
        """Whether this file was not read yet, under whatever name: links and overlapping paths lead to one twice."""
        real = os.path.realpath(path)
        new = real not in self.read
        self.read.add(real)
        self.again += not new
        return new

    def add(self, source: Source, *, named: bool) -> None:
        """Read one source. Raises ReadError only where the user named it; else a failure is a gap."""
        try:
            format = self._format(source, named)
            if format is None:
                self._unread(source)
                return
            if self.visit:
                self.visit(source, format)
            with without_collector():
                found = list(format.read(source))
        except ReadError as error:
            if named:
                raise
            subject = f"{error.path}: {error.place}" if error.place else error.path
            self.gaps.append(Gap(stage="read", subject=subject, reason=error.message))
            return
        self.sources.append(SourceFile(path=source.path, format=format.name, components=len(found)))
        self.components += found
        self.gaps += source.gaps
        self.keys += source.keys

    def _unread(self, source: Source) -> None:
        if looks_like_input(source.path) and len(source.data) > MIN_BYTES:
            self.gaps.append(Gap(stage="read", subject=source.path, reason=REASON))

    def inventory(self, project: str, path: str) -> Inventory:
        return Inventory(
            project=project,
            path=path,
            sources=tuple(sorted(self.sources)),
            components=tuple(self.components),
            files=tuple(self.files),
            keys=tuple(self.keys),
            gaps=tuple(self.gaps),
        )

    def _format(self, source: Source, named: bool) -> Format | None:
        head = source.data[:HEAD]
        format = self.forced or choose(source.path, head)
        if format is None and named:
            format = by_content(head)
            if format is None:
                source.error(
                    "is empty" if not head.strip() else "is no format that outlast reads; --as FORMAT says which it is"
                )
        return format


def _named_format(name: str) -> Format:
    from difflib import get_close_matches

    known = {format.name: format for format in formats()}
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(known)}"
        raise ReadError("--as", f"{name} is no format that outlast reads; {hint}")
    return known[name]


def _load(path: Path, shown: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(shown, f"is larger than {MAX_BYTES // 2**20} MiB")
        if not path.is_file():
            raise ReadError(shown, "is not a regular file")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(shown, "no such file or directory") from error
    except OSError as error:
        raise ReadError(shown, (error.strerror or str(error)).lower()) from error


def _neighbours(folder: Path, root: Path | None = None) -> Neighbour:
    """Files near `folder`, and never outside `root`."""
    fence = Path(os.path.realpath(root or folder))

    def neighbour(name: str) -> bytes | None:
        try:
            path = Path(os.path.realpath(folder / name))
            if not path.is_relative_to(fence) or not path.is_file() or path.stat().st_size > MAX_BYTES:
                return None
            return path.read_bytes()
        except (OSError, ValueError):  # also a name that is too long or holds a zero byte
            return None

    return neighbour


def _project_name(paths: Iterable[str]) -> str:
    names = [Path(os.path.realpath(path)).name if path != STDIN else "stdin" for path in paths]
    return names[0] if len(names) == 1 else " + ".join(names)
