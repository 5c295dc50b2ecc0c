"""Every format that was asked for has a reader, a good and a bad case, and a row in docs/formats.md.

Read by name, from what a person would call the file; the other tests start from the readers, and cannot miss one.
"""

import pytest

from scanner.read.formats import by_name
from tests.book import book
from tests.read.cases import cases
from tests.read.formats_page import PAGE

SBOM = {
    "CycloneDX JSON": ("app.cdx.json", "cyclonedx-json"),
    "CycloneDX XML": ("bom.xml", "cyclonedx-xml"),
    "CycloneDX protobuf": ("app.cdx", "cyclonedx-protobuf"),
    "SPDX 2 JSON": ("app.spdx.json", "spdx-json"),
    "SPDX 2 YAML": ("app.spdx.yaml", "spdx-yaml"),
    "SPDX 2 tag-value": ("app.spdx", "spdx-tag-value"),
    "SPDX 2 RDF/XML": ("app.spdx.rdf", "spdx-rdf"),
    "SPDX 3.0 JSON-LD": ("app.spdx3.json", "spdx3-json"),
    "in-toto statement": ("app.intoto.json", "attestation"),
    "DSSE envelope": ("app.dsse.json", "attestation"),
    "sigstore bundle": ("app.sigstore.json", "attestation"),
    "gzip of CycloneDX": ("app.cdx.json.gz", "gzip"),
    "gzip of SPDX": ("app.spdx.gz", "gzip"),
}
LOCKFILES = {
    "package-lock": ("package-lock.json", "package-lock"),
    "npm-shrinkwrap": ("npm-shrinkwrap.json", "package-lock"),
    "npm's hidden lockfile": (".package-lock.json", "package-lock"),
    "yarn v1": ("yarn.lock", "yarn-classic"),
    "yarn berry": ("yarn.lock", "yarn-berry"),
    "pnpm": ("pnpm-lock.yaml", "pnpm-lock"),
    "Bun": ("bun.lock", "bun-lock"),
    "Deno": ("deno.lock", "deno-lock"),
    "requirements.txt": ("requirements.txt", "requirements"),
    "Poetry": ("poetry.lock", "poetry-lock"),
    "Pipfile": ("Pipfile", "pipfile"),
    "Pipfile.lock": ("Pipfile.lock", "pipfile-lock"),
    "PDM": ("pdm.lock", "pdm-lock"),
    "uv": ("uv.lock", "uv-lock"),
    "PEP 751": ("pylock.toml", "pylock"),
    "conda-lock": ("conda-lock.yml", "conda-lock"),
    "Pixi": ("pixi.lock", "pixi-lock"),
    "environment.yml": ("environment.yml", "conda-environment"),
    "Cargo": ("Cargo.lock", "cargo-lock"),
    "go.mod": ("go.mod", "go-mod"),
    "go.sum": ("go.sum", "go-sum"),
    "go.work": ("go.work", "go-work"),
    "Bundler": ("Gemfile.lock", "gemfile-lock"),
    "Bundler's other name": ("gems.locked", "gemfile-lock"),
    "Composer": ("composer.lock", "composer-lock"),
    "Maven": ("pom.xml", "pom-xml"),
    "Gradle": ("gradle.lockfile", "gradle-lockfile"),
    "Gradle's verification": ("gradle/verification-metadata.xml", "verification-metadata"),
    "Gradle's catalogue": ("gradle/libs.versions.toml", "version-catalog"),
    "sbt": ("build.sbt.lock", "sbt-lock"),
    "NuGet's lockfile": ("packages.lock.json", "packages-lock"),
    ".NET's deps.json": ("app.deps.json", "deps-json"),
    "packages.config": ("packages.config", "packages-config"),
    "project.assets.json": ("obj/project.assets.json", "project-assets"),
    "Paket": ("paket.lock", "paket-lock"),
    "Directory.Packages.props": ("Directory.Packages.props", "directory-packages"),
    "Mix": ("mix.lock", "mix-lock"),
    "Rebar3": ("rebar.lock", "rebar-lock"),
    "pub": ("pubspec.lock", "pubspec-lock"),
    "SwiftPM": ("Package.resolved", "package-resolved"),
    "CocoaPods": ("Podfile.lock", "podfile-lock"),
    "Carthage": ("Cartfile.resolved", "cartfile-resolved"),
    "renv": ("renv.lock", "renv-lock"),
    "Cabal": ("cabal.project.freeze", "cabal-freeze"),
    "Stack": ("stack.yaml.lock", "stack-lock"),
    "Conan": ("conan.lock", "conan-lock"),
    "vcpkg": ("vcpkg.json", "vcpkg"),
    "Bazel": ("MODULE.bazel.lock", "module-bazel-lock"),
    "Nix": ("flake.lock", "flake-lock"),
    "Julia": ("Manifest.toml", "manifest-toml"),
    "Carton": ("cpanfile.snapshot", "cpanfile-snapshot"),
    "opam": ("app.opam.locked", "opam-lock"),
    "LuaRocks": ("luarocks.lock", "luarocks-lock"),
}
DEPLOYMENT = {
    "Dockerfile": ("Dockerfile", "dockerfile"),
    "Containerfile": ("Containerfile", "dockerfile"),
    "compose": ("compose.yaml", "compose"),
    "docker-compose": ("docker-compose.yml", "compose"),
    "Kubernetes": ("deploy/web.yaml", "kubernetes"),
    "Kustomize": ("kustomization.yaml", "kustomization"),
    "Helm's chart": ("Chart.yaml", "helm"),
    "Helm's lockfile": ("Chart.lock", "helm"),
    "Terraform's lockfile": (".terraform.lock.hcl", "terraform-lock"),
    "Terraform": ("main.tf", "terraform"),
    "OpenTofu": ("main.tofu", "terraform"),
    "Pulumi": ("Pulumi.yaml", "pulumi"),
    "CloudFormation": ("stack.yaml", "cloudformation"),
    "SAM": ("template.yaml", "cloudformation"),
    "CDK": ("cdk.out/Shop.template.json", "cloudformation"),
    "App Engine": ("app.yaml", "app-engine"),
    "Serverless Framework": ("serverless.yml", "serverless"),
    "Ansible": ("requirements.yml", "ansible-requirements"),
    "GitHub Actions": (".github/workflows/ci.yml", "github-workflow"),
    "GitLab CI": (".gitlab-ci.yml", "gitlab-ci"),
    "Jenkins": ("Jenkinsfile", "jenkinsfile"),
    "Azure Pipelines": ("azure-pipelines.yml", "azure-pipelines"),
    "Bitbucket Pipelines": ("bitbucket-pipelines.yml", "bitbucket-pipelines"),
    "asdf": (".tool-versions", "tool-versions"),
    "mise": ("mise.toml", "mise-toml"),
    "nvm": (".nvmrc", "version-file"),
    "pyenv": (".python-version", "version-file"),
    "runtime.txt": ("runtime.txt", "runtime-txt"),
}
MARKERS = ("vercel.json", "netlify.toml", "firebase.json", "fly.toml", "wrangler.toml", "Procfile", "cdk.json")
ASKED = SBOM | LOCKFILES | DEPLOYMENT
CASES = [(case.format.name, case.bad) for case in cases()]
ROWS = PAGE.read_text("utf-8")


@pytest.mark.parametrize(("path", "reader"), ASKED.values(), ids=ASKED)
def test_a_format_that_was_asked_for_has_a_reader_with_cases_and_a_row(path: str, reader: str) -> None:
    assert reader in [format.name for format in by_name(path)]
    assert {(reader, False), (reader, True)} <= set(CASES)
    assert f"\n| {reader} |" in ROWS


@pytest.mark.parametrize("name", MARKERS)
def test_a_platforms_own_file_tells_the_platform(name: str) -> None:
    assert book().file_bindings(f"web/{name}")


def test_a_platforms_file_of_a_common_name_tells_it_by_what_it_says() -> None:
    assert [binding.id for binding in book().key_bindings("app.yaml", "app-engine:standard")] == ["google-cloud"]
