"""Where a package is looked up is decided by its type, by lists that are kept here, and by the configuration.

What a purl says of a place can only choose among those; an answer cannot lead anywhere else.
"""

import ssl

import pytest
import trustme
from msgspec.structs import replace

from scanner.resolve import Settings, resolve
from scanner.resolve.endpoints import Endpoints
from scanner.resolve.failures import RegistryError
from scanner.resolve.plan import plan
from scanner.resolve.registries import registry as module
from scanner.resolve.response import redirected

from .cases import cocoapods, oci
from .conftest import Registry


@pytest.fixture
def place(tmp_path):
    """The address that a purl's package is looked up at, or why at none."""

    def run(purl, **endpoints):
        packages, gaps = plan([purl], Settings(cache=tmp_path, endpoints=endpoints), {})
        return packages[0].url if packages else gaps[0].reason

    return run


PUBLIC = {
    "pkg:swift/github.com/acme/pad@1": "https://api.github.com/repos/acme/pad",
    "pkg:swift/gitlab.com/acme/pad@1": "https://gitlab.com/api/v4/projects/acme%2Fpad?license=true",
    "pkg:swift/bitbucket.org/acme/pad@1": "https://api.bitbucket.org/2.0/repositories/acme/pad",
    "pkg:swift/codeberg.org/acme/pad@1": "https://codeberg.org/api/v1/repos/acme/pad",
    "pkg:githubactions/acme/pad/setup@v1": "https://api.github.com/repos/acme/pad",
    "pkg:docker/pad@1": "https://hub.docker.com/v2/namespaces/library/repositories/pad",
    "pkg:docker/acme/pad@1?repository_url=docker.io": "https://hub.docker.com/v2/namespaces/acme/repositories/pad",
    "pkg:docker/acme/pad@1?repository_url=mcr.microsoft.com": "https://mcr.microsoft.com/v2/acme/pad/tags/list",
    "pkg:oci/pad@sha256:0?repository_url=ghcr.io/acme/pad": "https://ghcr.io" + oci.LOGIN,
    "pkg:oci/pad@sha256:0?repository_url=docker.io/library/pad": (
        "https://hub.docker.com/v2/namespaces/library/repositories/pad"
    ),
    "pkg:terraform/registry.opentofu.org/acme/pad@1": "https://registry.opentofu.org/v1/providers/acme/pad/versions",
    "pkg:terraform/acme/pad@1": "https://registry.terraform.io/v1/providers/acme/pad",
    "pkg:conda/pad@1?channel=conda-forge": "https://api.anaconda.org/package/conda-forge/pad",
    "pkg:conda/pad@1": "https://api.anaconda.org/package/main/pad",
    "pkg:helm/pad@1?repository_url=https://charts.jetstack.io": (
        "https://artifacthub.io/api/v1/packages/helm/cert-manager/pad"
    ),
    "pkg:cpan/Pad::Left@1": "https://fastapi.metacpan.org/v1/release/Pad-Left",
    "pkg:cocoapods/Pad/Core@1": "https://trunk.cocoapods.org/api/v1/pods/Pad",
    "pkg:brew/homebrew/core/pad@1": "https://formulae.brew.sh/api/formula/pad.json",
}
PRIVATE = [
    "pkg:swift/git.acme.example/acme/pad@1",
    "pkg:swift/acme/pad@1",
    "pkg:docker/acme/pad@1?repository_url=registry.acme.example",
    "pkg:docker/acme/pad@1?repository_url=https://169.254.169.254",
    "pkg:docker/acme/pad@1?repository_url=ghcr.io.acme.example",
    "pkg:docker/acme/pad@1?repository_url=ghcr.io@acme.example",
    "pkg:docker/acme/pad@1?repository_url=ghcr.io:8443",
    "pkg:oci/pad@sha256:0?repository_url=registry.acme.example/acme/pad",
    "pkg:oci/pad@sha256:0",
    "pkg:terraform/registry.acme.example/acme/pad@1",
    "pkg:terraform/pad@1",
    "pkg:conda/pad@1?channel=https://conda.acme.example/team",
    "pkg:conda/pad@1?channel=https://[broken",
    "pkg:helm/pad@1?repository_url=https://charts.acme.example",
    "pkg:helm/pad@1",
    "pkg:cocoapods/Pad@1?repository_url=https://git.acme.example/specs.git",
    "pkg:brew/acme/tap/pad@1",
]


@pytest.mark.parametrize("purl", PUBLIC)
def test_a_public_package_is_looked_up_where_it_is(purl, place):
    assert place(purl) == PUBLIC[purl]


@pytest.mark.parametrize("purl", PRIVATE)
def test_no_purl_chooses_a_place_that_is_on_no_list(purl, place):
    assert "private" in place(purl)


def test_the_configuration_can_add_a_registry_of_images(place):
    purl = "pkg:docker/acme/pad@1?repository_url=registry.acme.example"
    added = {"oci/registry.acme.example": "https://registry.acme.example"}
    assert place(purl, **added) == "https://registry.acme.example/v2/acme/pad/tags/list"
    assert "private" in place("pkg:docker/acme/pad@1?repository_url=other.example", **added)


