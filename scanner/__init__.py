"""outlast: would your software outlast its suppliers?

    from scanner import scan
    report = scan(".", offline=True)

What is named here is the Python interface, docs/api.md; each part is loaded when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.assess.difference import compare
    from scanner.config import Config, load
    from scanner.errors import OutlastError
    from scanner.gate import check
    from scanner.model import Scan
    from scanner.pipeline import scan
    from scanner.report import render

__version__ = "0.1.0"
__all__ = ["Config", "OutlastError", "Scan", "__version__", "check", "compare", "load", "render", "scan"]
_PLACES = {
    "Config": "config",
    "OutlastError": "errors",
    "Scan": "model",
    "check": "gate",
    "compare": "assess.difference",
    "load": "config",
    "render": "report",
    "scan": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for, https://peps.python.org/pep-0562/"""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"scanner.{_PLACES[name]}"), name)
