"""The recipes for CI: their shape, and their own steps run in a shell, as far as that goes without the platform."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scanner.cli import Commands, cli
from scanner.config import load
from scanner.read import read

ROOT = Path(__file__).resolve().parent.parent
CI = ROOT / "docs" / "ci"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}
GITLAB = list(yaml.safe_load_all((CI / "gitlab.yml").read_text("utf-8")))
JENKINS = (CI / "Jenkinsfile").read_text("utf-8")
SAFE, FLAGGED = "psycopg==3.2.12\n", "pynamodb==6.1.0\n"
WORDS = {"inputs.path": ".", "inputs.arguments": "--offline", "inputs.fail": "true", "inputs.token": "token"}


@pytest.fixture
def runner(tmp_path, compiled):
    """A runner's folders, an `outlast` on the path, and a project under git."""

    class Runner:
        project, temp = tmp_path / "project", tmp_path / "temp"
        environment = os.environ | {
            "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GITHUB_REPOSITORY": "acme/shop",
            "RUNNER_TEMP": str(tmp_path / "temp"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }

        def sh(self, script, *, check=True, by=("bash", "--noprofile", "--norc", "-eo", "pipefail"), **more):
            return subprocess.run(
                [*by, "-c", script], cwd=self.project, env=self.environment | more,
                capture_output=True, text=True, check=check,
            )  # fmt: skip

        def step(self, name, check=True, **words):
            """Run a step of the action with its own environment, expressions filled in."""
            known = {"runner.temp": str(self.temp)} | WORDS | words
            own = {key: filled(value, known) for key, value in STEPS[name].get("env", {}).items()}
            return self.sh(STEPS[name]["run"], check=check, **own)

        def output(self):
            lines = (tmp_path / "output").read_text().splitlines()
            return dict(line.split("=", 1) for line in lines)

        def program(self, name, text):
            path = tmp_path / "bin" / name
            path.write_text(f"#!/bin/sh\n{text}\n")
            path.chmod(0o755)

        def commit(self, requirements):
            (self.project / "requirements.txt").write_text(requirements)
            self.sh("git add --all && git -c user.name=a -c user.email=a@b.example commit --quiet --message change")

    made = Runner()
    for folder in (made.project, made.temp, tmp_path / "bin"):
        folder.mkdir()
    shutil.copytree(compiled, made.temp / "outlast-cache")
    made.program("outlast", f'exec {sys.executable} -m scanner "$@"')
    made.sh("git init --quiet --initial-branch main")
    (made.project / "outlast.toml").write_text("[scan]\noffline = true\n")
    return made


def filled(text, words):
    return re.sub(r"\$\{\{ *(.+?) *\}\}", lambda match: words[match[1]], str(text))


def test_the_action_is_composite_with_described_inputs_and_outputs():
    assert ACTION["runs"]["using"] == "composite"
    assert all(entry["description"] for kind in ("inputs", "outputs") for entry in ACTION[kind].values())
    assert all("default" in entry for entry in ACTION["inputs"].values())
    for step in ACTION["runs"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        assert "shell" in step or "uses" in step


def test_no_expression_stands_in_a_script_of_the_action():
    """What a pull request can set would be run; it goes through the environment."""
    assert [name for name, step in STEPS.items() if "${{" in step["run"]] == []


def test_the_action_uses_each_of_its_inputs_and_no_other():
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([a-z]+)", text)) == set(ACTION["inputs"])


def test_the_action_checks_summarises_and_tells_its_code(runner):
    runner.commit(FLAGGED)
    runner.step("Check")
    assert runner.output()["code"] == "1"
    results = json.loads(Path(runner.output()["sarif"]).read_text())["runs"][0]["results"]
    assert [result["properties"]["id"] for result in results] == ["amazon-dynamodb"]
    assert "Amazon DynamoDB" in Path(runner.environment["GITHUB_STEP_SUMMARY"]).read_text()


def test_the_action_goes_on_where_nothing_can_be_read_and_tells_it(runner):
    runner.step("Check")
    assert runner.output()["code"] == "2"


@pytest.mark.parametrize(
    ("code", "fail", "ends"),
    [("0", "true", 0), ("1", "true", 1), ("1", "false", 0), ("2", "false", 2), ("3", "true", 3)],
)
def test_the_action_ends_as_it_was_told_to(runner, code, fail, ends):
    words = {"steps.check.outputs.code": code, "inputs.fail": fail}
    assert runner.step("Result", check=False, **words).returncode == ends


@pytest.mark.parametrize(("known", "method"), [("", "POST"), ("4711", "PATCH")])
def test_the_action_comments_once_and_then_changes_its_comment(runner, known, method):
    """`gh` is played by a script that writes down what it was asked."""
    runner.commit(SAFE)
    base = runner.sh("git rev-parse HEAD").stdout.strip()
    runner.commit(FLAGGED)
    asked = runner.temp / "asked"
    runner.program("gh", f'echo "$@" >> {asked}; case "$*" in *--jq*) echo {known};; esac')
    words = {"github.event.pull_request.base.sha": base, "github.event.pull_request.number": "7"}
    runner.step("Comment on the pull request", **words)
    last = asked.read_text().splitlines()[-1]
    assert f"--method {method} repos/acme/shop/issues/" in last
    comment = (runner.temp / "outlast-comment.md").read_text()
    assert comment.startswith("<!-- outlast -->\n### outlast: ")
    assert "**Amazon DynamoDB**" in comment


def test_a_token_that_may_not_comment_fails_nothing(runner):
    runner.commit(SAFE)
    base = runner.sh("git rev-parse HEAD").stdout.strip()
    runner.program("gh", "exit 1")
    words = {"github.event.pull_request.base.sha": base, "github.event.pull_request.number": "7"}
    assert "::notice::" in runner.step("Comment on the pull request", **words).stdout


def test_the_workflow_asks_for_what_the_action_needs_and_no_more():
    workflow = yaml.safe_load((CI / "github.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read", "security-events": "write", "pull-requests": "write"}
    uses = [step["uses"] for step in workflow["jobs"]["outlast"]["steps"]]
    assert uses[-1] == "OWNER/outlast@TAG"


def test_the_gitlab_component_has_a_header_and_a_job():
    header, body = GITLAB
    assert set(header) == {"spec"}
    used = set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", (CI / "gitlab.yml").read_text("utf-8")))
    assert used == set(header["spec"]["inputs"])
    assert body["outlast"]["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"


def test_the_gitlab_job_makes_a_code_quality_report_and_fails_on_findings(runner):
    runner.commit(FLAGGED)
    (script,) = GITLAB[1]["outlast"]["script"]
    done = runner.sh(script, check=False, OUTLAST_PATH=".", OUTLAST_ARGUMENTS="--offline")
    assert done.returncode == 1
    (issue,) = json.loads((runner.project / "gl-code-quality-report.json").read_text())
    assert issue["location"] == {"path": "requirements.txt", "lines": {"begin": 1}}
    assert (runner.project / "outlast.html").exists()


def test_the_jenkins_pipeline_is_balanced_and_its_check_runs(runner):
    bare = re.sub(r"'[^']*'|\"[^\"]*\"|//.*", "", JENKINS)
    for opened, closed in ("{}", "()"):
        assert bare.count(opened) == bare.count(closed) > 0
    runner.commit(SAFE)
    _, check = re.findall(r"sh '([^']+)'", JENKINS)
    runner.sh("mkdir -p .outlast/bin && ln -s $(command -v outlast) .outlast/bin/outlast")
    runner.sh(f"{check} --offline", by=("sh",))
    assert (runner.project / "outlast.sarif").exists()


@pytest.mark.parametrize(("requirements", "code"), [(SAFE, 0), (FLAGGED, 1)])
def test_the_shell_recipe_leaves_its_reports_and_the_exit_code(runner, requirements, code):
    runner.commit(SAFE)
    runner.commit(requirements + "# changed\n")
    done = runner.sh(str(CI / "outlast.sh"), check=False, OUTLAST_BASE="HEAD~1", by=("sh",))
    assert done.returncode == code
    made = {path.name for path in (runner.project / "outlast-reports").iterdir()}
    assert made == {"diff.md", "outlast.sarif", "outlast.md", "outlast.html"}


def test_the_image_runs_as_nobody_in_particular_and_outlast_reads_its_recipe():
    lines = (CI / "Containerfile").read_text("utf-8").splitlines()
    assert 'ENTRYPOINT ["outlast"]' in lines
    assert "USER 10001" in lines
    images = {item.purl for item in read([str(CI / "Containerfile")]).components}
    assert images == {"pkg:docker/library/python@3.13-slim"}


def test_every_recipe_is_listed():
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert {path.name for path in CI.iterdir()} == set(re.findall(r"\]\(ci/([^)]+)\)", page))


@pytest.mark.parametrize("path", [*sorted(CI.iterdir()), ROOT / "docs" / "start.md"], ids=lambda path: path.name)
def test_nobody_is_told_to_take_outlast_from_an_index_where_it_is_not(path):
    for line in path.read_text("utf-8").splitlines():
        installs = re.search(r"pip install (.*)", line)
        assert (
            not installs
            or "--no-index" in line
            or "outlast" not in installs[1].replace("/outlast/", "").split("#")[0].split()
        )


WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_each_job_says_what_more_it_needs(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_the_workflows_run_what_there_is():
    makefile, texts = (ROOT / "Makefile").read_text("utf-8"), "".join(path.read_text("utf-8") for path in WORKFLOWS)
    for target in re.findall(r"^ +make (\w+)$", texts, re.MULTILINE):
        assert f"\n{target}: " in makefile
    assert ".ci/run" in texts
    assert "uses: ./\n" in texts
    assert "make lint types own\n" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_outlast_asks_of_itself_what_it_asks_of_others():
    config = load(ROOT / ".ci" / "outlast.toml")
    assert (config.file.policy[0].effect, config.file.policy[0].verdict) == ("deny", "flagged")
    assert config.file.exception == ()


@pytest.mark.parametrize("path", [ROOT / "action.yml", *sorted(CI.iterdir())], ids=lambda path: path.name)
def test_every_option_in_a_recipe_is_one_that_there_is(path):
    context = Commands.make_context(cli, "outlast", ["--help"], resilient_parsing=True)
    for line in path.read_text("utf-8").replace("\\\n", " ").splitlines():
        call = re.search(r"\boutlast (check|diff|scan|hook|baseline) (.*)", line)
        command = cli.get_command(context, call[1]) if call else None
        known = {option for param in command.params for option in param.opts} if command else set()
        wanted = {word.partition("=")[0] for word in re.findall(r"(?<!\S)--[a-z-]+", call[2])} if call else set()
        assert wanted <= known, line


def test_the_hooks_are_what_pre_commit_wants():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["outlast", "outlast-system"]
    assert {hook["entry"] for hook in hooks} == {"outlast hook"}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0


def test_the_issue_forms_have_what_github_wants():
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = yaml.safe_load(path.read_text("utf-8"))
        if path.name != "config.yml":
            assert {"name", "description", "body"} <= form.keys()
            ids = [field["id"] for field in form["body"]]
            assert len(ids) == len(set(ids)) == len(form["body"])
