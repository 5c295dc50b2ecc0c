"""What the readers say of themselves is found in their text as their modules have it."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import scanner.read
from scanner.read.names import declared

FAMILIES = [path for path in Path(scanner.read.__file__).parent.iterdir() if (path / "__init__.py").is_file()]


def modules():
    """Every module of a family that is a reader, imported."""
    for family in FAMILIES:
        for found in pkgutil.iter_modules([str(family)]):
            module = importlib.import_module(f"scanner.read.{family.name}.{found.name}")
            if hasattr(module, "FILES"):
                yield module


def name(module):
    said = getattr(module, "NAME", None)
    return said if isinstance(said, str) else module.__name__.rpartition(".")[2].replace("_", "-")


def test_every_reader_is_found_with_its_name_and_files():
    said = {reader.module: (reader.name, reader.files) for reader in declared()}
    assert said == {module.__name__: (name(module), tuple(module.FILES)) for module in modules()}


def test_no_two_readers_have_the_same_name():
    names = [reader.name for reader in declared()]
    assert len(names) == len(set(names))


def test_names_are_known_without_importing_a_reader():
    code = "import sys; from scanner.read.formats import by_name; by_name('yarn.lock'); print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "scanner.read.javascript" not in done.stdout
