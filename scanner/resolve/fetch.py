"""The only module that opens sockets: asks registries for documents, many at a time, and never trusts an answer.

One `Ask` is one package: its documents are fetched one after the other, and it succeeds or fails as a whole, so that
half an answer never looks like a better one. httpx carries the requests: https://www.python-httpx.org/
"""

import asyncio
import logging
import os
import ssl
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import aiohttp
import httpx
import stamina

from scanner import __version__
from scanner.resolve.endpoints import Endpoint
from scanner.resolve.failures import RegistryError, failure_of
from scanner.resolve.record import Answer, Validator
from scanner.resolve.registries import Document
from scanner.resolve.settings import Settings

ATTEMPTS = 3
REDIRECTS = 5
LONGEST_WAIT = 30.0
"""Seconds that a Retry-After may ask for; a registry that wants more is left alone."""
BREAKER = 10
"""Packages in a row without an answer, retries included, after which a registry counts as down."""
SPARE_RETRIES = 100
"""Retries of a run are limited to this and a tenth of its packages, so that a sick registry is not beaten further."""
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

logging.getLogger("stamina").addHandler(logging.NullHandler())


class Ask(NamedTuple):
    """A package to be looked up."""

    endpoint: Endpoint
    documents: tuple[Document, ...]
    validators: tuple[Validator, ...] = ()
    pace: float = 0.0


Outcome = tuple[Answer, ...] | RegistryError
Handle = Callable[[int, Outcome], None]


@dataclass(slots=True)
class Host:
    """What a run has learnt about one registry."""

    broken: int = 0
    resume: float = 0.0
    down: RegistryError | None = None


@dataclass(slots=True)
class Run:
    """The state that all requests of a run share."""

    client: httpx.AsyncClient
    settings: Settings
    retries: int
    hosts: dict[str, Host] = field(default_factory=dict)

    def host(self, endpoint: Endpoint) -> Host:
        return self.hosts.setdefault(urlsplit(endpoint.base).netloc, Host())


def fetch(asks: Sequence[Ask], settings: Settings, handle: Handle) -> None:
    """Ask for all of `asks`; `handle` is told the index and the outcome of each as it comes, in any order.

    An ask that no answer came to before the deadline has no outcome.
    """
    asyncio.run(_fetch(asks, settings, handle))


