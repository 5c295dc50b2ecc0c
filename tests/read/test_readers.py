"""Behaviour of single readers that no folder of fixtures can show."""

import json

from scanner.read.deploy import ansible_requirements, helm, kubernetes
from scanner.read.formats import choose
from scanner.read.javascript import package_lock
from scanner.read.jvm import pom_xml
from scanner.read.python import requirements
from scanner.read.source import Source


def source(path, text, **neighbours):
    files = {name.replace("__", "/").replace("_", "."): data.encode() for name, data in neighbours.items()}
    return Source(path, text.encode(), files.get)


def test_a_chart_leaves_its_dependencies_to_the_lockfile_beside_it():
    chart = "apiVersion: v2\ndependencies:\n  - {name: redis, version: 1.0.0, repository: 'https://charts.example'}\n"
    assert [c.name for c in helm.read(source("Chart.yaml", chart))] == ["redis"]
    assert list(helm.read(source("Chart.yaml", chart, Chart_lock="dependencies: []\n"))) == []


def test_ansibles_requirements_are_no_chart():
    found = choose("requirements.yaml", b"collections:\n  - name: community.general\n")
    assert found.name == "ansible-requirements"


def test_a_play_is_no_list_of_roles():
    assert not ansible_requirements.recognises(b"- name: Install the web server\n  hosts: web\n")
    assert ansible_requirements.recognises(b"- name: geerlingguy.nginx\n")


def test_a_template_for_a_manifest_is_none():
    assert kubernetes.recognises(b"apiVersion: v1\nkind: Pod\n")
    assert not kubernetes.recognises(b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n")


def test_a_workflow_that_writes_a_manifest_is_still_a_workflow():
    head = b"on: push\njobs:\n  a:\n    steps:\n      - run: |\n          apiVersion: v1\n          kind: Pod\n"
    found = choose(".github/workflows/deploy.yml", head)
    assert getattr(found, "name", None) == "github-workflow"


def test_files_for_development_and_tests_tell_it_by_their_name():
    scopes = {
        "requirements.txt": "runtime",
        "requirements-dev.txt": "development",
        "dev_requirements.txt": "development",
        "requirements/test.txt": "test",
        "docs/requirements.txt": "development",
        "devices/requirements.txt": "runtime",
    }
    found = {path: next(iter(requirements.read(source(path, "a==1\n")))).scope for path in scopes}
    assert found == scopes


def test_files_that_include_each_other_are_read_once():
    one = source(
        "requirements.txt", "-r two.txt\na==1\n", two_txt="-r requirements.txt\nb==1\n", requirements_txt="a==1\n"
    )
    assert [c.name for c in requirements.read(one)] == ["b", "a"]


def test_a_parent_of_a_pom_that_is_its_own_parent_ends():
    pom = "<project><parent><artifactId>a</artifactId><relativePath>pom.xml</relativePath></parent><artifactId>a</artifactId></project>"
    assert list(pom_xml.read(source("pom.xml", pom, pom_xml=pom))) == []


def test_properties_of_a_pom_that_multiply_end():
    doubling = "".join(f"<p{n}>${{p{n - 1}}}${{p{n - 1}}}</p{n}>" for n in range(1, 60))
    pom = (
        f"<project><properties><p0>x</p0>{doubling}</properties><dependencies><dependency><groupId>g</groupId>"
        "<artifactId>a</artifactId><version>${p59}</version></dependency></dependencies></project>"
    )
    assert [c.name for c in pom_xml.read(source("pom.xml", pom))] == ["g/a"]


def test_npm_looks_for_what_a_package_needs_where_node_would():
    packages = {
        "": {"dependencies": {"a": "1", "b": "1"}},
        "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "2", "c": "1"}},
        "node_modules/a/node_modules/b": {"version": "2.0.0", "dependencies": {"c": "1"}},
        "node_modules/b": {"version": "1.0.0"},
        "node_modules/c": {"version": "1.0.0"},
    }
    lock = json.dumps({"lockfileVersion": 3, "packages": packages}, indent=2)
    found = {c.purl: c for c in package_lock.read(source("package-lock.json", lock))}
    assert found["pkg:npm/a@1.0.0"].requires == ("pkg:npm/b@2.0.0", "pkg:npm/c@1.0.0")
    assert found["pkg:npm/b@2.0.0"].requires == ("pkg:npm/c@1.0.0",)
    assert (found["pkg:npm/b@2.0.0"].direct, found["pkg:npm/b@1.0.0"].direct) == (False, True)
