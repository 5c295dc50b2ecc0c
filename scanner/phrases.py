"""Sentences as the stages make them: English, with named places, each a message of the catalogues in locale/.

A scan holds them in English. A report for people finds the message again in the finished text, and says it in the
language of its reader (scanner.report.sentences); so a stage, and a saved report, need to know no language.
"""


def say(message: str, /, **values: object) -> str:
    """The message with the values in their places; without any, the message is marked for the catalogues."""
    return message.format(**values) if values else message


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """The message for one or for many, with `count` and the other values in their places."""
    return (one if count == 1 else many).format(count=count, **values)


def mark(message: str, /) -> str:
    """The message as it is: who has the words of a language looks it up there."""
    return message
