"""The help of every command, for docs/commands.md."""

from collections.abc import Iterator

import click

from scanner.cli import cli


def reference() -> str:
    """One section a command, with its help as it is printed 80 columns wide."""
    return "\n\n".join(_sections("outlast", cli, None))


def commands(name: str, command: click.Command, parent: click.Context | None) -> Iterator[tuple[str, click.Context]]:
    """The command and all below it, by the words that call them."""
    context = click.Context(command, parent, info_name=name, terminal_width=78, max_content_width=80)
    context.help_option_names = ["-h", "--help"]
    yield context.command_path, context
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            below = command.get_command(context, word)
            assert below is not None
            yield from commands(word, below, context)


def _sections(name: str, command: click.Command, parent: click.Context | None) -> Iterator[str]:
    for path, context in commands(name, command, parent):
        depth = "##" if path.count(" ") < 2 else "###"
        yield f"{depth} {path}\n\n```text\n{context.get_help().rstrip()}\n```"
