"""Why a registry could not be asked, in plain words; never with an address, which may hold credentials."""

import zlib
from collections.abc import Iterator
from functools import cache


class RegistryError(Exception):
    """No answer that can be used.

    `passing`: the same request may succeed later. `outage`: it tells against the registry, not against the package.
    `wait`: seconds after which the registry wants to be asked again.
    """

    def __init__(self, reason: str, *, passing: bool = False, outage: bool = False, wait: float | None = None) -> None:
        self.reason, self.passing, self.outage, self.wait = reason, passing, outage, wait
        super().__init__(reason)


UNDOCUMENTED = (ValueError, SyntaxError, RecursionError)
"""What decoders of JSON, XML and text raise on an answer that is not as it should be."""


def undocumented(error: BaseException) -> RegistryError:
    return RegistryError(f"answer is not as the registry documents it: {error}"[:200])


@cache
def _roots() -> tuple[tuple[type[Exception], str, bool], ...]:
    """Error at the root, what it is called, and whether it may pass."""
    import socket
    import ssl

    return (
        (ssl.SSLCertVerificationError, "its TLS certificate is not accepted", False),
        (ssl.SSLError, "TLS handshake fails", False),
        (socket.gaierror, "host name cannot be resolved", True),
        (ConnectionRefusedError, "connection refused", True),
        (ConnectionResetError, "connection breaks off", True),
        (zlib.error, "compression is damaged", True),
    )


def failure_of(error: BaseException, patience: float) -> RegistryError:
    """What went wrong, found along the chain of causes: httpx, aiohttp and httpcore wrap the same few errors."""
    causes = list(_causes(error))
    for kind, reason, passing in _roots():
        if any(isinstance(cause, kind) for cause in causes):
            details = [text for cause in causes if (text := getattr(cause, "verify_message", ""))]
            return RegistryError(": ".join([reason, *details[-1:]]), passing=passing, outage=True)
    if isinstance(error, TimeoutError):
        return RegistryError(f"no whole answer in {patience:g} seconds", passing=True, outage=True)
    return _of_httpx(error, causes)


def _of_httpx(error: BaseException, causes: list[BaseException]) -> RegistryError:
    import aiohttp
    import httpx

    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return RegistryError("its address is not a web address")
    hung_up = any(isinstance(cause, aiohttp.ServerDisconnectedError) for cause in causes)
    if isinstance(error, httpx.TimeoutException) and not hung_up:  # httpx-aiohttp takes one for the other
        return RegistryError("no answer in time", passing=True, outage=True)
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        return RegistryError("cannot be reached", passing=True, outage=True)
    return RegistryError("connection breaks off", passing=True, outage=True)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