async def _fetch(asks: Sequence[Ask], settings: Settings, handle: Handle) -> None:
    queue = iter(enumerate(asks))
    async with _client(settings) as client:
        run = Run(client, settings, SPARE_RETRIES + len(asks) // 10)
        workers = [_work(run, queue, handle) for _ in range(min(settings.connections, len(asks)))]
        try:
            async with asyncio.timeout(settings.deadline), asyncio.TaskGroup() as group:
                for worker in workers:
                    group.create_task(worker)
        except TimeoutError:
            return


@asynccontextmanager
async def _client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The client: aiohttp under httpx's API makes twice the requests of httpx's HTTP/1.1 (tests/bench/resolve.py)."""
    options: dict[str, Any] = {
        "verify": _trust(),
        "timeout": httpx.Timeout(settings.timeout, pool=None),
        "limits": httpx.Limits(max_connections=settings.connections),
        "headers": {"User-Agent": f"outlast/{__version__}", "Accept-Encoding": "gzip"},
        "trust_env": True,
    }
    if settings.http2:
        client = httpx.AsyncClient(http2=True, **options)
    else:
        from httpx_aiohttp import HttpxAiohttpClient

        client = HttpxAiohttpClient(**options)
    async with client:
        yield client


def _trust() -> ssl.SSLContext:
    """The certificates that the environment names, else the system's and certifi's."""
    import certifi

    for variable in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        if (path := os.environ.get(variable)) and os.path.isfile(path):
            return ssl.create_default_context(cafile=path)
    context = ssl.create_default_context()
    if not os.environ.get("SSL_CERT_DIR"):
        context.load_verify_locations(certifi.where())
    return context


async def _work(run: Run, queue: Iterable[tuple[int, Ask]], handle: Handle) -> None:
    for index, ask in queue:
        handle(index, await _outcome(run, ask))


async def _outcome(run: Run, ask: Ask) -> Outcome:
    try:
        answers = await _answers(run, ask, ask.validators)
        if len({answer.changed for answer in answers}) > 1:
            answers = await _answers(run, ask, ())
    except RegistryError as failure:
        _learn(run.host(ask.endpoint), failure)
        return failure
    return tuple(answers)


async def _answers(run: Run, ask: Ask, validators: tuple[Validator, ...]) -> list[Answer]:
    known = validators or (Validator(),) * len(ask.documents)
    return [
        await _patiently(run, ask, document, validator)
        for document, validator in zip(ask.documents, known, strict=True)
    ]


async def _patiently(run: Run, ask: Ask, document: Document, validator: Validator) -> Answer:
    """One document, again where the fault may pass."""
    host = run.host(ask.endpoint)
    async for attempt in stamina.retry_context(
        on=lambda error: _again(run, host, error),
        attempts=ATTEMPTS,
        timeout=None,
        wait_initial=run.settings.backoff,
        wait_jitter=run.settings.backoff,
        wait_max=LONGEST_WAIT,
    ):
        with attempt:
            return await _once(run, host, ask, document, validator)
    raise AssertionError  # stamina raises the last failure


def _again(run: Run, host: Host, error: Exception) -> bool | float:
    """Whether to retry after `error`, and in how many seconds where the registry said."""
    if not isinstance(error, RegistryError) or not error.passing or host.down or run.retries <= 0:
        return False
    run.retries -= 1
    if error.wait is None:
        return True
    host.resume = max(host.resume, time.monotonic() + error.wait)
    return error.wait


async def _once(run: Run, host: Host, ask: Ask, document: Document, validator: Validator) -> Answer:
    """One attempt, after the pause that the registry asked for."""
    await _pause(host, ask.pace)
    if host.down:
        raise host.down
    try:
        async with asyncio.timeout(run.settings.patience):
            answer = await _get(run, ask.endpoint, document, validator)
    except (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, OSError, zlib.error) as error:
        raise failure_of(error, run.settings.patience) from error
    host.broken = 0
    return answer


async def _pause(host: Host, pace: float) -> None:
    """Wait as long as the registry wants, then have the next one wait for its pace."""
    while (wait := host.resume - time.monotonic()) > 0:  # noqa: ASYNC110 - others may move the time on
        await asyncio.sleep(wait)
    if pace:
        host.resume = time.monotonic() + pace


def _learn(host: Host, failure: RegistryError) -> None:
    host.broken = host.broken + 1 if failure.outage else 0
    if host.broken >= BREAKER:
        host.down = RegistryError(failure.reason, outage=True)


async def _get(run: Run, endpoint: Endpoint, document: Document, validator: Validator) -> Answer:
    """One request, and those that a redirect within the registry leads to."""
    url = f"{endpoint.base}/{document.path}"
    headers = _headers(endpoint, document, validator)
    for _ in range(REDIRECTS + 1):
        async with run.client.stream("GET", url, headers=headers) as response:
            if not response.has_redirect_location:
                return await _read(response, document, validator, run.settings.largest)
            url = _redirected(url, response.headers["location"])
    raise RegistryError(f"more than {REDIRECTS} redirects")


def _headers(endpoint: Endpoint, document: Document, validator: Validator) -> dict[str, str]:
    headers = {
        "Accept": document.accept,
        "If-None-Match": validator.etag,
        "If-Modified-Since": validator.modified,
        "Authorization": endpoint.authorization,
    }
    return {name: value for name, value in headers.items() if value}


def _redirected(url: str, location: str) -> str:
    """Where to go instead. Another host is not the registry that was configured, and TLS is never given up."""
    target = urljoin(url, location)
    here, there = urlsplit(url), urlsplit(target)
    if there.hostname != here.hostname or there.port != here.port or there.username:
        raise RegistryError(f"redirects to another host, {there.hostname}")
    if (here.scheme, there.scheme) not in {("http", "http"), ("https", "https")}:
        raise RegistryError("redirects from https to http" if here.scheme == "https" else "redirects to another scheme")
    return target


async def _read(response: httpx.Response, document: Document, known: Validator, largest: int) -> Answer:
    status = response.status_code
    if status == HTTPStatus.NOT_MODIFIED:
        return Answer(None, known, changed=False)
    if status in GONE:
        return Answer(None, Validator(absent=True), changed=not known.absent)
    if status != HTTPStatus.OK:
        raise _refusal(response)
    media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not _fits(media, document.accept):
        if document.optional:
            return Answer(None, Validator(absent=True), changed=not known.absent)
        raise RegistryError(f"answers {media} where {document.accept} was asked for")
    body = await _body(response, largest)
    return Answer(body, Validator(response.headers.get("etag"), response.headers.get("last-modified")))


def _fits(media: str, accept: str) -> bool:
    """JSON has many names ("application/vnd.….v1+json", "text/json"), and a mirror may give any of them."""
    if not media or "json" not in accept:
        return media != "text/html"
    return "json" in media or media in ("text/plain", "application/octet-stream")


def _refusal(response: httpx.Response) -> RegistryError:
    status = response.status_code
    phrase = f"HTTP {status} {response.reason_phrase}".strip()
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED):
        return RegistryError(f"access refused ({phrase})")
    if status not in PASSING:
        return RegistryError(f"answers {phrase}")
    wait = _retry_after(response.headers.get("retry-after", ""))
    if wait is not None and wait > LONGEST_WAIT:
        return RegistryError(f"answers {phrase} and asks to come back in {wait:.0f} seconds", outage=True)
    return RegistryError(f"answers {phrase}", passing=True, outage=True, wait=wait)


def _retry_after(text: str) -> float | None:
    """RFC 9110 §10.2.3: seconds or a date."""
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


async def _body(response: httpx.Response, largest: int) -> bytes:
    """The body, decompressed here step by step: httpx would unpack a whole chunk, however large it gets."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise RegistryError(f"answers in the encoding {encoding}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if encoding != "identity" else None
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += unpack.decompress(chunk, largest + 1 - len(body)) if unpack else chunk
        if len(body) > largest:
            raise RegistryError(f"answers more than {largest >> 20} MiB")
    if unpack and not unpack.eof:
        raise RegistryError("breaks off in the middle of its answer", passing=True, outage=True)
    return bytes(body)
