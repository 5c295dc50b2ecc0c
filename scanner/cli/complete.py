"""Shell completion: the words that the rules know, offered where a command wants one.

The scripts for bash, zsh and fish are click's, https://click.palletsprojects.com/en/stable/shell-completion/
"""

from collections.abc import Iterable

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from scanner.errors import OutlastError

SIGNS = (":", "=")
"""Where bash cuts a word in two."""
KINDS = ("actor:", "country:", "registry:", "forge:", "technology:")


def technologies(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of technologies, with their names."""
    book = _book(ctx)
    return [CompletionItem(id, help=book.name(id)) for id in book.ids if id.startswith(incomplete)] if book else []


def losses(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What --lose takes: a kind, then an id of that kind."""
    kind, colon, start = incomplete.partition(":")
    if not colon:
        return _items("", KINDS, incomplete)
    book = _book(ctx)
    if book is None:
        return []
    if kind == "actor":
        return _items("actor:", book.actor_ids, start)
    if kind == "country":
        seats = {book.actor(id).jurisdiction for id in book.actor_ids}
        return _items("country:", (seat for seat in seats if len(seat) == len("FR")), start.upper())
    if kind == "registry":
        return _items("registry:", set(book.index.exact), start)
    forges = (id for id in book.ids if kind == "technology" or book.technology(id).record.kind == "forge")
    return _items(f"{kind}:", forges, start) if f"{kind}:" in KINDS else []


def choices(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What --choose takes: OLD=NEW, two ids of technologies."""
    book = _book(ctx)
    if book is None:
        return []
    old, sign, start = incomplete.partition("=")
    return _items(f"{old}=", book.ids, start) if sign else _items("", (f"{id}=" for id in book.ids), old)


def formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of the formats that are read."""
    from scanner.read.names import declared

    return _items("", {reader.name for reader in declared()}, incomplete)


def _items(prefix: str, words: Iterable[str], start: str) -> list[CompletionItem]:
    return [CompletionItem(f"{prefix}{word}") for word in sorted(words) if word.startswith(start)]


def _book(ctx: click.Context):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a Rulebook, loaded only here
    """The rules in force; None where they or the configuration cannot be read, which is no time to complain."""
    from scanner import config
    from scanner.rulebook import open_rulebook

    try:
        settings = config.load(ctx.params.get("config"))
        return open_rulebook([*settings.rules, *(ctx.params.get("rules") or ())], settings.cache)
    except OutlastError:
        return None


@add_completion_class
class Bash(BashComplete):
    """bash takes "actor:amazon" and "old=new" for three words, and wants only what follows the sign, at once."""

    source_template = BashComplete.source_template.replace(
        "COMPREPLY+=($value)", "COMPREPLY+=($value)\n            [[ $value == *[:=] ]] && compopt -o nospace"
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor's, and the one at the cursor, put together again at their signs."""
        args, incomplete = super().get_completion_args()
        words: list[str] = []
        for word in [*args, incomplete]:
            if words and not words[-1].startswith("-") and (word in SIGNS or words[-1].endswith(SIGNS)):
                words[-1] += word
            else:
                words.append(word)
        return words[:-1], words[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """Its type, and its value without what stands before the sign already."""
        before, sign, id = item.value.partition("=" if "=" in item.value else ":")
        return f"{item.type},{id if sign and id else before + sign}"
