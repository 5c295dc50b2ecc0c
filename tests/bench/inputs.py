"""Inputs of any size for the benchmarks, made from a seed: the same names, versions and edges each time."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

POPULAR = ("react", "lodash", "pg", "stripe", "redis", "graphql", "express", "next", "@aws-sdk/client-dynamodb", "ws")


def packages(count: int, seed: int = 1) -> list[tuple[str, str, list[int]]]:
    """Name, version and the places of up to three packages that each needs; some known ones among them."""
    rng = random.Random(seed)
    names = [*POPULAR, *(f"package-{number}" for number in range(count))][:count]
    return [
        (
            name,
            f"{rng.randrange(9)}.{rng.randrange(40)}.{rng.randrange(9)}",
            sorted({rng.randrange(count) for _ in range(3)}),
        )
        for name in names
    ]


def cyclonedx(path: Path, count: int) -> None:
    found = packages(count)
    purls = [f"pkg:npm/{name.replace('@', '%40')}@{version}" for name, version, _ in found]
    components = [
        {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "licenses": [{"license": {"id": "MIT"}}],
            "hashes": [{"alg": "SHA-512", "content": "ab" * 64}],
            "description": "A package of the benchmark. " * 10,
            "externalReferences": [{"type": "vcs", "url": f"https://forge.example/{name}"}],
        }
        for purl, (name, version, _) in zip(purls, found, strict=True)
    ]
    edges = [
        {"ref": purl, "dependsOn": [purls[need] for need in needs]}
        for purl, (*_, needs) in zip(purls, found, strict=True)
    ]
    root = {"ref": "app", "dependsOn": purls[:40]}
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "app"}},
        "components": components,
        "dependencies": [root, *edges],
    }
    Path(path).write_text(json.dumps(bom, indent=1), "utf-8")


def package_lock(path: Path, count: int) -> None:
    found = packages(count)
    entries: dict[str, object] = {"": {"name": "app", "dependencies": {name: "*" for name, *_ in found[:40]}}}
    for name, version, needs in found:
        entries[f"node_modules/{name}"] = {
            "version": version,
            "integrity": f"sha512-{'A' * 86}==",
            "license": "MIT",
            "dependencies": {found[need][0]: f"^{found[need][1]}" for need in needs},
        }
    Path(path).write_text(json.dumps({"name": "app", "lockfileVersion": 3, "packages": entries}, indent=2), "utf-8")


def yarn_lock(path: Path, count: int) -> None:
    found = packages(count)
    lines = ["# yarn lockfile v1", "", ""]
    for name, version, needs in found:
        key = f'"{name}@^{version}"' if name.startswith("@") else f"{name}@^{version}"
        lines += [f"{key}:", f'  version "{version}"', f"  integrity sha512-{'A' * 86}==", "  dependencies:"]
        lines += [f'    "{found[need][0]}" "^{found[need][1]}"' for need in needs]
        lines.append("")
    Path(path).write_text("\n".join(lines), "utf-8")


def poetry_lock(path: Path, count: int) -> None:
    blocks = []
    for name, version, needs in packages(count):
        depends = "".join(f'package-{need} = "*"\n' for need in needs)
        files = f'    {{file = "{name}.whl", hash = "sha256:{"ab" * 32}"}},\n' * 3
        blocks.append(
            f'[[package]]\nname = "{name.strip("@").replace("/", "-")}"\nversion = "{version}"\noptional = false\n'
            f'python-versions = ">=3.9"\ngroups = ["main"]\nfiles = [\n{files}]\n\n[package.dependencies]\n{depends}\n'
        )
    Path(path).write_text("\n".join(blocks) + '\n[metadata]\nlock-version = "2.1"\n', "utf-8")


def uv_lock(path: Path, count: int) -> None:
    blocks = ['version = 1\nrequires-python = ">=3.11"\n']
    source = 'source = { registry = "https://registry.example/simple" }'
    for name, version, needs in packages(count):
        wheel = f'    {{ url = "https://registry.example/{name}.whl", hash = "sha256:{"ab" * 32}", size = 1 }},\n'
        depends = "".join(f'    {{ name = "package-{need}" }},\n' for need in needs)
        blocks.append(
            f'[[package]]\nname = "{name.strip("@").replace("/", "-")}"\nversion = "{version}"\n{source}\n'
            f"dependencies = [\n{depends}]\nwheels = [\n{wheel * 3}]\n"
        )
    Path(path).write_text("\n".join(blocks), "utf-8")


def cargo_lock(path: Path, count: int) -> None:
    blocks = ["version = 4\n"]
    source = 'source = "registry+https://github.com/rust-lang/crates.io-index"'
    for name, version, needs in packages(count):
        depends = "".join(f' "package-{need}",\n' for need in needs)
        crate = name.strip("@").replace("/", "-")
        blocks.append(
            f'[[package]]\nname = "{crate}"\nversion = "{version}"\n{source}\nchecksum = "{"ab" * 32}"\n'
            f"dependencies = [\n{depends}]\n"
        )
    Path(path).write_text("\n".join(blocks), "utf-8")


def pnpm_lock(path: Path, count: int) -> None:
    found = packages(count)
    keys = [f"'{name}@{version}'" if name.startswith("@") else f"{name}@{version}" for name, version, _ in found]
    asked = [
        f"      {repr(name) if name.startswith('@') else name}:\n        specifier: ^{version}\n        version: {version}"
        for name, version, _ in found[:40]
    ]
    entries = [f"  {key}:\n    resolution: {{integrity: sha512-{'A' * 86}==}}\n" for key in keys]
    snapshots = []
    for key, (*_, needs) in zip(keys, found, strict=True):
        depends = "".join(
            f"      {repr(found[need][0]) if found[need][0].startswith('@') else found[need][0]}: {found[need][1]}\n"
            for need in needs
        )
        snapshots.append(f"  {key}:\n    dependencies:\n{depends}")
    lines = ["lockfileVersion: '9.0'\n", "importers:\n\n  .:\n    dependencies:", *asked]
    lines += ["\npackages:\n", *entries, "snapshots:\n", *snapshots]
    Path(path).write_text("\n".join(lines), "utf-8")


def requirements(path: Path, count: int) -> None:
    pin = "{name}=={version} \\\n    --hash=sha256:{hash} \\\n    --hash=sha256:{hash}\n"
    found = ((name.strip("@").replace("/", "-"), version) for name, version, _ in packages(count))
    Path(path).write_text("".join(pin.format(name=name, version=v, hash="ab" * 32) for name, v in found), "utf-8")


def spdx(path: Path, count: int) -> None:
    found = packages(count)
    ids = [f"SPDXRef-Package-{number}" for number in range(count)]
    listed = [
        {
            "SPDXID": id,
            "name": name,
            "versionInfo": version,
            "downloadLocation": "NOASSERTION",
            "licenseDeclared": "MIT",
            "checksums": [{"algorithm": "SHA512", "checksumValue": "ab" * 64}],
            "externalRefs": [
                {
                    "referenceCategory": "PACKAGE-MANAGER",
                    "referenceType": "purl",
                    "referenceLocator": f"pkg:npm/{name.replace('@', '%40')}@{version}",
                }
            ],
        }
        for id, (name, version, _) in zip(ids, found, strict=True)
    ]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-app")]
    relations += [("SPDXRef-app", "DEPENDS_ON", id) for id in ids[:40]]
    relations += [(id, "DEPENDS_ON", ids[need]) for id, (*_, needs) in zip(ids, found, strict=True) for need in needs]
    document = {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "packages": [{"SPDXID": "SPDXRef-app", "name": "app", "downloadLocation": "NOASSERTION"}, *listed],
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
            for one, kind, other in relations
        ],
    }
    Path(path).write_text(json.dumps(document, indent=1), "utf-8")


def go_mod(path: Path, count: int) -> None:
    lines = [f"\tforge.example/{name.strip('@')} v{version}" for name, version, _ in packages(count)]
    Path(path).write_text("module app\n\ngo 1.24\n\nrequire (\n" + "\n".join(lines) + "\n)\n", "utf-8")


LOCKFILES: dict[str, Callable[[Path, int], None]] = {
    "package-lock.json": package_lock,
    "yarn.lock": yarn_lock,
    "pnpm-lock.yaml": pnpm_lock,
    "requirements.txt": requirements,
    "poetry.lock": poetry_lock,
    "uv.lock": uv_lock,
    "Cargo.lock": cargo_lock,
    "go.mod": go_mod,
}


def make(maker: Callable[..., None], path: Path, *arguments: int) -> None:
    """Make an input, unless it is there, in a process of its own: its memory is not that of the next one measured."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        call = f"{maker.__name__}({', '.join([repr(str(path)), *map(str, arguments)])})"
        in_process(f"from tests.bench import inputs\ninputs.{call}")


def in_process(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def monorepo(folder: Path, lockfiles: int, count: int) -> None:
    folder = Path(folder)
    for number in range(lockfiles):
        part = folder / f"part-{number}"
        part.mkdir(parents=True)
        package_lock(part / "package-lock.json", count)
