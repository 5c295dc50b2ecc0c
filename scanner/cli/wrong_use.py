"""What click says of a wrong use, with what to do next."""

from difflib import get_close_matches

import click


def words(error: click.ClickException) -> str:
    """The message in one sentence, with the word that was meant or the place where help is."""
    message = " ".join(error.format_message().split()).rstrip(".").replace("a valid integer range", "a whole number")
    if "did you mean" in message.lower():
        return message
    if isinstance(error, click.BadParameter) and (near := _near(error, message)):
        return f"{message}; did you mean {near!r}?"
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context and isinstance(context.command, click.Group) and message == "Missing command":
        message = f"wants a command: {', '.join(context.command.list_commands(context))}"
    return f"{message}; see `{context.command_path} --help`" if context else message


def _near(error: click.BadParameter, message: str) -> str:
    """The nearest choice to what was given, which the message begins with."""
    choices = error.param.type.choices if error.param and isinstance(error.param.type, click.Choice) else ()
    quoted = message.split("'")
    given = next((word for word in quoted if f"'{word}' is not" in message), "")
    return next(iter(get_close_matches(given, [str(choice) for choice in choices], n=1)), "")
