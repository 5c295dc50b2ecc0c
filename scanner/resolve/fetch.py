"""The only module that opens sockets: asks registries for documents, many at a time, and never trusts an answer.

One `Ask` is one package: its documents are fetched one after the other, and it succeeds or fails as a whole, so that
half an answer never looks like a better one. httpx carries the requests: https://www.python-httpx.org/
"""

import asyncio
import logging
import os
import ssl
import urllib.request
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

import aiohttp
import httpx
import stamina

from scanner.errors import ConfigError
from scanner.resolve import credentials
from scanner.resolve.failures import UNDOCUMENTED, RegistryError, failure_of, undocumented
from scanner.resolve.politeness import ATTEMPTS, LONGEST_WAIT, SPARE_RETRIES, Host, Politeness
from scanner.resolve.record import Answer, Validator
from scanner.resolve.registries import Document
from scanner.resolve.request import Ask, More, address, headers, located
from scanner.resolve.response import drain, read, redirected
from scanner.resolve.settings import Settings

REDIRECTS = 5
ROUNDS = 4
"""How often an answer may lead to further documents, as a POM to its parent."""
AUTHORITIES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables that name a file of certificates to trust."""

Outcome = tuple[Answer, ...] | RegistryError
Handle = Callable[[int, Outcome], None]

logging.getLogger("stamina").addHandler(logging.NullHandler())


def fetch(asks: Sequence[Ask], settings: Settings, handle: Handle, settle: Callable[[], None]) -> None:
    """Ask for all of `asks`; `handle` is told the index and the outcome of each as it comes, in any order.

    An ask that no answer came to before the deadline has no outcome. `settle` is called soon after: once for all that
    come in one turn of the loop.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(_fetch(asks, settings, handle, settle))
    else:  # the caller is asynchronous itself, as in a notebook
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _fetch(asks, settings, handle, settle)).result()


