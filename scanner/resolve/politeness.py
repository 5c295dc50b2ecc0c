"""When a registry may be asked again, and when it is better left alone: this module decides, fetch.py waits.

Retry-After: RFC 9110 §10.2.3, https://www.rfc-editor.org/rfc/rfc9110
"""

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scanner.resolve.endpoints import Endpoint
from scanner.resolve.failures import RegistryError

ATTEMPTS = 3
LONGEST_WAIT = 30.0
"""Seconds that a registry may ask to be waited for; one that wants more is left alone."""
BREAKER = 10
"""Packages in a row without an answer, retries included, after which a registry counts as down."""
SPARE_RETRIES = 100
"""Retries of a run are limited to this and a tenth of its packages, so that a sick registry is not beaten further."""


@dataclass(slots=True)
class Host:
    """What a run has learnt about one registry."""

    broken: int = 0
    resume: float = 0.0
    down: RegistryError | None = None

    def wait(self, pace: float) -> float:
        """Seconds to wait; where there are none, the next request waits for the pace."""
        now = time.monotonic()
        if self.resume <= now and pace:
            self.resume = now + pace
            return 0.0
        return self.resume - now

    def failed(self, failure: RegistryError) -> None:
        """A package had no answer. A registry that wants a longer pause than a run makes is not asked again."""
        self.broken = self.broken + 1 if failure.outage else 0
        if self.broken >= BREAKER or (failure.wait or 0.0) > LONGEST_WAIT:
            self.down = RegistryError(failure.reason, outage=True)


@dataclass(slots=True)
class Politeness:
    """The registries of a run, and how many retries it has left."""

    retries: int
    hosts: dict[str, Host] = field(default_factory=dict)

    def host(self, endpoint: Endpoint) -> Host:
        return self.hosts.setdefault(urlsplit(endpoint.base).netloc, Host())

    def again(self, host: Host, error: Exception) -> bool | float:
        """Whether to retry after `error`, and in how many seconds where the registry said."""
        if not isinstance(error, RegistryError) or not error.passing or host.down or self.retries <= 0:
            return False
        self.retries -= 1
        if error.wait is None:
            return True
        host.resume = max(host.resume, time.monotonic() + error.wait)
        return error.wait
