"""The errors a user can cause, each with its exit code (0 and 1 are results, not errors)."""


class OutlastError(Exception):
    """Base of every error shown to the user as one line; anything else is a bug of ours."""

    exit_code = 2


class ReadError(OutlastError):
    """An input that cannot be read.

    `path` is the file as the user knows it, `place` the spot inside it ("line 3", "$.packages"), or "". Words of the
    file may be in both, so both are made one line.
    """

    def __init__(self, path: str, message: str, place: str = "") -> None:
        self.path, self.place, self.message = path, " ".join(place.split()), " ".join(message.split())
        super().__init__(": ".join(part for part in (self.path, self.place, self.message) if part))


class RuleError(OutlastError):
    """A rule record that breaks its schema or the lint."""


class ConfigError(OutlastError):
    """A configuration file with a wrong key, value or syntax."""


class UsageError(OutlastError):
    """A command line that cannot mean anything."""
