"""What is fuzzed: every part that reads what somebody else wrote.

Readers and registries are found by folder, so a new one is fuzzed without new code: the inputs start from its fixtures,
from tests/fuzz/corpus/<target>/, and from the types that it decodes into (shapes.py).
"""

import datetime
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from packageurl import PackageURL

from scanner import config, purl
from scanner.assess import baseline
from scanner.assess.custody import judge
from scanner.config_words import check_words
from scanner.errors import ConfigError, OutlastError, ReadError, RuleError
from scanner.read.formats import Format, formats
from scanner.read.sbom.validate import breaches
from scanner.read.source import Neighbour, Source
from scanner.report.json import parse
from scanner.resolve.client_files import MalformedError
from scanner.resolve.clients import Machine, clients
from scanner.resolve.failures import UNDOCUMENTED
from scanner.resolve.record import tidy
from scanner.resolve.registries import registry, types
from scanner.rulebook import Rulebook, open_rulebook
from scanner.rulebook.index import compile_index
from scanner.rulebook.lint import lint
from tests.read.cases import cases
from tests.resolve.cases import Case, tables
from tests.resolve.test_clients import CASES

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(__file__).parent / "corpus"
DAY = datetime.date(2026, 11, 24)
APART = b"\n\x1e\n"
"""Between the documents that a registry answers with."""
LARGE_SEED = 20_000
ROUNDS, MOST_DOCUMENTS = 4, 8
"""How often answers may lead to further documents here, and to how many."""


class Input(NamedTuple):
    """Bytes under a name, and what lies beside them."""

    path: str
    data: bytes
    neighbour: Neighbour = lambda _: None


class Target(NamedTuple):
    """A part, what to begin with, and the errors that it may end in."""

    name: str
    seeds: tuple[Input, ...]
    run: Callable[[Input], object]
    errors: tuple[type[Exception], ...]
    module: str = ""
    """Where the types are that it decodes into."""


@cache
def targets() -> dict[str, Target]:
    """All of them, by name."""
    found = [*_readers(), *_registries(), *_clients(), *_records(), _purl(), _configuration(), *_saved()]
    return {target.name: target._replace(seeds=(*target.seeds, *_kept(target.name))) for target in found}


def chosen(words: Iterable[str]) -> list[Target]:
    """Those whose name has one of the words; all where there are none."""
    words = tuple(words)
    return [target for name, target in targets().items() if not words or any(word in name for word in words)]


def _kept(name: str) -> Iterator[Input]:
    for path in sorted((CORPUS / name).glob("*")):
        if path.is_file():
            yield Input(path.name, path.read_bytes())


def _readers() -> Iterator[Target]:
    inputs: dict[str, list[Input]] = {format.name: [] for format in formats()}
    for case in sorted(cases(), key=lambda case: case.bad):
        source = case.source()
        inputs[case.format.name].append(Input(source.path, source.data, source._neighbour))
    for format in formats():
        seeds = tuple(inputs[format.name])
        yield Target(f"read/{format.name}", seeds, partial(_read, format), (ReadError,), format.module)
        if format.name.startswith(("cyclonedx", "spdx", "gzip", "attestation")):
            yield Target(f"validate/{format.name}", seeds, partial(_validate, format), (ReadError,), format.module)


def _read(format: Format, given: Input) -> object:
    source = Source(given.path, given.data, given.neighbour)
    if format.recognises:
        format.recognises(given.data)
    components = list(format.read(source))
    assert all(component.purl.startswith("pkg:") for component in components), "what is no purl"
    return components, source.keys, source.gaps


def _validate(format: Format, given: Input) -> object:
    return list(breaches(Source(given.path, given.data, given.neighbour), format))


def _registries() -> Iterator[Target]:
    known = tables()
    for type in sorted(types()):
        module = registry(type)
        usual = [case for case in known.get(type, {}).values() if case.documents]
        name = _name(module, usual[0].purl) if usual else "a/pad"
        seeds = [_answers(module, case) for case in usual]
        small = tuple(Input("answer", data) for data in dict.fromkeys(seeds) if len(data) < LARGE_SEED)
        seeds = small or (Input("answer", b"{}"),)
        yield Target(f"registry/{type}", seeds, partial(_answer, module, name), UNDOCUMENTED, module.__name__)


def _answers(module: object, case: Case) -> bytes:
    """The documents of a case in the order in which they are asked for."""
    left = dict(case.documents)
    first = [left.pop(f"/{document.path}", None) for document in module.documents(_name(module, case.purl))]
    bodies = [*first, *left.values()]
    return APART.join(
        b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        for body in bodies
    )


def _name(module: object, text: str) -> str:
    """What the registry calls the package of a purl."""
    name = purl.name_of(text)
    known_as = module.known_as(name, {}) if hasattr(module, "known_as") else None
    return known_as[1] if known_as else name


def _answer(module: object, name: str, given: Input) -> object:
    """What resolve() does with the answers, and what the verdict on custody makes of them."""
    told = iter(given.data.split(APART))
    documents = list(module.documents(name))
    bodies = [next(told, None) or None for _ in documents]
    for _ in range(ROUNDS):
        further = module.more(name, bodies) if hasattr(module, "more") and any(bodies) else []
        bodies += [next(told, None) or None for _ in further[:MOST_DOCUMENTS]]
    if any(document.required and body is None for document, body in zip(documents, bodies, strict=False)):
        return None
    record = module.facts(*bodies)
    if record is None:
        return None
    tidied = tidy(record)
    return tidied, judge(tidied.of_version("1.0.0", source="", retrieved="2026-11-24", stale=False), DAY)


