"""More than forty wrong uses: each is one helpful line on standard error, nothing on standard output, and exit code 2."""

import json
import os
from pathlib import Path

import pytest

CYCLONEDX = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []})
FILES = {
    "requirements.txt": "psycopg==3.2.12\n",
    "empty.json": "",
    "broken.json": "{",
    "other.json": '{"schema_version": "9"}',
    "bom.json": CYCLONEDX,
    "notes.txt": "hello",
    "typo.toml": "[scna]\n",
    "type.toml": "[scan]\noffline = 3\n",
    "syntax.toml": "[scan\n",
    "service.toml": '[[policy]]\nname = "a"\nservice = "nowhere"\n',
    "actor.toml": '[[policy]]\nname = "a"\nactor = "amazn"\n',
    "tomorrow.toml": '[[exception]]\nreason = "r"\nowner = "o"\nuntil = "tomorrow"\n',
    "nothing.toml": '[[exception]]\nreason = "r"\nowner = "o"\nuntil = 2027-01-01\n',
    "france.toml": '[[policy]]\nname = "a"\njurisdiction = "France"\n',
    "forever.toml": '[[exception]]\ntechnology = "stripe"\nreason = "r"\nowner = "o"\n',
}
USES = {
    "mistyped command": (["scna"], "no command 'scna'; did you mean 'scan'?"),
    "unknown command": (["frobnicate"], "no command 'frobnicate'; see `outlast --help`"),
    "mistyped command of a group": (["rules", "lnt"], "'lint'"),
    "mistyped option": (["scan", "--offlin"], "'--offline'"),
    "mistyped option of the program": (["--vesion"], "'--version'"),
    "mistyped format": (["scan", "--format", "jsn"], "did you mean 'json'?"),
    "mistyped threshold": (["scan", "--fail-on", "flaged"], "did you mean 'flagged'?"),
    "format that is none": (["scan", "--format", "pdf"], "'pdf' is not one of 'text', 'json'"),
    "option without its value": (["scan", "--format"], "'--format' requires an argument"),
    "output without a file": (["scan", "--output", "json"], "--output json: wants FORMAT=FILE"),
    "output of no format": (["scan", "--output", "pdf=x"], "--output pdf=x: wants FORMAT=FILE"),
    "output to a folder": (["scan", "-o", "folder", "--offline"], "folder: cannot be written: is a directory"),
    "output to nowhere": (["scan", "-o", "no/where", "--offline"], "no/where: cannot be written: no such file or directory; make the folder no first"),
    "date that is none": (["check", "--config", "tomorrow.toml"], "tomorrow.toml:4: exception.until: wants a date such as 2026-12-31"),
    "exception of nothing": (["check", "--config", "nothing.toml"], "for what? add the key 'technology' or 'package'"),
    "jurisdiction by name": (["check", "--config", "france.toml"], "'France': wants a code such as FR, or international, or unknown"),
    "baseline that is a folder": (["check", "--baseline", "folder"], "folder: is a directory; name the file that `outlast baseline write` made"),
    "rules of no such word": (["rules", "list", "databse"], "no technology with 'databse' in its id, name or kind"),
    "rule with a name for an id": (["rules", "new", "My Broker", "--name=x", "--kind=broker", "--homepage=x", "--steward=y"], "'My Broker' is no id; one has small letters"),
    "budget in words": (["plan", "funding", "--budget", "much"], "'much' is not a whole number; see `outlast plan funding --help`"),
    "exit from what is not there": (["plan", "exit", "requirements.txt", "--choose", "postgres=mysql"], "no technology of that id; did you mean postgresql?"),
    "cache that is none": (["cache", "import", "notes.txt"], "notes.txt: is no exported cache; `outlast cache export FILE` writes one"),
    "cache from nowhere": (["cache", "import", "missing"], "missing: cannot be read: no such file or directory"),
    "no shell": (["completion"], "Choose from: bash, zsh, fish; see `outlast completion --help`"),
    "missing input": (["scan", "missing.json"], "missing.json: no such file or directory"),
    "missing input of several": (["scan", "requirements.txt", "missing"], "missing: no such file or directory"),
    "folder without inputs": (["scan", "folder"], "folder: no SBOM, lockfile or deployment file found here"),
    "empty input": (["scan", "empty.json"], "empty.json: is empty"),
    "broken input": (["scan", "broken.json"], "broken.json: is no format that outlast reads; --as FORMAT"),
    "input of no format": (["scan", "notes.txt"], "notes.txt: is no format that outlast reads; --as FORMAT"),
    "mistyped --as": (["scan", "--as", "packagelock", "bom.json"], "did you mean package-lock?"),
    "wrong --as": (["scan", "--as", "package-lock", "notes.txt"], "notes.txt: line 1, column 1"),
    "nothing on standard input": (["scan", "-"], "stdin: is empty"),
    "rule without a name": (["scan", "--offline", "--rules", "records"], "x.yaml: wants the field `name`; rules/README.md describes every field"),
    "missing rules": (["scan", "--rules", "nowhere"], "nowhere: no such directory of rules"),
    "missing configuration": (["scan", "--config", "no.toml"], "no.toml: no such file"),
    "configuration that is a folder": (["scan", "--config", "folder"], "folder: is a directory"),
    "mistyped configuration": (["scan", "--config", "typo.toml"], "typo.toml:1: unknown key 'scna'; did you mean 'scan'?"),
    "wrong type in it": (["scan", "--config", "type.toml"], "type.toml:2: scan.offline: wants true or false"),
    "wrong syntax in it": (["scan", "--config", "syntax.toml"], "syntax.toml: Expected ']'"),
    "policy of no service": (["check", "--config", "service.toml"], "'nowhere': no [[service]] of that name"),
    "policy of a mistyped actor": (["check", "--config", "actor.toml"], "'amazn': no such actor; did you mean"),
    "exception without an end": (["check", "--config", "forever.toml"], "[exception] wants the key 'until'"),
    "missing baseline": (["check", "--baseline", "no.json"], "no.json: no such baseline; `outlast baseline write` makes one"),
    "baseline that is none": (["check", "--baseline", "bom.json"], "bom.json: is no baseline of outlast"),
    "baseline without a verb": (["baseline"], "wants a command: write; see `outlast baseline --help`"),
    "diff of nothing": (["diff"], "Missing argument 'OLD[..NEW]'; see `outlast diff --help`"),
    "diff of no revision": (["diff", "requirements.txt", "nowhere"], "nowhere: no such file or directory, and no git repository"),
    "report of another version": (["diff", "other.json", "."], "other.json: is no report of outlast"),
    "explain of nothing": (["explain"], "Missing argument 'PURL|TECHNOLOGY'; see `outlast explain --help`"),
    "explain of a mistyped technology": (["explain", "postgresq"], "did you mean postgresql"),
    "explain of no purl": (["explain", "pkg:nonsense"], "pkg:nonsense: is no package URL; one looks like pkg:pypi/boto3@1.40.0"),
    "loss of nothing known": (["backhoe", "requirements.txt", "--lose", "actor:nobody"], "--lose actor:nobody: nothing of that"),
    "loss of no kind": (["backhoe", "requirements.txt", "--lose", "everything"], "wants one of actor:"),
    "hook on a broken input": (["hook", "package-lock.json"], "package-lock.json: line 1"),
    "completion for no shell": (["completion", "powershell"], "'powershell' is not one of 'bash', 'zsh', 'fish'"),
    "init over a configuration": (["init"], "outlast.toml is there already; --force overwrites it"),
}  # fmt: skip


