"""The command line: one module a command, found by folder and imported only when it is called."""

import atexit
import gc
import importlib
import os
import sys
from typing import Any, NoReturn

import click

from scanner import __version__
from scanner.errors import OutlastError

SHARED = ("__init__", "complete", "options", "progress", "run", "split", "wrong_use")
"""Modules of this folder that are no command. (pkgutil would tell them apart, and costs 10 ms.)"""

GROUPS = {
    "Look": ("scan", "explain", "backhoe", "plan"),
    "Hold the line": ("init", "check", "baseline", "diff", "hook"),
    "Many projects": ("batch", "portfolio"),
    "What it works with": ("rules", "cache", "doctor", "completion"),
}
"""The commands as the help shows them, in the order in which a newcomer meets them; a test holds them complete."""

COMPLETE = "_OUTLAST_COMPLETE"
"""Set by a shell that asks for completions."""


@atexit.register
def _leave() -> None:
    """What is left goes with the process: a last search for cycles is a tenth of a scan. DuckDB complains without."""
    if "duckdb" not in sys.modules:
        gc.freeze()


class Commands(click.Group):
    """Commands named like the modules of this folder; each module's `command` is loaded on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        names = (name.removesuffix(".py") for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py"))
        return sorted(name for name in names if name not in SHARED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"scanner.cli.{cmd_name}").command
        _add_debug(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each group under its heading, all in one column."""
        column = max(map(len, self.list_commands(ctx)))
        for heading, names in GROUPS.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(heading):
                formatter.write_dl([(f"{name:<{column}}", item.get_short_help_str(80)) for name, item in found if item])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"no command {args[0]!r}{hint}", ctx) from error


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, "-V", "--version", prog_name="outlast")
@click.option("--debug", is_flag=True, expose_value=False, help="Show the cause of an error.")
def cli() -> None:
    """Would your software outlast its suppliers?

    outlast reads the SBOMs, lockfiles and deployment files of a project and says which of the technologies
    underneath are commons, and which hang on a single actor.

    \b
    outlast scan                      what this directory hangs on
    outlast scan --html report.html   the same, to show around
    outlast explain postgresql        a verdict's sum and its sources
    outlast init && outlast check     a policy, and what breaks it
    """


def main() -> None:
    """Run the command line: 0 fine, 1 findings, 2 usage or unreadable input, 3 incomplete under --strict."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if COMPLETE in os.environ:
        importlib.import_module("scanner.cli.complete")
    try:
        sys.exit(cli(prog_name="outlast", standalone_mode=False, complete_var=COMPLETE) or 0)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        from scanner.cli.wrong_use import words

        if len(sys.argv) == 1:  # the help, whole
            click.echo(error.format_message(), err=True)
            sys.exit(2)
        _stop(error, words(error), 2)
    except OutlastError as error:
        _stop(error, str(error), error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)


def _stop(error: Exception, message: str, code: int) -> NoReturn:
    """One line; with --debug, looked for here since a wrong use may be why nothing was parsed, its cause as well."""
    if "--debug" in sys.argv:
        import traceback

        traceback.print_exception(error)
    click.echo(f"outlast: {''.join(char if char.isprintable() else ' ' for char in message)}", err=True)
    sys.exit(code)


def _add_debug(command: click.Command) -> None:
    """Every command takes --debug."""
    if isinstance(command, click.Group):
        command.no_args_is_help = False  # one line says what is missing
        for part in command.commands.values():
            _add_debug(part)
    elif not any(param.name == "debug" for param in command.params):
        debug = click.Option(["--debug"], is_flag=True, expose_value=False, help="Show the cause of an error.")
        command.params.append(debug)
