"""A git revision as a directory: its files, taken from git's object store without a checkout.

No hook, filter or attribute of the repository has a say, and nothing is fetched. `git archive` would leave out what
the repository marks export-ignore. Format: https://git-scm.com/docs/git-ls-tree, https://git-scm.com/docs/git-cat-file
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import IO, NamedTuple, cast

from scanner.errors import ReadError
from scanner.read.walk import VENDORED

MAX_BYTES = 512 * 2**20
MAX_NEIGHBOUR = 256 * 2**10
"""Bytes of a file that is no input itself, but may lie beside one and be asked."""
REGULAR = ("100644", "100755", "100664")


class Blob(NamedTuple):
    """A file of a revision."""

    id: str
    size: int
    path: str


@contextmanager
def revision(name: str, wants: Callable[[str], bool]) -> Iterator[Path]:
    """A temporary directory with the files of a revision below the working directory.

    A file larger than MAX_NEIGHBOUR is there only if something `wants` it. Raises ReadError where git does not know
    the revision or cannot be run.
    """
    blobs = [blob for blob in _blobs(name, commit(name)) if blob.size <= MAX_NEIGHBOUR or wants(blob.path)]
    with tempfile.TemporaryDirectory(prefix="outlast-") as folder:
        _write(name, blobs, Path(folder))
        yield Path(folder)


def merge_base(old: str, new: str) -> str:
    """The commit that two revisions have in common last. Raises ReadError where they have none."""
    return _git(f"{old}...{new}", "merge-base", commit(old), commit(new)).decode().strip()


def commit(name: str) -> str:
    """The id of the commit that a revision names. Raises ReadError where git does not know it or cannot be run."""
    return _git(name, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()


def _blobs(name: str, id: str) -> Iterator[Blob]:
    for line in _git(name, "ls-tree", "-r", "-z", "-l", id).split(b"\0"):
        head, _, raw = line.partition(b"\t")
        mode, _, blob, size = [*head.decode().split(), "", "", "", ""][:4]
        path = raw.decode("utf-8", "surrogateescape")
        if mode in REGULAR and size.isdigit() and int(size) <= MAX_BYTES and _is_plain(path):
            yield Blob(blob, int(size), path)


def _is_plain(path: str) -> bool:
    """Within the directory, and in no folder that a walk passes over."""
    parts = path.split("/")
    return not VENDORED.intersection(parts[:-1]) and not {"", ".", ".."}.intersection(parts) and "\\" not in path


def _write(name: str, blobs: list[Blob], folder: Path) -> None:
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{blob.id}\n" for blob in blobs).encode())
        wanted.seek(0)
        command = _command("cat-file", "--batch")
        with subprocess.Popen(command, stdin=wanted, stdout=subprocess.PIPE, env=_env()) as git:  # noqa: S603
            for blob in blobs:
                target = folder / blob.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(_content(name, blob, cast("IO[bytes]", git.stdout)))


def _content(name: str, blob: Blob, stream: IO[bytes]) -> bytes:
    head = stream.readline().split()
    if len(head) != len(("id", "type", "size")):
        raise ReadError(name, f"{blob.path} is not in this clone; fetch the whole history first")
    data = stream.read(int(head[2]))
    stream.read(1)
    return data


def _git(name: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(_command(*arguments), capture_output=True, check=True, env=_env())  # noqa: S603
    except FileNotFoundError as error:
        raise ReadError(name, "git is not installed, and no file or directory has this name") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        if "not a git repository" in said:
            said = "no such file or directory, and no git repository that could know it"
        raise ReadError(name, said or f"no such revision, file or directory; {_hint(name)}") from error
    return done.stdout


def _hint(name: str) -> str:
    """The branch or tag that was meant, or else why one may be missing."""
    listed = subprocess.run(  # noqa: S603
        _command("for-each-ref", "--format=%(refname:short)"), capture_output=True, check=False, env=_env()
    )
    near = get_close_matches(name, listed.stdout.decode("utf-8", "replace").split(), n=1)
    return f"did you mean {near[0]!r}?" if near else "a shallow clone has to fetch it first"


def _command(*arguments: str) -> list[str]:
    return ["git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", *arguments]


def _env() -> dict[str, str]:
    return os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