def test_debian_has_no_address_but_in_the_configuration(place):
    purl = "pkg:deb/debian/libpad1@1?upstream=pad%401"
    assert place(purl) == "1 package: no endpoint configured; name one under [registries]"
    assert place(purl, deb="https://sources.example") == "https://sources.example/api/src/pad/"
    assert place("pkg:deb/ubuntu/pad@1", deb="https://sources.example").endswith(
        "no registry of this type can be asked, so that the rules alone judge it"
    )


def test_one_package_under_two_types_is_asked_about_once(registry, look_up):
    registry.answer("/v2/namespaces/library/repositories/pad", {"name": "pad", "namespace": "library"})
    purls = (
        "pkg:docker/pad@1",
        "pkg:docker/library/pad@2",
        "pkg:oci/pad@sha256:0?repository_url=docker.io/library/pad",
    )
    assert set(look_up(*purls).facts) == set(purls)
    assert len(registry.paths) == len(set(registry.paths))


@pytest.fixture
def public(settings, registry, monkeypatch):
    """Look up where the local registry is the public one, which nobody had to configure."""

    def run(type, *purls):
        monkeypatch.setattr(module(type), "default", lambda: registry.url)
        return resolve(purls, settings=replace(settings, endpoints={}))

    return run


def test_what_the_public_registry_has_at_another_address_is_asked_for_there(public, registry, monkeypatch):
    other = Registry()
    try:
        monkeypatch.setattr(module("cocoapods"), "CDN", other.url)
        registry.answer(cocoapods.PATH, cocoapods.pod("ada")[cocoapods.PATH])
        other.answer(cocoapods.HASHED, cocoapods.spec()[cocoapods.HASHED])
        assert public("cocoapods", cocoapods.PURL).facts[cocoapods.PURL].licence == "MIT"
        assert (registry.paths, other.paths) == ([cocoapods.PATH], [cocoapods.HASHED])
    finally:
        other.close()


def test_a_registry_of_ones_own_is_asked_alone(registry, look_up):
    for path, document in (cocoapods.pod("ada") | cocoapods.spec()).items():
        registry.answer(path, document)
    assert look_up(cocoapods.PURL).facts
    assert registry.paths == [cocoapods.PATH, cocoapods.HASHED]


@pytest.mark.parametrize(("type", "purl"), [("hackage", "pkg:hackage/billing@1"), ("cran", "pkg:cran/billing@1")])
def test_a_package_that_the_public_registry_does_not_know_is_named(type, purl, public):
    """Where a name goes to whoever comes first, that is said as well: dependency confusion."""
    gap = public(type, purl).gaps[0]
    assert gap.subject == purl.partition("@")[0]
    assert "not found" in gap.reason
    assert ("anybody" in gap.reason or "anyone" in gap.reason) == (type == "hackage")


def test_a_token_of_an_image_is_for_its_documents_only(registry, look_up):
    for path, document in oci.image().items():
        registry.answer(path, document)
    look_up(oci.PURL)
    assert [headers["Authorization"] for _, headers in registry.requests] == [None, *["Bearer secret"] * 3]


@pytest.fixture
def tls(monkeypatch):
    """A registry over TLS, under two names."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    server = Registry(context)
    with authority.cert_pem.tempfile() as path:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        yield server
    server.close()


HOSTS = ("known.example", ".below.example")


def redirect(server, host):
    location = f"https://{host}:{server.server.server_port}/elsewhere"
    server.act("/v2/acme/pad/tags/list", lambda handler: handler.reply(307, location=location))
    server.answer("/elsewhere", {"tags": ["1.0"]})


PURL = "pkg:docker/acme/pad@1?repository_url=mcr.microsoft.com"


def test_a_registry_may_redirect_to_the_hosts_that_are_known_for_it(tls, look_up, monkeypatch):
    monkeypatch.setitem(module("oci").PUBLIC, "mcr.microsoft.com", module("oci").Site(hosts=("localhost",)))
    redirect(tls, "localhost")
    address = tls.url.replace("https://", "https://ada:hunter2@")
    assert look_up(PURL, endpoints={"oci": address}).facts
    assert tls.paths[:2] == ["/v2/acme/pad/tags/list", "/elsewhere"]
    assert [headers["Authorization"] is None for _, headers in tls.requests[:2]] == [False, True]


def test_and_to_no_others(tls, look_up):
    redirect(tls, "localhost")
    found = look_up(PURL, endpoints={"oci": tls.url})
    assert "redirects to another host" in found.gaps[0].reason
    assert tls.paths == ["/v2/acme/pad/tags/list"]


@pytest.mark.parametrize("host", ["known.example", "a.below.example", "a.b.below.example"])
def test_a_host_is_known_by_its_name_or_by_what_it_is_below(host):
    assert redirected("https://registry.example/x", f"https://{host}/y", HOSTS) == f"https://{host}/y"


@pytest.mark.parametrize(
    "host", ["unknown.example", "a.known.example", "myknown.example", "mybelow.example", "known.example.other.example"]
)
def test_a_host_that_only_looks_like_a_known_one_is_another(host):
    with pytest.raises(RegistryError, match="another host"):
        redirected("https://registry.example/x", f"https://{host}/y", HOSTS)


def test_every_site_has_an_address(tmp_path):
    for type in ("oci", "terraform"):
        for site, address in module(type).SITES.items():
            (found,) = Endpoints(Settings(cache=tmp_path), {}).of(type, f"{site}/acme/pad")
            assert (found.base, found.public) == (address, True)
