"""How fast 2,000 packages are resolved: python -m tests.bench.resolve [PACKAGES].

A registry in a process of its own answers over TLS, 50 ms after each question, with 40 kB of compressed JSON; 8, 32 or
64 questions are under way at once. aiohttp alone, which unpacks the answers but neither reads nor keeps them, is what
the others are measured against; httpx over aiohttp is the transport by itself; resolve() does everything: it decodes,
distils, caches. Then the same from the cache, beside what --offline takes. The registry is node, which costs this
machine least, or aiohttp where there is no node, and then there is no HTTP/2. All run in turn, several times; the best
of each counts, for a busy machine only slows.
"""

import asyncio
import gzip
import json
import os
import random
import resource
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme

PACKAGES, CONNECTIONS, LATENCY, RUNS = 2_000, (8, 32, 64), 0.05, 3

NODE = """
const fs = require("fs"), options = {allowHTTP1: true, settings: {maxConcurrentStreams: 100},
  key: fs.readFileSync("key.pem"), cert: fs.readFileSync("cert.pem")}, body = fs.readFileSync("body.gz")
const answer = (_, to) => setTimeout(() => {
  to.writeHead(200, {"content-type": "application/json", "content-encoding": "gzip", "content-length": body.length})
  to.end(body)
}, %d)
const server = require("http2").createSecureServer(options, answer)
server.listen(0, "127.0.0.1", () => console.log(server.address().port))
"""


def document() -> bytes:
    """A package of many versions: most of such a document is hashes and the dependencies of each."""
    chance = random.Random(1)
    versions = {
        f"{major}.{minor}.0": {
            "license": "MIT",
            "dist": {
                "integrity": f"sha512-{chance.randbytes(64).hex()}",
                "signatures": [{"sig": chance.randbytes(48).hex()}],
            },
            "dependencies": {f"package-{chance.randrange(999)}": "^1.0.0" for _ in range(12)},
        }
        for major in range(12)
        for minor in range(18)
    }
    times = dict.fromkeys(("created", *versions), "2026-04-09T00:00:00Z")
    people = [{"name": "ada"}, {"name": "grace"}]
    return json.dumps(
        {"name": "any", "dist-tags": {"latest": "11.17.0"}, "versions": versions, "time": times, "maintainers": people}
    ).encode()


async def serve() -> None:
    """The registry where there is no node."""
    from aiohttp import web

    body = Path("body.gz").read_bytes()  # noqa: ASYNC240 - before anything runs

    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(LATENCY)
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        return web.Response(body=body, headers=headers)

    app = web.Application()
    app.router.add_get("/{name:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("cert.pem", "key.pem")
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


@contextmanager
def registry(folder: Path) -> Iterator[str]:
    """The address of a registry with a certificate that the environment trusts."""
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    (folder / "body.gz").write_bytes(gzip.compress(document()))
    os.environ["SSL_CERT_FILE"] = str(folder / "authority.pem")
    node = shutil.which("node")
    command = (
        [node, "-e", NODE % (LATENCY * 1000)] if node else [sys.executable, str(Path(__file__).resolve()), "serve"]
    )
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        yield f"https://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.communicate()


def bare(url: str, count: int, connections: int) -> None:
    """aiohttp alone."""
    import aiohttp

    async def work(names: Iterator[int], session: aiohttp.ClientSession) -> None:
        for name in names:
            async with session.get(f"{url}/p{name}") as response:
                await response.read()

    async def main() -> None:
        trust = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])
        connector = aiohttp.TCPConnector(limit=connections, ssl=trust)
        async with aiohttp.ClientSession(connector=connector) as session:
            names = iter(range(count))
            await asyncio.gather(*(work(names, session) for _ in range(connections)))

    asyncio.run(main())


def transport(url: str, count: int, connections: int) -> None:
    """httpx over aiohttp, alone."""
    import aiohttp
    import httpx
    from httpx_aiohttp import AiohttpTransport

    async def work(names: Iterator[int], client: httpx.AsyncClient) -> None:
        for name in names:
            await client.get(f"{url}/p{name}")

    async def main() -> None:
        trust = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])
        connector = aiohttp.TCPConnector(limit=connections, ssl=trust)
        carrier = AiohttpTransport(client=aiohttp.ClientSession(connector=connector, auto_decompress=False))
        async with httpx.AsyncClient(transport=carrier) as client:
            names = iter(range(count))
            await asyncio.gather(*(work(names, client) for _ in range(connections)))

    asyncio.run(main())


def resolving(
    *, http2: bool = False, cache: Path | None = None, offline: bool = False
) -> Callable[[str, int, int], None]:
    """All of resolve(), with a new cache where none is given."""
    from scanner.resolve import Settings, resolve

    def run(url: str, count: int, connections: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                cache=cache or Path(folder), endpoints={"npm": url}, connections=connections, http2=http2
            )
            purls = [f"pkg:npm/p{name}@1" for name in range(count)]
            found = resolve(purls, settings=settings, offline=offline)
        assert (len(found.facts), found.gaps) == (count, [])

    return run


def cost(run: Callable[[str, int, int], None], *arguments: Any) -> tuple[float, float]:
    """Seconds on the clock, and of processor."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    run(*arguments)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(cases: dict[str, Callable[[str, int, int], None]], *arguments: Any) -> dict[str, tuple[float, float]]:
    """The least that each takes; all in turn, so that they see the same machine."""
    rounds = [{label: cost(case, *arguments) for label, case in cases.items()} for _ in range(RUNS)]
    return {
        label: tuple(min(figures) for figures in zip(*(it[label] for it in rounds), strict=True)) for label in cases
    }


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name, registry(Path(name)) as url:
        packed = (Path(name) / "body.gz").stat().st_size
        print(f"{count} packages of {packed / 1000:.0f} kB, answered after {LATENCY * 1000:.0f} ms")
        cases = {"aiohttp alone": bare, "httpx over aiohttp": transport, "resolve()": resolving()}
        for case in cases.values():
            case(url, 100, 8)
        for connections in CONNECTIONS:
            more = (
                {"resolve() over HTTP/2": resolving(http2=True)} if shutil.which("node") and connections == 32 else {}
            )
            found = best(cases | more, url, count, connections)
            print(f"{connections} at once, ideally in {count * LATENCY / connections:.1f} s")
            for label, (wall, cpu) in found.items():
                ratio, each = found["aiohttp alone"][0] / wall, cpu / count * 1000
                print(
                    f"  {label:24} {wall:5.1f} s  {count / wall:5.0f}/s  ×{ratio:.2f}  {each:.2f} ms of processor each"
                )
        cached = Path(name, "cache")
        resolving(cache=cached)(url, count, 32)
        again = best(
            {"--offline": resolving(cache=cached, offline=True), "again": resolving(cache=cached)}, url, count, 32
        )
        ratios = [later / first for later, first in zip(again["again"], again["--offline"], strict=True)]
        print(
            f"again, from the cache: {again['again'][0]:.2f} s, ×{ratios[0]:.2f} of --offline (processor ×{ratios[1]:.2f})"
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else PACKAGES)
