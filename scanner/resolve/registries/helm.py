"""Charts of Helm, as Artifact Hub tells them.

API: https://artifacthub.io/docs/api/. It has charts by the name that their repository has there; which public
repositories those are is a list, since what else a purl names may be private.
"""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, repository, web

REPOSITORIES = {
    "argoproj.github.io/argo-helm": "argo",
    "charts.bitnami.com/bitnami": "bitnami",
    "registry-1.docker.io/bitnamicharts": "bitnami",
    "charts.jetstack.io": "cert-manager",
    "charts.fluxcd.io": "fluxcd",
    "fluxcd-community.github.io/helm-charts": "fluxcd-community",
    "grafana.github.io/helm-charts": "grafana",
    "helm.cilium.io": "cilium",
    "helm.elastic.co": "elastic",
    "helm.releases.hashicorp.com": "hashicorp",
    "helm.traefik.io/traefik": "traefik",
    "traefik.github.io/charts": "traefik",
    "istio-release.storage.googleapis.com/charts": "istio-official",
    "kubernetes.github.io/ingress-nginx": "ingress-nginx",
    "kubernetes-sigs.github.io/metrics-server": "metrics-server",
    "kubernetes-sigs.github.io/external-dns": "external-dns",
    "open-telemetry.github.io/opentelemetry-helm-charts": "opentelemetry-helm",
    "prometheus-community.github.io/helm-charts": "prometheus-community",
    "strimzi.io/charts": "strimzi",
    "charts.helm.sh/stable": "helm-stable",
    "charts.longhorn.io": "longhorn",
    "charts.gitlab.io": "gitlab",
    "vmware-tanzu.github.io/helm-charts": "vmware-tanzu",
}
"""Public repositories of charts, and what Artifact Hub calls them."""


class Link(msgspec.Struct):
    url: str | None = None
    name: str = ""


class Repository(msgspec.Struct):
    organization_name: str | None = None
    user_alias: str | None = None


class Chart(msgspec.Struct):
    name: str
    version: str | None = None
    license: str | None = None
    deprecated: bool = False
    signed: bool | None = None
    ts: int | None = None
    home_url: str | None = None
    links: Any = None
    repository: Repository | None = None


def default() -> str:
    return "https://artifacthub.io"


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """The name with that of its repository at Artifact Hub, which is the purl's namespace, or known by its address."""
    place = qualifiers.get("repository_url")
    if place is None:
        return ("helm", name) if name.count("/") == 1 else None
    known = REPOSITORIES.get(place.partition("://")[2].rstrip("/") or place.rstrip("/"))
    return ("helm", f"{known}/{name.rpartition('/')[2]}") if known else None


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"api/v1/packages/helm/{quote(name, safe='/')}"),)


def facts(body: bytes) -> Record:
    """A repository belongs to an organisation or to one account."""
    told = msgspec.json.decode(body, type=Chart)
    holder = told.repository or Repository()
    links = msgspec.convert(told.links or [], list[Link])
    sources = [link.url for link in links if link.name.lower().startswith("source")]
    return Record(
        facts=Facts(
            publishers=1 if holder.user_alias and not holder.organization_name else None,
            organisation=holder.organization_name,
            repository=repository([*sources, told.home_url]),
            licence=normalise(told.license),
            latest=told.version,
            released=_day(told.ts),
            withdrawn="deprecated" if told.deprecated else None,
            provenance=told.signed,
            funding=web(link.url for link in links if link.name.lower() in ("funding", "sponsor", "donate")),
        )
    )


def _day(seconds: int | None) -> str | None:
    """The date of the latest version, if the time is one that there can be."""
    if not seconds or not 0 < seconds < 1 << 33:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
