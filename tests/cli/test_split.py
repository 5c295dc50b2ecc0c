"""outlast scan --split: a report for each project of a monorepo."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def monorepo(outlast):
    """Three projects, one of which is the folder itself and one of which is flagged."""
    for folder, pin in ((".", "flask==3.0.0"), ("services/api", "boto3==1.0.0"), ("services/web", "click==8.0.0")):
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, "requirements.txt").write_text(f"{pin}\n")


def purls(path):
    return [component["purl"] for component in json.loads(Path(path).read_text())["components"]]


def test_each_root_has_its_own_report_named_by_its_path(monorepo, outlast):
    assert outlast("scan", "--split", "--offline", "--quiet", "--output", "json=report.json").code == 0
    assert purls("report.json") == ["pkg:pypi/flask@3.0.0"]
    assert purls("report-services-api.json") == ["pkg:pypi/boto3@1.0.0"]
    assert purls("report-services-web.json") == ["pkg:pypi/click@8.0.0"]
    assert json.loads(Path("report-services-api.json").read_text())["project"]["name"] == "services/api"


def test_folders_whose_names_come_to_one_keep_a_report_each(outlast):
    for folder, pin in (("a/b", "boto3==1.0.0"), ("a-b", "click==8.0.0")):
        Path(folder).mkdir(parents=True)
        Path(folder, "requirements.txt").write_text(f"{pin}\n")
    outlast("scan", "--split", "--offline", "--quiet", "--output", "json=report.json")
    assert purls("report-a%2Fb.json") == ["pkg:pypi/boto3@1.0.0"]
    assert purls("report-a-b.json") == ["pkg:pypi/click@8.0.0"]


def test_without_it_a_monorepo_is_one_project(monorepo, outlast):
    assert outlast("scan", "--offline", "--quiet", "--output", "json=report.json").code == 0
    assert len(purls("report.json")) == 3


def test_reports_to_standard_output_come_one_after_the_other(monorepo, outlast):
    text, names = outlast("scan", "--split", "--offline", "--format", "json").out, []
    while text := text.lstrip():
        report, end = json.JSONDecoder().raw_decode(text)
        names.append(report["project"]["name"])
        text = text[end:]
    assert names[1:] == ["services/api", "services/web"]


def test_one_flagged_project_fails_the_gate(monorepo, outlast):
    gate = ("scan", "--split", "--offline", "--fail-on", "flagged")
    assert outlast(*gate).code == 1
    assert outlast(*gate, "--exclude", "services/api").code == 0


def test_it_wants_one_directory(monorepo, outlast):
    run = outlast("scan", "--split", "requirements.txt")
    assert (run.code, "--split wants one directory" in run.err) == (2, True)
