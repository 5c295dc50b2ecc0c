"""outlast completion: the script that lets a shell complete commands, options and ids."""

import click

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", short_help="Print the completion script for a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, formats, and the ids of technologies and actors.

    \b
    bash   eval "$(outlast completion bash)"     in ~/.bashrc
    zsh    eval "$(outlast completion zsh)"      in ~/.zshrc, after compinit
    fish   outlast completion fish > ~/.config/fish/completions/outlast.fish
    """
    from click.shell_completion import get_completion_class

    from scanner.cli import COMPLETE, cli, complete

    script = complete.Bash if shell == "bash" else get_completion_class(shell)
    if script is not None:
        click.echo(script(cli, {}, "outlast", COMPLETE).source())