def _clients() -> Iterator[Target]:
    """Settings of package clients, of the user and of a scanned project."""
    seeds = tuple(Input("settings", case[1].encode()) for case in CASES.values())
    for client in clients():
        name = client.__name__.rpartition(".")[2]
        yield Target(f"client/{name}", seeds, partial(_settings, client), (MalformedError,), client.__name__)


def _settings(client: object, given: Input) -> object:
    """Every file that the client looks for is the input."""
    home = _folder() / "home"
    home.mkdir(exist_ok=True)
    environ = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "PREFIX", "APPDATA")}
    with _every_file_is(given.data, home):
        found = client.sources(Machine(environ, home))
    names = ("a", "@acme/pad", "org.acme/pad", "forge.example/acme/pad")
    routes = [(route.hops, route.label, [route.covers(name) for name in names]) for route in found.routes]
    return routes, found.credentials, found.further, found.hosts()


@contextmanager
def _every_file_is(data: bytes, folder: Path) -> Iterator[None]:
    opened = Path.open

    def opening(path: Path, *arguments: object, **options: object) -> object:
        if path.is_relative_to(folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            with opened(path, "wb") as file:
                file.write(data)
        return opened(path, *arguments, **options)

    with mock.patch.object(Path, "open", opening), mock.patch.dict(os.environ, {"HOME": str(folder)}):
        yield


def _records() -> Iterator[Target]:
    rules = ROOT / "rules"
    technologies = [
        min(kind.glob("*.yaml"), key=lambda path: path.stat().st_size) for kind in (rules / "technologies").iterdir()
    ]
    actors = sorted((rules / "actors").glob("*.yaml"))[::100]
    for kind, paths, place in (
        ("technology", sorted(technologies), "technologies/database/mine.yaml"),
        ("actor", actors, "actors/mine.yaml"),
    ):
        seeds = tuple(Input(path.name, path.read_bytes()) for path in paths)
        yield Target(f"rules/{kind}", seeds, partial(_record, place), (RuleError,), "scanner.rulebook.record")


def _record(place: str, given: Input) -> object:
    """Lint, load and compile an overlay of this one record."""
    root = _folder() / place.partition("/")[0] / "overlay"
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(given.data)
    complaints = [complaint.message for complaint in lint(root, DAY)]
    index = compile_index([root])
    return complaints, index.exact, index.technologies, index.actors


def _purl() -> Target:
    texts = (
        "pkg:npm/%40babel/core@7.0.0", "pkg:pypi/Django_x@1.0", "pkg:golang/github.com/a/b/v2@v2.1.0#sub/dir",
        "pkg:maven/org.slf4j/slf4j-api@2.0?type=jar&classifier=x", "pkg:docker/acme/api@1?repository_url=quay.io/acme",
        "pkg:oci/debian?repository_url=docker.io/library/debian", "pkg:deb/debian/curl@7?arch=amd64", "pkg:cpan/DBD::Pg",
        "pkg:nuget/Newtonsoft.Json@13.0.3", "pkg:github/Acme/Api@main", "pkg:composer/Acme/Pad@1", "pkg:generic/x?download_url=https://a.example",
        "PKG:PyPI//a@@1", "pkg://npm/a", "pkg:npm/a%2Fb@^1 || 2", "pkg:cran/A@1%2e0",
    )  # fmt: skip
    return Target("purl", tuple(Input("purl", text.encode()) for text in texts), _canonical, (ValueError,))


def _canonical(given: Input) -> object:
    text = given.data.decode("utf-8", "replace")
    found = purl.canonical.__wrapped__(text)
    assert found == PackageURL.from_string(text).to_string(), "is not what packageurl makes of it"
    return found, purl.key(found), purl.type_of(found), purl.name_of(found), purl.version_of(found)


def _configuration() -> Target:
    seeds = tuple(
        Input("outlast.toml", path.read_bytes()) for path in sorted(ROOT.glob("fixtures/examples/*/outlast.toml"))
    )
    return Target("configuration", seeds, _configured, (ConfigError,), config.__name__)


def _configured(given: Input) -> object:
    found = config.load(_on_disk(given._replace(path="outlast.toml")))
    check_words(found, _rulebook())
    return found.file


def _saved() -> Iterator[Target]:
    known = Input(
        "baseline", b'{"baseline_version": "1", "findings": {"technology:a": "flagged", "pkg:npm/a": "watch"}}'
    )
    module = baseline.__name__
    yield Target("baseline", (known,), lambda given: baseline.decode(given.path, given.data), (ReadError,), module)
    report = Input("report", b'{"schema_version": "1"}')
    yield Target("report", (report,), lambda given: parse(given.path, given.data), (OutlastError,), "scanner.model")


def _on_disk(given: Input) -> Path:
    path = _folder() / Path(given.path).name
    path.write_bytes(given.data)
    return path


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="outlast-fuzz-")


def _folder() -> Path:
    """A folder of this process's own, also after a fork."""
    path = Path(_scratch().name) / str(os.getpid())
    path.mkdir(exist_ok=True)
    return path


@cache
def _rulebook() -> Rulebook:
    return open_rulebook(cache=config.Config().cache)
