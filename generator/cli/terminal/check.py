"""What `seuranta check` prints."""

from generator.app.check import CheckedFile
from generator.cli.terminal.common import print_file
from generator.i18n.words import Words


def print_checked(files: tuple[CheckedFile, ...], words: Words) -> None:
    """Prints each file's findings."""
    for file in files:
        print_file(str(file.path), file.checked, words)
