"""Makes the pages of `--help` in each language from the commands, and lists their messages for the catalogues."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

import typer

from generator.cli.commands import app
from generator.cli.help_pages import MARK, PROGRAM
from generator.domain.base.settings import Language
from generator.i18n.words import Words

WIDTH, WIDEST_NAME = 80, 30
# What stands around the commands' own words.
OWN_WORDS = (
    "Usage: {command}",
    "[OPTIONS]",
    "COMMAND",
    "Arguments:",
    "Options:",
    "Commands:",
    "[required]",
    "Show this help.",
)
USAGE, OPTIONS, COMMAND, ARGUMENTS_HEADING, OPTIONS_HEADING, COMMANDS_HEADING, REQUIRED, SHOW_HELP = OWN_WORDS


def help_pages(language: Language) -> str:
    """Returns every page of a language, each after a mark and its command."""
    words = Words(language)
    return "".join(f"{MARK}{name}\n{_page(command, name, words)}" for name, command in _commands())


def help_messages() -> tuple[str, ...]:
    """Returns the messages of the catalogue that the pages are made of."""
    found = [*OWN_WORDS]
    for _, command in _commands():
        found.append(_text(command.help))
        for parameter in _parameters(command):
            found += [_text(parameter.help), parameter.metavar or ""]
    return tuple(dict.fromkeys(message for message in found if message and "|" not in message))


def _commands() -> Iterator[tuple[str, Any]]:
    """The groups and commands with their whole names, each group before its commands."""
    waiting: list[tuple[str, Any]] = [(PROGRAM, typer.main.get_command(app))]
    while waiting:
        name, command = waiting.pop(0)
        yield name, command
        waiting += [(f"{name} {child}", each) for child, each in getattr(command, "commands", {}).items()]


def _parameters(command: Any) -> list[Any]:
    return [parameter for parameter in command.params if parameter.name != "help"]


def _text(text: str | None) -> str:
    return " ".join((text or "").split())


def _page(command: Any, name: str, words: Words) -> str:
    arguments = [each for each in _parameters(command) if each.param_type_name == "argument"]
    options = [each for each in _parameters(command) if each.param_type_name == "option"]
    children = getattr(command, "commands", {})
    named = [_argument(each, words) for each in arguments]
    usage = " ".join([name, words(OPTIONS), *named, *([words(COMMAND)] if children else [])])
    lines = [words(USAGE, command=usage), "", *_wrapped(words(_text(command.help)), 2)]
    lines += _section(words(ARGUMENTS_HEADING), [(_metavar(each, words), _help(each, words)) for each in arguments])
    shown = [(_option(each, words), _help(each, words)) for each in options]
    lines += _section(words(OPTIONS_HEADING), [*shown, ("--help", words(SHOW_HELP))])
    firsts = [(child, _first_sentence(words(_text(each.help)))) for child, each in children.items()]
    return "\n".join([*lines, *_section(words(COMMANDS_HEADING), firsts)]) + "\n"


def _argument(parameter: Any, words: Words) -> str:
    metavar = _metavar(parameter, words)
    return metavar if parameter.required else f"[{metavar}]"


def _metavar(parameter: Any, words: Words) -> str:
    return words(parameter.metavar) if parameter.metavar else ""


def _option(parameter: Any, words: Words) -> str:
    return f"{', '.join(parameter.opts)} {_metavar(parameter, words)}".rstrip()


def _help(parameter: Any, words: Words) -> str:
    text = words(_text(parameter.help))
    return f"{text} {words(REQUIRED)}" if parameter.required and parameter.param_type_name == "option" else text


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return first + "." if stop else text


def _section(heading: str, rows: list[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    width = min(max(len(name) for name, _ in rows), WIDEST_NAME) + 4
    lines = ["", heading]
    for name, text in rows:
        first, *more = _wrapped(text, width) or [""]
        is_wide = len(name) + 4 > width
        lines += [f"  {name}", first] if is_wide else [f"  {name}".ljust(width) + first.lstrip()]
        lines += more
    return lines


def _wrapped(text: str, indent: int) -> list[str]:
    return wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent, break_on_hyphens=False)
