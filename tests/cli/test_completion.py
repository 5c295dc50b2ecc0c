"""Shell completion, in the shells themselves."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.cli.completion import SHELLS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """The folder with what `outlast completion SHELL` prints, in files called by the shell."""
    folder = tmp_path_factory.mktemp("scripts")
    for name in SHELLS:
        with (folder / name).open("w") as file:
            subprocess.run([sys.executable, "-m", "scanner", "completion", name], stdout=file, check=True, cwd=ROOT)
    return folder


@pytest.fixture
def shell(tmp_path, scripts):
    """Run a script in a shell that has `outlast` on its path, after its completion script."""
    program = tmp_path / "bin" / "outlast"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m scanner "$@"\n')
    program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
    }

    def run(name, script, before=":"):
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")
        done = subprocess.run(
            [name, *(["--norc"] if name == "bash" else []), "-c", f"{before}\nsource {scripts / name}\n{script}"],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            cwd=tmp_path,
        )
        return done.stdout.split("\n")

    return run


def typed(line):
    """What bash hands to a completion function for a line, which it takes apart at blanks, colons and equals signs."""
    words = line.replace(":", " : ").replace("=", " = ").split() + ([""] if line.endswith((" ", ":")) else [])
    words = words[:-1] if line.endswith(":") else words
    quoted = " ".join(f"'{word}'" for word in words)
    return f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("outlast che", {"check"}),
        ("outlast scan --off", {"--offline"}),
        ("outlast scan --format js", {"json"}),
        ("outlast scan --as package-lo", {"package-lock"}),
        ("outlast explain postgresq", {"postgresql"}),
        ("outlast rules show amazon-dyn", {"amazon-dynamodb"}),
        ("outlast backhoe --lose act", {"actor:"}),
        ("outlast backhoe --lose actor:broadc", {"broadcom"}),
        ("outlast backhoe --lose country:FR", {"FR"}),
        ("outlast backhoe --lose registry:pyp", {"pypi"}),
        ("outlast backhoe --lose technology:postgresq", {"postgresql"}),
        ("outlast portfolio who-uses amazon-dyn", {"amazon-dynamodb"}),
        ("outlast portfolio backhoe --lose actor:broadc", {"broadcom"}),
        ("outlast plan exit --choose amazon-dyn", {"amazon-dynamodb="}),
        ("outlast plan exit --choose amazon-dynamodb=postgresq", {"postgresql"}),
        ("outlast completion f", {"fish"}),
    ],
)
def test_bash_completes_words_of_click_and_of_the_rules(shell, line, offered):
    script = f"""
compopt() {{ :; }}
{typed(line)}
_outlast_completion outlast
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    assert set(shell("bash", script)) - {""} == offered


def test_bash_is_offered_every_actor_after_the_colon(shell):
    script = f"""
{typed("outlast backhoe --lose actor:")}
_outlast_completion outlast
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    assert {"amazon", "broadcom"} <= set(shell("bash", script))


def test_zsh_takes_the_script_and_gets_ids_with_names(shell):
    """The completion system itself needs a terminal, so what it would be given is looked at."""
    before = """
compdef() { : }
compadd() { print -l "plain:$completions" }
_describe() { print -l $completions_with_descriptions }
"""
    script = """
words=(outlast explain postgresq); CURRENT=3
_outlast_completion
words=(outlast backhoe --lose actor:broadc); CURRENT=4
_outlast_completion
"""
    lines = shell("zsh", script, before)
    assert "postgresql:PostgreSQL" in lines
    assert "plain:actor:broadcom" in lines


def test_fish_completes_ids(shell):
    assert "postgresql" in shell("fish", "complete --do-complete 'outlast explain postgresq'")[0]
    assert shell("fish", "complete --do-complete 'outlast backhoe --lose actor:broadc'")[0] == "actor:broadcom"


def test_a_broken_configuration_completes_nothing_and_complains_of_nothing(shell, tmp_path):
    (tmp_path / "outlast.toml").write_text("[scna]")
    environment = "COMP_WORDS='outlast explain postgresq' COMP_CWORD=2 _OUTLAST_COMPLETE=bash_complete"
    assert shell("bash", f"{environment} outlast 2>&1") in (["", ""], [""])


def test_an_unknown_shell_is_one_clear_line(outlast):
    run = outlast("completion", "bsh")
    assert (run.code, run.out) == (2, "")
    assert "did you mean 'bash'?" in run.err
