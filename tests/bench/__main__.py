"""make bench: what outlast costs, as whole processes and as single stages. It measures; it does not judge.

python -m tests.bench [--runs N] [--json FILE] [WORD]...      only the rows that have every WORD
"""

import json
import platform
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

from scanner import purl
from scanner.config import Config
from scanner.identify import identify
from scanner.outlook.backhoe import backhoe
from scanner.pipeline import scan
from scanner.read import read
from scanner.report import render
from scanner.rulebook import open_rulebook
from tests.bench import inputs
from tests.bench.browser import answers
from tests.bench.measure import Figures, outlast, several
from tests.chromium import CHROMIUM

PACKAGES = 2_000


def processes(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Name and command of everything that is measured as a whole process."""
    yield "python -c 'import click'", [sys.executable, "-c", "import click"]
    yield "outlast --version", outlast("--version")
    for name, maker in inputs.LOCKFILES.items():
        inputs.make(maker, folder / name, PACKAGES)
        yield f"scan {name}, {PACKAGES:,} packages", outlast("scan", folder / name, "--offline", "--format", "json")
    (folder / "notes.txt").write_text("no input")
    yield "hook, no input changed", outlast("hook", folder / "notes.txt")
    yield f"hook, {PACKAGES:,} packages changed", outlast("hook", folder / "package-lock.json")
    inputs.make(inputs.monorepo, folder / "monorepo", 50, 200)
    yield "scan a monorepo of 50 lockfiles", outlast("scan", folder / "monorepo", "--offline", "--format", "json")
    for count in (1_000, 10_000, 100_000):
        path = folder / f"{count}.cdx.json"
        inputs.make(inputs.cyclonedx, path, count)
        yield f"scan CycloneDX, {count:,} components", outlast("scan", path, "--offline", "--format", "json")
    inputs.make(inputs.cyclonedx, folder / "html.cdx.json", 20_000)
    html = outlast("scan", folder / "html.cdx.json", "--offline", "-q", "--html", folder / "report.html")
    yield "HTML of 20,000 components", html


def stages(folder: Path) -> Iterator[tuple[str, Callable[[], float], str]]:
    """Name, what to run, and the unit of what it returns."""
    cache = Config().cache
    open_rulebook(cache=cache)
    yield "load the compiled rules", lambda: 1_000 * _seconds(lambda: open_rulebook(cache=cache)), "ms"
    book = open_rulebook(cache=cache)
    keys = [f"npm/package-{number}" for number in range(100_000)]
    yield "look up 100,000 packages", lambda: _seconds(lambda: [book.bindings(key) for key in keys]), "s"
    path = folder / "stages.cdx.json"
    inputs.make(inputs.cyclonedx, path, 20_000)
    inputs.make(inputs.spdx, folder / "stages.spdx.json", 20_000)
    for name, bom in (("CycloneDX", path), ("SPDX", folder / "stages.spdx.json")):
        both = lambda bom=bom: 20_000 / _seconds(lambda: identify(read([str(bom)]), book))  # noqa: E731
        yield f"read and identify {name}", both, "components/s"
    for name in inputs.LOCKFILES:
        inputs.make(inputs.LOCKFILES[name], folder / name, 20_000)
        lockfile = str(folder / name)
        yield f"read {name}", lambda lockfile=lockfile: 20_000 / _seconds(lambda: read([lockfile])), "packages/s"
    if CHROMIUM:
        report = folder / "report.html"
        report.write_text(render(scan([str(path)], offline=True), "html"), "utf-8")
        yield "HTML of 20,000 components searched", lambda: answers(report, "no such package", "0 of 20,000"), "s"
    inputs.make(inputs.cyclonedx, folder / "large.cdx.json", 100_000)
    large = scan([str(folder / "large.cdx.json")], offline=True)
    yield "backhoe over 100,000 components", lambda: _seconds(lambda: backhoe(large, ["country:US"])), "s"


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    wanted = lambda name: all(word in name for word in options.words)  # noqa: E731
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {options.runs} runs")
    results: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print(f"\n{'whole process':<44} {'wall s':>20} {'cpu s':>8} {'peak MiB':>9}")
        for name, command in processes(folder):
            if wanted(name):
                results[name] = figures = several(command, options.runs)
                _print(name, figures)
        print(f"\n{'stage':<44} {'best':>12}")
        for name, run, unit in stages(folder):
            if wanted(name):
                values = [run() for _ in range(options.runs)]
                results[name] = best = max(values) if unit.endswith("/s") else min(values)
                print(f"{name:<44} {best:>12,.1f} {unit}" if best > 10 else f"{name:<44} {best:>12.3f} {unit}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def _print(name: str, figures: Figures) -> None:
    low, middle, high = figures.wall
    print(f"{name:<44} {middle:>7.3f} ({low:.3f}-{high:.3f}) {figures.cpu[1]:>8.3f} {figures.peak[1]:>9.1f}")


def _seconds(call: Callable[[], object]) -> float:
    """Seconds of processor, with nothing remembered of the run before."""
    for remembered in (purl.canonical, purl._build):
        remembered.cache_clear()
    began = time.process_time()
    call()
    return time.process_time() - began


if __name__ == "__main__":
    main()
