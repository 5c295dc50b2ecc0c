"""The command line, and a registry on this machine; the home of these tests has no configuration of any client."""

from tests.cli.conftest import outlast
from tests.resolve.conftest import home, registry

__all__ = ["home", "outlast", "registry"]
