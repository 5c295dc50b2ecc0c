"""A scan as the pipeline makes it, written by hand: a web shop with a bit of everything a report has to show."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args, get_origin

import msgspec

from scanner import model
from scanner.assess.findings import findings
from scanner.model import (
    SCHEMA_VERSION,
    Actor,
    Assessed,
    Binding,
    Counts,
    Custody,
    Exit,
    Facts,
    Funding,
    Gap,
    Implementation,
    Location,
    MitigationKind,
    Project,
    Reason,
    Scan,
    Scope,
    Service,
    SourceFile,
    Summary,
    Technology,
    Tool,
    Verdict,
)
from scanner.outlook import outlook
from scanner.outlook.register import register


class Treatment(NamedTuple):
    """A mitigation as the configuration has it."""

    technology: str
    kind: MitigationKind
    note: str
    owner: str
    until: dt.date | None


ACTORS = {
    "amazon": ("Amazon", "company", "US", None),
    "aws": ("Amazon Web Services", "company", "US", "amazon"),
    "broadcom": ("Broadcom", "company", "US", None),
    "vmware": ("VMware", "company", "US", "broadcom"),
    "stripe": ("Stripe", "company", "US", None),
    "microsoft": ("Microsoft", "company", "US", None),
    "github": ("GitHub", "company", "US", "microsoft"),
    "npm-inc": ("npm, Inc.", "company", "US", "github"),
    "ibm": ("IBM", "company", "US", None),
    "hashicorp": ("HashiCorp", "company", "US", "ibm"),
    "pgdg": ("PostgreSQL Global Development Group", "community", None, None),
    "cockroach-labs": ("Cockroach Labs", "company", "US", None),
    "yugabyte": ("Yugabyte", "company", "US", None),
    "ietf": ("IETF", "standards-body", None, None),
    "isc": ("Internet Systems Consortium", "foundation", "US", None),
    "nlnet-labs": ("NLnet Labs", "foundation", "NL", None),
    "cz-nic": ("CZ.NIC", "foundation", "CZ", None),
    "python-software-foundation": ("Python Software Foundation", "foundation", "US", None),
    "ecma-international": ("Ecma International", "standards-body", "CH", None),
    "redis-ltd": ("Redis Ltd.", "company", "US", None),
    "linux-foundation": ("Linux Foundation", "foundation", "US", None),
    "meta": ("Meta Platforms", "company", "US", None),
    "openssl": ("OpenSSL Corporation", "foundation", "US", None),
    "docker-inc": ("Docker, Inc.", "company", "US", None),
    "django-software-foundation": ("Django Software Foundation", "foundation", "US", None),
    "cncf": ("Cloud Native Computing Foundation", "foundation", "US", "linux-foundation"),
    "ceph": ("Ceph Foundation", "foundation", "US", "linux-foundation"),
    "deuxfleurs": ("Deuxfleurs", "community", "FR", None),
    "acme-search": ("Kestrel Search", "company", "FR", None),
}

LAYOUT = (
    # id, name, kind, verdict, score, severity, difficulty, steward, relation, packages
    ("amazon-dynamodb", "Amazon DynamoDB", "cloud-service", "flagged", 4, 5, "rewrite", "aws", "uses",
     ("npm/%40aws-sdk/client-dynamodb@3.912.0", "pypi/boto3@1.40.61")),
    ("amazon-sqs", "Amazon SQS", "broker", "flagged", 4, 5, "port", "aws", "uses",
     ("npm/%40aws-sdk/client-sqs@3.912.0", "pypi/boto3@1.40.61")),
    ("stripe", "Stripe", "saas", "flagged", 2, 4, "rewrite", "stripe", "uses", ("pypi/stripe@13.0.1",)),
    ("vmware-vsphere", "VMware vSphere", "hypervisor", "flagged", 3, 4, "port", "vmware", "uses",
     ("golang/github.com/vmware/govmomi@v0.52.0",)),
    ("github-actions", "GitHub Actions", "ci", "flagged", 9, 2, "port", "github", "uses",
     ("github/actions/checkout@v5", "github/actions/setup-python@v6")),
    ("kestrel-search", "Kestrel Search", "search", "unknown", None, 4, "none known", "acme-search", "uses",
     ("npm/kestrel-client@2.1.0",)),
    ("amazon-s3", "S3 API", "storage", "watch", 57, 4, "drop-in", "aws", "uses", ("pypi/boto3@1.40.61",)),
    ("redis", "Redis", "cache", "watch", 58, 4, "drop-in", "redis-ltd", "uses",
     ("pypi/redis@7.0.1", "docker/library/redis@8.2")),
    ("python", "Python", "language", "watch", 56, 3, "rewrite", "python-software-foundation", "runs-on", ()),
    ("django", "Django", "framework", "watch", 53, 3, "rewrite", "django-software-foundation", "uses",
     ("pypi/django@5.2.7", "pypi/djangorestframework@3.16.1", "pypi/django-redis@6.0.0")),
    ("react", "React", "framework", "watch", 49, 3, "port", "meta", "uses",
     ("npm/react@19.2.0", "npm/react-dom@19.2.0", "npm/%40tanstack/react-query@5.90.5")),
    ("npm-registry", "npm registry", "registry", "watch", 52, 3, "port", "npm-inc", "comes-from", ()),
    ("docker-hub", "Docker Hub", "registry", "watch", 60, 2, "drop-in", "docker-inc", "comes-from", ()),
    ("terraform", "Terraform", "infrastructure-as-code", "watch", 47, 2, "drop-in", "hashicorp", "uses",
     ("terraform/hashicorp/aws@6.18.0",)),
    ("kubernetes", "Kubernetes", "orchestrator", "watch", 62, 4, "port", "cncf", "uses", ("pypi/kubernetes@34.1.0",)),
    ("postgresql", "PostgreSQL", "database", "safe", 98, 4, "port", "pgdg", "uses",
     ("pypi/psycopg@3.2.12", "docker/library/postgres@17.6")),
    ("dns", "DNS", "protocol", "safe", 100, 2, "none known", "ietf", "uses", ("pypi/dnspython@2.8.0",)),
    ("tls", "TLS", "cryptography", "safe", 100, 3, "drop-in", "ietf", "uses",
     ("pypi/cryptography@46.0.3", "pypi/urllib3@2.5.0")),
    ("ecmascript", "JavaScript (ECMAScript)", "language", "safe", 98, 3, "none known", "ecma-international", "runs-on", ()),
)  # fmt: skip

PLAIN = (
    # package, scope, direct, licence, custody verdict, reason, publishers
    ("pypi/asgiref@3.10.0", "runtime", False, "BSD-3-Clause", "ok", "the organisation Harbour Works publishes it", 4),
    ("pypi/sqlparse@0.5.3", "runtime", False, "BSD-3-Clause", "watch", "one account can publish", 1),
    ("pypi/certifi@2026.10.5", "runtime", False, "MPL-2.0", "ok", "3 accounts can publish", 3),
    ("pypi/idna@3.11", "runtime", False, "BSD-3-Clause", "watch", "one account can publish", 1),
    ("pypi/requests@2.32.5", "runtime", True, "Apache-2.0", "ok", "3 accounts can publish", 3),
    ("pypi/celery@5.5.3", "runtime", True, "BSD-3-Clause", "ok", "3 accounts can publish", 5),
    ("pypi/oauth2-gateway@1.4.0", "runtime", True, "LicenseRef-Proprietary", "flagged", "licence LicenseRef-Proprietary is not open: nobody else may carry on", 2),
    ("pypi/jmespath@1.0.1", "runtime", False, "MIT", "watch", "last release 2023-01-05, over 36 months ago", 2),
    ("npm/left-pad@1.3.0", "runtime", False, "WTFPL", "flagged", "withdrawn: use String.prototype.padStart()", 1),
    ("npm/scheduler@0.27.0", "runtime", False, "MIT", "ok", "the organisation Harbour Works publishes it", 6),
    ("npm/clsx@2.1.1", "runtime", True, "MIT", "watch", "one account can publish", 1),
    ("npm/zustand@5.0.8", "runtime", True, "MIT", "ok", "3 accounts can publish", 2),
    ("npm/nanoid@5.1.6", "runtime", False, "MIT", "watch", "one account can publish", 1),
    ("npm/vite@7.1.12", "development", True, "MIT", "ok", "3 accounts can publish", 8),
    ("npm/esbuild@0.25.11", "development", False, "MIT", "watch", "one account can publish", 1),
    ("npm/postcss@8.5.6", "development", False, "MIT", "watch", "one account can publish", 1),
    ("npm/picocolors@1.1.1", "development", False, "ISC", "watch", "one account can publish", 1),
    ("pypi/pytest@9.0.0", "test", True, "MIT", "ok", "3 accounts can publish", 7),
    ("pypi/pluggy@1.6.0", "test", False, "MIT", "ok", "3 accounts can publish", 5),
    ("pypi/internal-billing@4.2.0", "runtime", True, None, "unknown", "", None),
    ("pypi/internal-invoices@2.0.3", "runtime", True, None, "unknown", "", None),
)  # fmt: skip

SUMMARIES = {
    "amazon-dynamodb": "Hangs on Amazon Web Services alone: without it nothing is left to go on with, and nobody else can run the service.",
    "amazon-sqs": "Hangs on Amazon Web Services alone: without it nothing is left to go on with, and nobody else can run the service.",
    "stripe": "Hangs on Stripe alone: without it nothing is left to go on with, and nobody else can run the service.",
    "vmware-vsphere": "Hangs on VMware alone: without it nothing is left to go on with, and its proprietary licence lets nobody take over.",
    "github-actions": "Hangs on GitHub alone: without it nothing is left to go on with, and nobody else can run the service.",
    "kestrel-search": "Cannot be told without knowing under which licence it is and whether you can run it yourself.",
    "postgresql": "A formal standard, 2 independent implementations, in nobody's hand: it outlasts any one of them.",
    "dns": "A formal standard, 3 independent implementations, in nobody's hand: it outlasts any one of them.",
    "tls": "A formal standard, 4 independent implementations, in nobody's hand: it outlasts any one of them.",
    "ecmascript": "A formal standard, 3 independent implementations, in nobody's hand: it outlasts any one of them.",
}

SURVIVORS = {
    "amazon-s3": ("Ceph RADOS Gateway", "Garage"),
    "redis": ("Valkey",),
    "terraform": ("OpenTofu",),
    "postgresql": ("CockroachDB", "YugabyteDB"),
    "dns": ("Unbound and NSD", "Knot DNS"),
    "tls": ("GnuTLS", "NSS"),
    "ecmascript": ("SpiderMonkey", "JavaScriptCore"),
}

IMPLEMENTATIONS: dict[str, tuple[tuple[str, str, str, Counts], ...]] = {
    "amazon-dynamodb": (("DynamoDB", "aws", "proprietary", "independent"),),
    "amazon-sqs": (("SQS", "aws", "proprietary", "independent"),),
    "stripe": (("Stripe", "stripe", "proprietary", "independent"),),
    "vmware-vsphere": (("ESXi and vCenter", "vmware", "proprietary", "independent"),),
    "github-actions": (
        ("GitHub Actions", "github", "proprietary", "independent"),
        ("act", "linux-foundation", "MIT", "subset"),
    ),
    "amazon-s3": (
        ("Amazon S3", "aws", "proprietary", "independent"),
        ("Ceph RADOS Gateway", "ceph", "LGPL-2.1", "independent"),
        ("Garage", "deuxfleurs", "AGPL-3.0", "independent"),
    ),
    "redis": (
        ("Redis", "redis-ltd", "AGPL-3.0", "independent"),
        ("Valkey", "linux-foundation", "BSD-3-Clause", "fork"),
    ),
    "terraform": (
        ("Terraform", "hashicorp", "BUSL-1.1", "independent"),
        ("OpenTofu", "cncf", "MPL-2.0", "fork"),
    ),
    "postgresql": (
        ("PostgreSQL", "pgdg", "PostgreSQL", "independent"),
        ("CockroachDB", "cockroach-labs", "LicenseRef-CSL", "independent"),
        ("YugabyteDB", "yugabyte", "Apache-2.0", "fork"),
        ("CrateDB", "acme-search", "Apache-2.0", "subset"),
    ),
    "dns": (
        ("BIND", "isc", "MPL-2.0", "independent"),
        ("Unbound and NSD", "nlnet-labs", "BSD-3-Clause", "independent"),
        ("Knot DNS", "cz-nic", "GPL-3.0", "independent"),
    ),
}

EXITS = {
    "amazon-dynamodb": (("postgresql",), "Model the access paths as tables with keys; the single-table design has to be taken apart first."),
    "amazon-sqs": (("rabbitmq",), "Put the queue behind an interface of your own; RabbitMQ covers ordering and redelivery."),
    "vmware-vsphere": ((), "Convert the images to qcow2 and run them under KVM; networks and backups have to be built anew."),
    "github-actions": ((), "Keep the steps in scripts that any runner can call; what holds you are marketplace actions."),
    "stripe": ((), "Put payments behind an interface of your own and add a second provider to it."),
    "amazon-s3": ((), "Point the endpoint at another S3-compatible store and copy the buckets."),
    "redis": ((), "Valkey speaks the same protocol and reads the same files."),
    "terraform": ((), "OpenTofu reads the same files and state."),
    "postgresql": (("mariadb",), "Keep to standard SQL and leave by pg_dump; extensions and PL/pgSQL hold you."),
}  # fmt: skip

FUNDING = {
    "postgresql": "https://www.postgresql.org/about/donate/",
    "python": "https://www.python.org/psf/donations/",
    "django": "https://www.djangoproject.com/fundraising/",
    "dns": "https://nlnetlabs.nl/funding/",
    "tls": "https://openssl-foundation.org/donate/",
}

GAPS = (
    Gap(stage="read", subject="legacy/setup.py", reason="a program, not data: it is not run"),
    Gap(stage="resolve", subject="pkg:pypi/internal-billing@4.2.0", reason="not found at registry.example: private, renamed or removed"),
    Gap(stage="resolve", subject="pkg:pypi/internal-invoices@2.0.3", reason="not found at registry.example: private, renamed or removed"),
    Gap(stage="resolve", subject="registry.example", reason="12 packages: no answer in time; facts are 22 days old, from 2026-11-02"),
)  # fmt: skip

SERVICES = (
    Service(
        name="checkout",
        criticality="vital",
        technologies=("amazon-dynamodb", "amazon-sqs", "postgresql", "stripe"),
        components=("pkg:pypi/boto3@1.40.61", "pkg:pypi/psycopg@3.2.12", "pkg:pypi/stripe@13.0.1"),
    ),
    Service(name="media", criticality="vital", technologies=("amazon-s3",), components=("pkg:pypi/boto3@1.40.61",)),
    Service(
        name="catalogue",
        criticality="important",
        technologies=("kestrel-search", "postgresql", "redis"),
        components=("pkg:npm/kestrel-client@2.1.0", "pkg:pypi/psycopg@3.2.12", "pkg:pypi/redis@7.0.1"),
    ),
    Service(name="newsletter", criticality="ordinary", technologies=("redis",), components=("pkg:pypi/celery@5.5.3",)),
)

TREATMENTS = (
    Treatment("github-actions", "accepted", "releases can be built by hand", "platform team", dt.date(2027, 6, 30)),
    Treatment("amazon-s3", "diversified", "nightly copy to a second store", "platform team", None),
)

NAMES = {"mariadb": "MariaDB", "postgresql": "PostgreSQL", "rabbitmq": "RabbitMQ"}
TODAY = dt.date(2026, 11, 24)


def demo() -> Scan:
    """The whole scan, as the pipeline would hand it over."""
    technologies = tuple(sorted(map(_technology, LAYOUT), key=lambda technology: technology.id))
    components = tuple(sorted(_components(), key=lambda component: component.purl))
    actors = tuple(_actor(id, technologies) for id in sorted(ACTORS))
    return Scan(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="outlast", version="0.1.0", rules=412, generated="2026-11-24", offline=False),
        project=Project(name="harbour-shop", path="."),
        sources=(
            SourceFile(path="frontend/package-lock.json", format="package-lock.json", components=14),
            SourceFile(path="poetry.lock", format="poetry.lock", components=22),
            SourceFile(path="deploy/compose.yaml", format="compose", components=2),
            SourceFile(path=".github/workflows/test.yml", format="github-actions", components=2),
        ),
        summary=_summary(technologies, components),
        findings=findings(technologies, components, "unknown", NAMES),
        technologies=technologies,
        actors=actors,
        components=components,
        services=SERVICES,
        register=register(technologies, actors, SERVICES, TREATMENTS, NAMES, TODAY),
        outlook=outlook(technologies, actors, SERVICES),
        gaps=GAPS,
    )


def large(count: int = 20_000) -> Scan:
    """The same project with many more packages."""
    scan = demo()
    extra = tuple(_large_component(number) for number in range(count - len(scan.components)))
    components = tuple(sorted(scan.components + extra, key=lambda component: component.purl))
    return msgspec.structs.replace(scan, components=components, summary=_summary(scan.technologies, components))


def empty() -> Scan:
    """A project in which nothing was found."""
    scan = demo()
    return msgspec.structs.replace(
        scan,
        sources=(),
        findings=(),
        technologies=(),
        actors=(),
        components=(),
        services=(),
        register=(),
        outlook=outlook((), ()),
        gaps=(),
        summary=_summary((), ()),
    )


def hostile(attack: str) -> Scan:
    """The same scan with an attack in place of every string that is free to be anything."""
    words = {"technology", "component", "low", "moderate", "high"}
    for alias in vars(model).values():
        words.update(get_args(alias) if get_origin(alias) is Literal else ())

    def poison(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: poison(entry, name) for name, entry in value.items()}
        if isinstance(value, list | tuple):
            return [poison(entry, key) for entry in value]
        if isinstance(value, str) and (key == "name" or value not in words):
            return attack
        return value

    return msgspec.convert(poison(msgspec.to_builtins(demo())), Scan)


def _technology(row: tuple[object, ...]) -> Technology:
    id, name, kind, verdict, score, severity, difficulty, steward, relation, packages = row
    implementations = IMPLEMENTATIONS.get(id, ((name, steward, "open", "independent"),))
    to, how = EXITS.get(id, ((), ""))
    return Technology(
        id=id,
        name=name,
        kind=kind,
        verdict=verdict,
        score=score,
        score_range=(12, 62) if score is None else (score, score),
        severity=severity,
        exit=Exit(difficulty=difficulty, to=to, how=how),
        steward=steward,
        actors=tuple(dict.fromkeys((steward, *(entry[1] for entry in implementations)))),
        components=tuple(sorted(f"pkg:{package}" for package in packages)),
        files=() if packages else ("poetry.lock",),
        relations=(relation,),
        locations=(Location(path=_file(packages[0]) if packages else "poetry.lock", line=40 + len(id)),),
        why=tuple((f"pkg:{package}",) for package in packages[:1])
        + ((("pkg:pypi/celery@5.5.3", "pkg:pypi/kombu@5.5.4", f"pkg:{packages[-1]}"),) if len(packages) > 1 else ()),
        summary=SUMMARIES.get(
            id,
            "No norm: the code is the definition; one implementation; decided by one company; its open licence lets others carry on.",
        ),
        reasons=_reasons(id, verdict, score),
        implementations=tuple(
            Implementation(name=name, actor=actor, licence=licence, counts=counts)
            for name, actor, licence, counts in implementations
        ),
        survivors=() if verdict in ("flagged", "unknown") else SURVIVORS.get(id, ()),
        takeover=None
        if verdict == "unknown"
        else verdict != "flagged" and id not in ("amazon-s3", "docker-hub", "terraform"),
        settles=("licence", "operation") if verdict == "unknown" else (),
        homepage=f"https://{id}.example/",
        funding=(Funding(url=FUNDING[id]),) if id in FUNDING else (),
        reviewed="2026-11-20",
    )


def _reasons(id: str, verdict: Verdict, score: int | None) -> tuple[Reason, ...]:
    safe, flagged, unknown = (verdict == word for word in ("safe", "flagged", "unknown"))
    page = f"https://{id}.example"
    names = [name for name, _, _, counts in IMPLEMENTATIONS.get(id, ()) if counts == "independent"] or [id]
    facts = (
        (
            "specification",
            "formal: IETF STD 13" if safe else "none",
            "+30 of 30" if safe else "+0 of 30",
            "/spec",
            "2026-11-18",
        ),
        (
            "independents",
            f"{len(names)}: {', '.join(names)}",
            "+20 of 30" if safe else "+6 of 30",
            "/others",
            "2026-11-18",
        ),
        ("forks", "0", "each is a survivor", "/others", "2026-11-18"),
        ("control", "neutral" if safe else "single-vendor", "+20 of 20" if safe else "+0 of 20", "/governance", None),
        (
            "licence",
            "unknown" if unknown else "proprietary" if flagged else "open",
            "+0 to +12" if unknown else "+0 of 12" if flagged else "+12 of 12",
            "/licence",
            "2026-11-19",
        ),
        (
            "operation",
            "unknown" if unknown else "service" if flagged else "self",
            "+0 to +8" if unknown else "+0 of 8" if flagged else "+8 of 8",
            "",
            None,
        ),
        ("lifecycle", "active", "abandoned allows no takeover", "", None),
    )
    if not (unknown or flagged):
        facts += (("copyright", "distributed", "no one party may relicense it", "/contributing", None),)
    lines = tuple(
        Reason(fact=fact, value=value, effect=effect, source=f"{page}{path}", checked=checked)
        for fact, value, effect, path, checked in facts
    )
    if unknown:
        return (*lines, Reason(fact="score", value="unknown", effect="12 to 62 by the unknown facts"))
    return (
        *lines,
        Reason(fact="takeover", value="no" if flagged else "yes", effect="no survivor" if flagged else "a survivor"),
        Reason(fact="survivors", value="0" if flagged else "2", effect="flagged: nothing is left" if flagged else ""),
        Reason(fact="score", value=str(score), effect=""),
    )


def _components() -> Iterable[Assessed]:
    bindings: dict[str, list[Binding]] = {}
    worst: dict[str, tuple[Verdict, int | None, int]] = {}
    for id, _, _, verdict, score, severity, _, _, relation, packages in LAYOUT:
        for package in packages:
            bindings.setdefault(package, []).append(Binding(id=id, relation=relation))
            worst.setdefault(package, (verdict, score, min(severity, 3)))
    for package, found in bindings.items():
        verdict, score, severity = worst[package]
        yield _component(
            package,
            direct=True,
            licence="Apache-2.0",
            technologies=tuple(found),
            custody=_custody(package, "ok", "the organisation Harbour Works publishes it", 5),
            verdict=verdict,
            score=score,
            severity=severity,
        )
    for package, scope, direct, licence, verdict, reason, publishers in PLAIN:
        yield _component(
            package,
            scope=scope,
            direct=direct,
            licence=licence,
            custody=_custody(package, verdict, reason, publishers),
            verdict=verdict,
            severity=1 if scope in ("test", "development") else 3 if direct else 2,
        )


def _component(package: str, **rest: object) -> Assessed:
    path, _, version = package.partition("@")
    name = path.partition("/")[2].replace("%40", "@")
    return Assessed(
        purl=f"pkg:{package}",
        name=name,
        version=version,
        locations=(Location(path=_file(package), line=10 + 7 * len(package)),),
        **rest,
    )


def _custody(package: str, verdict: Verdict, reason: str, publishers: int | None) -> Custody:
    if not reason:
        return Custody()
    name = package.partition("@")[0].rpartition("/")[2]
    return Custody(
        verdict=verdict,
        reasons=(reason,),
        facts=Facts(
            publishers=publishers,
            repository=f"https://forge.example/{name}/{name}",
            licence="MIT",
            latest="9.9.9",
            released="2026-10-02",
            provenance=publishers != 1,
            funding=(f"https://fund.example/{name}",) if publishers == 1 else (),
            source=f"https://registry.example/{name}",
            retrieved="2026-11-24",
        ),
    )


def _large_component(number: int) -> Assessed:
    scope: Scope = ("runtime", "runtime", "development", "test")[number % 4]
    verdict: Verdict = ("ok", "ok", "watch", "ok", "unknown", "ok", "watch", "ok", "ok", "ok", "ok")[number % 11]
    package = (
        f"{'npm' if number % 3 else 'pypi'}/package-{number * 7919 % 99_991:05}@{number % 9}.{number % 31}.{number % 7}"
    )
    reason = "one account can publish" if verdict == "watch" else "3 accounts can publish"
    return _component(
        package,
        scope=scope,
        direct=number % 40 == 0,
        licence=("MIT", "Apache-2.0", "BSD-3-Clause", "ISC")[number % 4],
        custody=_custody(package, verdict, "" if verdict == "unknown" else reason, 1 + number % 5),
        verdict=verdict,
        severity=1 if scope != "runtime" else 2,
        requires=tuple(f"pkg:npm/package-{(number * 7919 + step) % 99_991:05}@1.0.0" for step in range(2)),
    )


def _file(package: str) -> str:
    type = package.partition("/")[0]
    return {
        "npm": "frontend/package-lock.json",
        "docker": "deploy/compose.yaml",
        "github": ".github/workflows/test.yml",
        "golang": "tools/go.sum",
        "terraform": "deploy/.terraform.lock.hcl",
    }.get(type, "poetry.lock")


def _summary(technologies: tuple[Technology, ...], components: tuple[Assessed, ...]) -> Summary:
    known = sum(1 for entry in components if entry.custody.verdict != "unknown")
    return Summary(
        components=len(components),
        technologies=len(technologies),
        verdict="flagged" if technologies else "unknown",
        score=31 if technologies else None,
        by_verdict=_count(entry.verdict for entry in technologies),
        components_by_verdict=_count(entry.verdict for entry in components),
        custody_known=known,
        custody_total=len(components),
    )


def _count(verdicts: Iterable[Verdict]) -> dict[Verdict, int]:
    found = list(verdicts)
    return {verdict: found.count(verdict) for verdict in ("flagged", "watch", "ok", "safe", "unknown")}


def _actor(id: str, technologies: tuple[Technology, ...]) -> Actor:
    name, kind, jurisdiction, parent = ACTORS[id]
    return Actor(
        id=id,
        name=name,
        kind=kind,
        jurisdiction=jurisdiction,
        parent=parent,
        owner=_owner(id),
        technologies=tuple(entry.id for entry in technologies if id in entry.actors),
    )


def _owner(id: str) -> str:
    parent = ACTORS[id][3]
    return _owner(parent) if parent else id
