"""Where the command begins: `seuranta run` with nothing new is answered here, before the rest is imported."""

import sys
from pathlib import Path
from typing import NoReturn


def main() -> NoReturn:
    """Answers at once where nothing has changed since a run that found nothing to do; else runs the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows code pages may lack some of the report's characters
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.argv[1:2] == ["run"] and (answer := _known_answer(sys.argv[2:])) is not None:
        sys.stdout.write(answer)
        sys.exit(0)
    from generator.cli.commands import run_command

    run_command()


def _known_answer(options: list[str]) -> str | None:
    """Returns what `run` with these options prints, if that is known."""
    from generator.app.nothing_new import kept_answer, look_at_inputs

    root, form, rest = ".", {"--lang": "", "--json": ""}, iter(options)
    for option in rest:
        match option:
            case "--json":
                form[option] = option
            case "--lang":
                form[option] = next(rest, "")
            case "--workspace":
                root = next(rest, ".")
            case _:
                return None  # the command line tells what is wrong with it
    inputs = look_at_inputs(Path(root), tuple(form.values()))
    return kept_answer(inputs) if inputs else None
