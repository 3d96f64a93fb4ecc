"""Exceptions that stop a command, with their exit code and the next step.

Faults in people's files are not here; those are values, see `domain/finding.py`.
"""


class SeurantaError(Exception):
    """The command cannot go on: `message` says where and what, `advice` what to do.

    Both are messages of the catalogue whose `{places}` the values fill.
    """

    exit_code = 70

    def __init__(self, message: str, advice: str = "", **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.advice = advice
        self.values = values

    @property
    def each(self) -> "tuple[SeurantaError, ...]":
        """The single faults of the error: only itself, unless it has several."""
        return (self,)

    def __reduce__(self) -> tuple[object, ...]:
        """How it goes from a child process to its parent: whole, and not by its first argument alone."""
        return _made_again, (type(self), self.message, self.advice, self.values)


class SettingsError(SeurantaError):
    """seuranta.toml is missing, is not TOML, or holds a value that is not allowed."""

    exit_code = 2


class SettingsFaultsError(SettingsError):
    """Several faults of seuranta.toml; its message is that of the first."""

    def __init__(self, faults: tuple[SettingsError, ...]) -> None:
        super().__init__(faults[0].message, faults[0].advice, **faults[0].values)
        self.faults = faults

    @property
    def each(self) -> tuple[SeurantaError, ...]:
        """Returns each fault of the file as an error of its own, sorted by line."""
        return self.faults

    def __reduce__(self) -> tuple[object, ...]:
        """Makes `pickle` keep all faults, when a child process sends the error to its parent."""
        return type(self), (self.faults,)


class UsageError(SeurantaError):
    """The command was asked for something that this workspace does not have."""

    exit_code = 2


class RefusedFileError(SeurantaError):
    """A person's file cannot be what it was given for."""

    exit_code = 1


class PlanError(SeurantaError):
    """plan.xlsx cannot be used: no heading row, a double code or an unknown parent."""

    exit_code = 3


class TemplateError(SeurantaError):
    """The Word template is missing, broken, or names a field that does not exist."""

    exit_code = 3


class StoppedTemplateError(TemplateError):
    """The Word template works too long or takes too much memory."""


class FolderError(SeurantaError):
    """A folder or file of the workspace cannot be read or written."""

    exit_code = 4


def _made_again(kind: type[SeurantaError], message: str, advice: str, values: dict[str, object]) -> SeurantaError:
    return kind(message, advice, **values)
