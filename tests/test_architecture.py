"""The house: imports point one way, one module is on the network, a command loads only what it uses."""

import ast
import re
import subprocess
import sys

import pytest

from tests.program import MODULES, PACKAGE, nodes

STAGES = ("read", "identify", "resolve", "assess", "outlook", "report")
NETWORK = {"socket", "ssl", "httpx", "aiohttp", "httpcore", "urllib.request", "http.client", "asyncio"}
ALLOWED = {
    "read": {"purl", "model", "errors", "collector", "read"},
    "identify": {"purl", "model", "errors", "rulebook", "identify"},
    "resolve": {"purl", "model", "errors", "collector", "resolve", "__version__"},
    "assess": {"purl", "model", "errors", "phrases", "rulebook", "assess"},
    "outlook": {"purl", "model", "errors", "phrases", "outlook"},
    "rulebook": {"purl", "model", "errors", "collector", "rulebook"},
    "report": {"purl", "model", "errors", "phrases", "outlook", "report", "assess"},
}
"""What the modules of a folder may import of this package: nouns, what they are for, and themselves.

Reports show what outlook computes, and the tables by which assess judges.
"""


def imports(path):
    """Every module that a file imports, wherever in the file."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "scanner":
            yield from (f"scanner.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_stage_imports_only_what_it_may(folder):
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in (PACKAGE / folder).rglob("*.py")
        for name in imports(path)
        if name.startswith("scanner.") and name.split(".")[1] not in ALLOWED[folder]
    }
    assert wrong == set()


def test_the_nouns_import_nothing_of_the_house():
    for module in ("model", "errors"):
        assert [name for name in imports(PACKAGE / f"{module}.py") if name.startswith("scanner")] == []


def test_only_one_module_is_on_the_network():
    """fetch.py opens connections; two modules beside it name the transport's responses and errors."""
    on_the_network = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        for name in imports(path)
        if name in NETWORK or name.partition(".")[0] in NETWORK - {"urllib.request", "http.client"}
    }
    assert on_the_network == {"resolve/fetch.py", "resolve/response.py", "resolve/failures.py"}
    transports = [path.name for path in MODULES if re.search(r"Transport\(|AsyncClient", path.read_text("utf-8"))]
    assert transports == ["fetch.py"]


@pytest.mark.parametrize("forbidden", ["eval", "exec", "__import__"])
def test_no_code_is_made_of_data(forbidden):
    calls = [
        f"{path.name}:{node.lineno}"
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == forbidden
    ]
    assert calls == []


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        ("--version", {"msgspec", "yaml", "rich", "httpx", "jinja2", "cyclonedx", "packageurl"}),
        ("scan --help", {"yaml", "httpx", "jinja2", "cyclonedx", "packageurl"}),
        ("scan fixtures/examples/vmware --offline --quiet", {"httpx", "aiohttp", "jinja2", "cyclonedx"}),
    ],
)
def test_a_command_loads_only_what_it_uses(command, unwanted):
    code = f"""
import sys
sys.argv = ["outlast", *{command.split()!r}]
from scanner.cli import main
try:
    main()
except SystemExit:
    pass
print(sorted({unwanted!r} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stderr.splitlines()[-1] == "[]"
