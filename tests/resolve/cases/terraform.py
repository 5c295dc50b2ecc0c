"""https://developer.hashicorp.com/terraform/registry/api-docs, and the protocol that other registries speak:
https://developer.hashicorp.com/terraform/internals/provider-registry-protocol. Neither tells the licence.
"""

from . import MANY, case, missing

PROVIDER, MODULE = "/v1/providers/acme/pad", "/v1/modules/acme/pad/aws"


def provider(**changes):
    return {
        "id": "acme/pad/1.10.0",
        "owner": "acme-bot",
        "namespace": "acme",
        "name": "pad",
        "version": "1.10.0",
        "tier": "partner",
        "source": "https://github.com/acme/terraform-provider-pad",
        "published_at": "2026-04-09T10:11:12Z",
        "versions": ["1.9.0", "1.10.0"],
        "docs": [],
    } | changes


def module(**changes):
    return provider(tier=None, provider="aws", verified=True, root={"readme": "pad"}) | changes


FACTS = {
    "latest": "1.10.0",
    "released": "2026-04-09",
    "repository": "https://github.com/acme/terraform-provider-pad",
}
OWNED = FACTS | {"organisation": "acme"}
PURL = "pkg:terraform/registry.terraform.io/acme/pad@1.9.0"
CASES = {
    "organisation": case(PURL, {PROVIDER: provider()}, **OWNED),
    "person": case(PURL, {PROVIDER: provider(tier="community")}, **FACTS),
    "withdrawn": case(
        PURL, {PROVIDER: provider(warning="archived, use pad2")}, withdrawn="deprecated: archived, use pad2", **OWNED
    ),
    "unlisted": case(PURL, {PROVIDER: provider(unlisted=True)}, withdrawn="unlisted", **OWNED),
    "no licence": case(PURL, {PROVIDER: provider(source="https://forge.example/pad")}, **OWNED | {"repository": None}),
    "huge": case(PURL, {PROVIDER: provider(docs=[{"title": f"pad_{number}"} for number in range(MANY)])}, **OWNED),
    "missing": missing("pkg:terraform/registry.terraform.io/acme/nothing@1.9.0"),
    "a module": case("pkg:terraform/registry.terraform.io/acme/pad/aws@1.9.0", {MODULE: module()}, **OWNED),
    "a deprecated module": case(
        "pkg:terraform/acme/pad/aws@1.9.0",
        {MODULE: module(verified=False, deprecation={"reason": "use pad2"})},
        withdrawn="deprecated: use pad2",
        **FACTS,
    ),
    "a provider at another registry": case(
        "pkg:terraform/registry.opentofu.org/acme/pad@1.9.0",
        {
            f"{PROVIDER}/versions": {
                "versions": [
                    {"version": "1.9.0", "protocols": ["5.0"]},
                    {"version": "1.10.0"},
                    {"version": "2.0.0-rc1"},
                ],
                "warnings": ["use pad2"],
            }
        },
        latest="1.10.0",
        withdrawn="deprecated: use pad2",
    ),
    "a module at another registry": case(
        "pkg:terraform/registry.opentofu.org/acme/pad/aws@1.9.0",
        {f"{MODULE}/versions": {"modules": [{"versions": [{"version": "1.9.0"}, {"version": "1.10.0"}]}]}},
        latest="1.10.0",
    ),
}
