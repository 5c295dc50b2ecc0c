"""Time without the collector: frozen values form no reference cycles, and looking for some is half the work.

The counting of references goes on, so that memory is freed as ever: https://docs.python.org/3/library/gc.html
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """No search for reference cycles meanwhile; for a block, or as a decorator for each call of a function."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
