"""The table in docs/formats.md, from what the readers declare."""

import importlib
from collections.abc import Iterator
from pathlib import Path

from scanner.read.formats import Format, formats

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
BEGIN, END = "<!-- generated: make golden -->", "<!-- end -->"
COLUMNS = ("scope", "direct", "edges", "lines", "hashes", "licences")
FAMILIES = {
    "sbom": "Software bills of materials",
    "javascript": "JavaScript: npm, Yarn, pnpm, Bun, Deno",
    "python": "Python: pip, Poetry, uv, PDM, Pipenv, Conda, Pixi",
    "jvm": "Java, Kotlin, Scala: Maven, Gradle, sbt",
    "dotnet": ".NET: NuGet, Paket",
    "go": "Go",
    "rust": "Rust",
    "ruby": "Ruby",
    "php": "PHP",
    "beam": "Elixir and Erlang: Mix, Rebar3",
    "dart": "Dart and Flutter",
    "apple": "Swift and Objective-C: SwiftPM, CocoaPods",
    "cpp": "C and C++: Conan, vcpkg",
    "haskell": "Haskell: Stack, Cabal",
    "r": "R",
    "julia": "Julia",
    "perl": "Perl",
    "ocaml": "OCaml",
    "lua": "Lua",
    "bazel": "Bazel",
    "nix": "Nix",
    "toolchain": "Which language and tools: asdf, mise, nvm, pyenv and their like",
    "deploy": "What a project runs on: containers, Kubernetes, Terraform, CI",
}


def carries(format: Format) -> frozenset[str]:
    """What the components of a format have, as its reader declares it."""
    declared: frozenset[str] = importlib.import_module(format.module).CARRIES
    return declared


def table() -> str:
    """The whole generated part, markers included."""
    return "\n".join([BEGIN, *_rows(), END])


def _rows() -> Iterator[str]:
    yield ""
    yield "| format | files | " + " | ".join(COLUMNS) + " |"
    yield "|---|---|" + ":-:|" * len(COLUMNS)
    for family, title in FAMILIES.items():
        yield f"| **{title}** |" + " |" * (len(COLUMNS) + 1)
        for format in formats():
            if format.module.split(".")[2] == family:
                files = ", ".join(f"`{name}`" for name in format.files)
                cells = " | ".join("✓" if column in carries(format) else "" for column in COLUMNS)
                yield f"| {format.name} | {files} | {cells} |"
    yield ""


def rewritten(page: str) -> str:
    """The page with the generated part as it should be."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{table()}{after}"
