"""What becomes of one response: a document, "there is none", "as before", or a reason why it cannot be used.

A registry is not trusted with memory, time or addresses: sizes are capped after decompression, and a redirect stays at
the same host. Status codes and Retry-After: RFC 9110, https://www.rfc-editor.org/rfc/rfc9110
"""

import time
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit

from scanner.resolve.failures import RegistryError
from scanner.resolve.politeness import LONGEST_WAIT
from scanner.resolve.record import Answer, Validator
from scanner.resolve.registries import Document

if TYPE_CHECKING:
    import httpx

SMALL = 64 << 10
UNPACKED = {"identity": False, "gzip": True, "x-gzip": True}
"""Encodings that can be read, and whether there is something to unpack."""
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


def redirected(url: str, location: str, hosts: Iterable[str] = (), how: str = "redirects") -> str:
    """Where to go instead. A host that is not among `hosts` is not the registry, and TLS is never given up."""
    try:
        target = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(target)
        same = (here.scheme, here.hostname, here.port) == (there.scheme, there.hostname, there.port)
    except ValueError as error:
        raise RegistryError(f"{how} to what is no address") from error
    if there.scheme == "https" and not there.username and _among(there.hostname or "", hosts):
        return target
    if there.hostname != here.hostname or there.username:
        raise RegistryError(f"{how} to another host, {brief(there.hostname)}")
    if not same and (here.scheme, there.scheme) != ("http", "https"):
        raise RegistryError(f"{how} to another port or to another scheme than https")
    return target


def _among(host: str, hosts: Iterable[str]) -> bool:
    return any(host == known or (known.startswith(".") and host.endswith(known)) for known in hosts)


async def read(response: "httpx.Response", document: Document, known: Validator, largest: int) -> Answer:
    status = response.status_code
    if status != HTTPStatus.OK:
        await drain(response)
    if status == HTTPStatus.NOT_MODIFIED and (known.etag or known.modified):
        return Answer(None, known, changed=False)
    if status in GONE:
        return Answer(None, Validator(absent=True), changed=not known.absent)
    if status != HTTPStatus.OK:
        raise _refusal(response)
    media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not _fits(media, document.accept):
        if not document.offered:
            return Answer(None, Validator(absent=True), changed=not known.absent)
        raise RegistryError(f"answers {brief(media)} where {document.accept} was asked for")
    body = await _body(response, largest)
    return Answer(body, Validator(response.headers.get("etag"), response.headers.get("last-modified")))


async def drain(response: "httpx.Response") -> None:
    """Read away a body that is of no use, if it is small: then the connection can be used again."""
    size = 0
    async for chunk in _chunks(response):
        size += len(chunk)
        if size > SMALL:
            return


def _chunks(response: "httpx.Response") -> AsyncIterator[bytes]:
    """The body as it comes: past httpx, which would count, cut and unpack it."""
    return cast("AsyncIterable[bytes]", response.stream).__aiter__()


def _fits(media: str, accept: str) -> bool:
    """JSON has many names ("application/vnd.….v1+json", "text/json"), and a mirror may give any of them."""
    if not media or "json" not in accept:
        return media != "text/html"
    return "json" in media or media in ("text/plain", "application/octet-stream")


def _refusal(response: "httpx.Response") -> RegistryError:
    status, headers = response.status_code, response.headers
    limited = _limited(status, headers)
    if status in REFUSED and not limited:
        return RegistryError(f"access refused (HTTP {status})")
    reason = f"rate limit reached (HTTP {status})" if limited else f"answers HTTP {status}"
    if status not in PASSING and not limited:
        return RegistryError(reason)
    wait = _wait(headers)
    if wait is not None and wait > LONGEST_WAIT:
        return RegistryError(f"{reason}, asks to come back in {wait:.0f} seconds", outage=True, wait=wait)
    return RegistryError(reason, passing=True, outage=True, wait=wait)


def _limited(status: int, headers: Mapping[str, str]) -> bool:
    """Whether there were too many requests. GitHub says it with 403 too:
    https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
    """
    used_up = "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"
    return status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.FORBIDDEN and used_up)


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait: Retry-After, RFC 9110 §10.2.3, else when the rate limit begins anew, in seconds since 1970."""
    after, reset = headers.get("retry-after", "").strip(), headers.get("x-ratelimit-reset", "").strip()
    if after.isascii() and after.isdigit():
        return float(after)
    try:
        return max(0.0, parsedate_to_datetime(after).timestamp() - time.time())
    except ValueError:
        pass
    counted = headers.get("x-ratelimit-remaining") == "0" and reset.isascii() and reset.isdigit()
    return max(0.0, float(reset) - time.time()) if counted else None


async def _body(response: "httpx.Response", largest: int) -> bytes:
    """The body up to the limit, unpacked here as it comes: httpx would unpack a whole chunk, however large it gets."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in UNPACKED:
        raise RegistryError(f"answers in the encoding {brief(encoding)}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if UNPACKED[encoding] else None
    parts: list[bytes] = []
    came = size = 0
    async for chunk in _chunks(response):
        if not (unpack and unpack.eof):  # what follows the end is only counted
            parts.append(unpack.decompress(chunk, largest + 1 - size) if unpack else chunk)
            size += len(parts[-1])
        came += len(chunk)
        if max(came, size) > largest:
            raise RegistryError(f"answers more than {largest >> 20} MiB")
    if unpack and not unpack.eof:
        raise RegistryError("breaks off in the middle of its answer", passing=True, outage=True)
    return b"".join(parts)


def brief(text: str | None) -> str:
    """What a registry sent in a header, fit for a report."""
    return "".join(char for char in (text or "")[:60] if char.isprintable())