@pytest.mark.parametrize("use", USES)
def test_a_wrong_use_is_one_helpful_line_and_exit_2(outlast, use):
    for name, text in FILES.items():
        Path(name).write_text(text)
    Path("folder").mkdir()
    Path("records/technologies/broker").mkdir(parents=True)
    Path("records/technologies/broker/x.yaml").write_text("id: x\n")
    Path("package-lock.json").write_text("{" if use == "hook on a broken input" else '{"lockfileVersion": 3}')
    if use == "init over a configuration":
        Path("outlast.toml").write_text("")
    arguments, says = USES[use]
    before = sorted(os.listdir())
    run = outlast(*arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("outlast: ")
    assert run.err.count("\n") == 1
    assert says in run.err
    assert sorted(os.listdir()) == before


def test_there_are_forty_of_them():
    assert len(USES) >= 40


def test_the_program_alone_shows_its_help(outlast):
    run = outlast()
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("Usage: ")
    assert "  scan " in run.err


def test_the_line_steers_no_terminal(outlast):
    run = outlast("scan", "\x1b[31mred\n\u202etxt.lock")
    assert run.err.count("\n") == 1
    assert "\x1b" not in run.err
    assert "\u202e" not in run.err


def test_debug_shows_the_cause_above_the_line(outlast):
    run = outlast("scan", "missing.json", "--debug")
    assert run.code == 2
    assert "FileNotFoundError" in run.err
    assert run.err.splitlines()[-1] == "outlast: missing.json: no such file or directory"


@pytest.mark.parametrize(
    "arguments", [["check", "--debug", "x"], ["rules", "lint", "--debug", "x"], ["--debug", "scan", "x"], ["diff", "x", "--debug"]]
)  # fmt: skip
def test_every_command_takes_debug(outlast, arguments):
    assert "No such option" not in outlast(*arguments).err
