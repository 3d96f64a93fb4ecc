"""Where the command begins: what is known already is answered here, before the rest of the program is imported."""

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

from generator.cli.help_pages import asked_page, help_language

# Most objects of a command live until its end. Python's garbage collector runs after every 700 new objects, which takes
# up to a tenth of a command's time.
OBJECTS_BETWEEN_LOOKS = 100_000


def main() -> NoReturn:
    """Answers `--help`, and `run` and `status` where nothing has changed, at once; else runs the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows code pages may lack some of the report's characters
            stream.reconfigure(encoding="utf-8", errors="replace")
    if (answer := _known_answer(sys.argv[1:])) is not None:
        sys.stdout.write(answer)
        sys.exit(0)
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    from generator.cli.commands import run_command

    run_command()


def form_of(lang: str | None, *, as_json: bool) -> str:
    """Returns the name under which an answer is kept: its language and output format, as options."""
    return f"--lang {lang or ''} {'--json' if as_json else ''}"


def _known_answer(arguments: list[str]) -> str | None:
    """Returns what the command prints if it is a ready text; None if the command must run."""
    if "--help" in arguments:
        return asked_page(arguments, help_language(arguments, os.environ))
    if arguments[:1] not in (["run"], ["status"]):
        return None
    root, lang, as_json, rest = ".", "", False, iter(arguments[1:])
    for option in rest:
        match option:
            case "--workspace":
                root = next(rest, "")
            case "--lang":
                lang = next(rest, "")
            case "--json":
                as_json = True
            case _:
                return None  # another spelling, --help, or a mistake: the command itself tells
    from generator.app.nothing_new import kept_answer

    return kept_answer(Path(root), f"{arguments[0]} {form_of(lang, as_json=as_json)}")