async def _fetch(asks: Sequence[Ask], settings: Settings, handle: Handle, settle: Callable[[], None]) -> None:
    queue = iter(enumerate(asks))
    async with AsyncExitStack() as stack:
        run = Run(Transports(settings, stack), settings, Politeness(SPARE_RETRIES + len(asks) // 10))
        stack.callback(settle)
        try:
            async with asyncio.timeout(settings.deadline), asyncio.TaskGroup() as group:
                turn = Turn(settle, group)
                for _ in range(min(settings.connections, len(asks))):
                    group.create_task(_work(run, queue, handle, turn))
        except TimeoutError:
            return  # those that are left have no outcome
    await asyncio.sleep(0)  # the connections that were just closed take one more turn of the loop


class Turn:
    """Calls `settle` in the next turn of the loop, once however often it is wanted in this one.

    The busier the loop, the more answers are kept at a time; an idle one keeps each at once.
    """

    def __init__(self, settle: Callable[[], None], group: asyncio.TaskGroup) -> None:
        self._settle, self._group, self._due = settle, group, False

    def settle(self) -> None:
        if not self._due:
            self._due = True
            self._group.create_task(self._next())

    async def _next(self) -> None:
        self._due = False
        self._settle()


class Transports:
    """httpx's transports, one for direct connections and one for each proxy of the environment.

    Requests go to them without a client between, whose cookies, redirects and logins are not wanted here and cost as
    much again; and aiohttp under them makes twice the requests of httpx's own HTTP/1.1 (tests/bench/resolve.py).
    """

    def __init__(self, settings: Settings, stack: AsyncExitStack) -> None:
        self._settings, self._stack, self._trust = settings, stack, _trust(os.environ)
        self._proxies = urllib.request.getproxies()
        self._open: dict[str, httpx.AsyncBaseTransport] = {}
        self._of_site: dict[str, httpx.AsyncBaseTransport] = {}
        for proxy in self._proxies:
            self._proxy(proxy)

    async def to(self, url: str) -> httpx.AsyncBaseTransport:
        """The one that leads to an address."""
        site = "/".join(url.split("/", 3)[:3])
        if site not in self._of_site:
            parts = urlsplit(site)
            proxy = "" if urllib.request.proxy_bypass(parts.hostname or "") else self._proxy(parts.scheme)
            if proxy not in self._open:
                self._open[proxy] = await self._stack.enter_async_context(self._transport(proxy))
            self._of_site[site] = self._open[proxy]
        return self._of_site[site]

    def _proxy(self, scheme: str) -> str:
        """The address of the proxy for a scheme, "" for none; one may stand there without a scheme of its own."""
        said = "" if scheme == "no" else self._proxies.get(scheme) or self._proxies.get("all", "")
        address = said if not said or "://" in said else f"http://{said}"
        try:
            return str(httpx.Proxy(address).url) and address if address else ""
        except (ValueError, httpx.InvalidURL) as error:
            raise ConfigError(f"a proxy of the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY): {error}") from error

    def _transport(self, proxy: str) -> httpx.AsyncBaseTransport:
        from httpx_aiohttp import AiohttpTransport

        limits = httpx.Limits(max_connections=self._settings.connections)
        through = httpx.Proxy(proxy) if proxy else None
        if self._settings.http2:
            return httpx.AsyncHTTPTransport(verify=self._trust, http2=True, limits=limits, proxy=through)
        if through and through.auth:  # aiohttp makes Proxy-Authorization of it, as its BasicAuth is going away
            login = credentials.login(*through.auth)
            through = httpx.Proxy(through.url, headers={"Authorization": login})
        self._trust.set_alpn_protocols(["http/1.1"])  # httpx adds h2 for a run over HTTP/2
        return AiohttpTransport(verify=self._trust, limits=limits, proxy=through)


@dataclass(slots=True)
class Run:
    """The state that all requests of a run share."""

    transports: Transports
    settings: Settings
    politeness: Politeness
    locating: asyncio.Lock = field(default_factory=asyncio.Lock)
    located: dict[str, str | RegistryError] = field(default_factory=dict)
    """The address that an index tells, or why it tells none, by that of the index."""

    @property
    def timeouts(self) -> dict[str, float | None]:
        """Of httpx; a free connection is waited for as long as it takes."""
        seconds = self.settings.timeout
        return {"connect": seconds, "read": seconds, "write": seconds, "pool": None}


def _trust(environ: Mapping[str, str]) -> ssl.SSLContext:
    """The certificates that the environment names, else the system's and certifi's."""
    variable = next((name for name in AUTHORITIES if environ.get(name)), "")
    try:
        return _certificates(environ.get(variable), environ.get("SSL_CERT_DIR"))
    except OSError as error:
        source = environ.get(variable, "certifi")
        raise ConfigError(f"{variable or 'TLS'}: no certificates can be read from {source}") from error


@lru_cache(maxsize=1)
def _certificates(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Kept, as it takes longer to read them than a registry to answer; OpenSSL looks into `folder` itself."""
    import certifi

    context = ssl.create_default_context(cafile=file)
    if not file and not folder:
        context.load_verify_locations(certifi.where())
    return context


async def _work(run: Run, queue: Iterable[tuple[int, Ask]], handle: Handle, turn: Turn) -> None:
    for index, ask in queue:
        handle(index, await _outcome(run, ask))
        turn.settle()


async def _outcome(run: Run, ask: Ask) -> Outcome:
    try:
        answers = await _answers(run, ask, ask.validators)
        if len({answer.changed for answer in answers}) > 1:
            answers = await _answers(run, ask, ())
        if ask.more and answers[0].changed:
            answers += await _more(run, ask, ask.more, answers)
    except RegistryError as failure:
        run.politeness.host(ask.endpoint).failed(failure)
        return failure
    return tuple(answers)


async def _more(run: Run, ask: Ask, more: More, answers: Sequence[Answer]) -> list[Answer]:
    """The documents that `answers` lead to, those that these lead to, and so on, but not for ever."""
    found: list[Answer] = []
    for _ in range(ROUNDS):
        try:
            documents = more([answer.body for answer in (*answers, *found)])
        except UNDOCUMENTED as error:
            raise undocumented(error) from error
        found += [await _patiently(run, ask, document, Validator()) for document in documents]
    return found


async def _answers(run: Run, ask: Ask, validators: tuple[Validator, ...]) -> list[Answer]:
    known = validators or (Validator(),) * len(ask.documents)
    return [
        await _patiently(run, ask, document, validator)
        for document, validator in zip(ask.documents, known, strict=True)
    ]


async def _patiently(run: Run, ask: Ask, document: Document, validator: Validator) -> Answer:
    """One document, again where the fault may pass; stamina costs time, so it is called once there is a failure."""
    host = run.politeness.host(ask.endpoint)
    try:
        return await _once(run, host, ask, document, validator)
    except RegistryError as failure:
        known = failure
    async for attempt in stamina.retry_context(
        on=lambda error: run.politeness.again(host, error),
        attempts=ATTEMPTS,
        timeout=None,
        wait_initial=run.settings.backoff,
        wait_jitter=run.settings.backoff,
        wait_max=LONGEST_WAIT,
    ):
        with attempt:
            if attempt.num == 1:
                raise known
            return await _once(run, host, ask, document, validator)
    raise AssertionError  # stamina raises the last failure


async def _once(run: Run, host: Host, ask: Ask, document: Document, validator: Validator) -> Answer:
    """One attempt, after the pause that the registry asked for."""
    while (wait := host.wait(ask.pace)) > 0:  # noqa: ASYNC110 - others may move the time on
        await asyncio.sleep(wait)
    if host.down:
        raise host.down
    try:
        async with asyncio.timeout(run.settings.patience):
            url = address(ask, document, await _base(run, ask))
            answer = await _get(run, url, headers(ask.endpoint, document, validator), document, validator)
    except (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, OSError, UnicodeError, zlib.error) as error:
        raise failure_of(error, run.settings.patience) from error
    host.broken = 0
    return answer._replace(address=url) if ask.layout else answer


async def _base(run: Run, ask: Ask) -> str:
    """What the paths of `ask` are under: its endpoint's base, or what the index there tells, asked for once."""
    base, index = ask.endpoint.base, Document("")
    if not ask.layout:
        return base
    async with run.locating:
        if base not in run.located:
            try:
                answer = await _get(run, base, headers(ask.endpoint, index, Validator()), index, Validator())
                run.located[base] = located(base, ask.layout, answer.body)
            except RegistryError as failure:
                if failure.passing:
                    raise
                run.located[base] = failure
    if isinstance(found := run.located[base], RegistryError):
        raise found
    return found


async def _get(run: Run, url: str, told: dict[str, str], document: Document, validator: Validator) -> Answer:
    """One request, and those that a redirect within the registry leads to."""
    for _ in range(REDIRECTS + 1):
        transport = await run.transports.to(url)
        request = httpx.Request("GET", url, headers=told, extensions={"timeout": run.timeouts})
        response = await transport.handle_async_request(request)
        async with aclosing(response):
            if not response.has_redirect_location:
                return await read(response, document, validator, run.settings.largest)
            await drain(response)
            target = redirected(url, response.headers["location"], document.hosts)
            if urlsplit(target).hostname != urlsplit(url).hostname:
                told.pop("Authorization", None)
            url = target
    raise RegistryError(f"more than {REDIRECTS} redirects")
