"""Prints why a command stopped or what was typed wrongly, in the reader's language; typer has only English."""

import difflib
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import typer

from generator.cli.help_pages import asked_language, command_of, help_language, locale_language, page_of
from generator.domain.base.language import Language
from generator.domain.base.rule import N_
from generator.errors import SeurantaError, TemplateError

if TYPE_CHECKING:
    from generator.i18n.words import Words

# typer exports only some of its usage errors, and not their base class.
WrongUsage: type[Exception] = typer.BadParameter.__mro__[1]

_OF_EVERY_COMMAND = ("--lang", "--workspace", "--json")


def print_error(error: SeurantaError, words: "Words") -> None:
    """Prints on stderr each fault that an error is made of, with its advice."""
    for fault in error.each:
        typer.echo(_placed(fault, words), err=True)
        if fault.advice:
            typer.echo(words(fault.advice, **fault.values), err=True)


def _placed(fault: SeurantaError, words: "Words") -> str:
    """Returns what an error says; before a template's fault, which file it is in."""
    said, path = words(fault.message, **fault.values), fault.values.get("path")
    return f"{path}: {said}" if path and isinstance(fault, TemplateError) and "{path}" not in fault.message else said


def error_words() -> "Words":
    """The words of the `--lang` language, else Swedish in a Swedish locale, else Finnish.

    The settings are not asked, since they may be the fault. Many users who read Finnish have an English locale.
    """
    from generator.i18n.words import Words

    asked, locale = asked_language(sys.argv), locale_language(os.environ)
    return Words(Language(asked or ("sv" if locale == "sv" else "fi")))


def print_usage_error(error: Any) -> None:
    """Prints on stderr what is wrong with the command line, and where its help is, in the language of `--help`.

    Args:
        error: one of `WrongUsage`.
    """
    from generator.i18n.words import Words

    words, command = Words(Language(help_language(sys.argv, os.environ))), command_of(sys.argv[1:])
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(page_of(command, words.language.value), err=True, nl=False)
        return
    typer.echo(_said(error, words), err=True)
    typer.echo(words(N_("Help: {command}"), command=f"{command} --help"), err=True)


def _said(error: Any, words: "Words") -> str:
    match type(error).__name__:
        case "NoSuchOption":
            if error.option_name in _OF_EVERY_COMMAND and hasattr(error.ctx.command, "commands"):
                return words(N_("{typed} stands after the command, not before it."), typed=error.option_name)
            known = [option for each in error.ctx.command.params for option in each.opts]
            return _unknown(N_("There is no option {typed}."), error.option_name, known, words)
        case "MissingParameter":
            return words(N_("{name} is missing."), name=_name(error.param, words))
        case "BadOptionUsage":
            message = N_("{name} takes no value.") if "=" in _argument(error) else N_("{name} needs a value after it.")
            return words(message, name=error.option_name)
        case "BadParameter" if error.param:
            if "|" not in str(error.param.metavar):
                message = N_("{name} needs another value: {metavar}.")
                return words(message, name=_name(error.param, words), metavar=words(str(error.param.metavar)))
            allowed = words.list(str(error.param.metavar).split("|"))
            message = N_("{name} cannot be “{typed}”. It may be: {allowed}.")
            return words(message, name=_name(error.param, words), typed=_typed(error), allowed=allowed)
    return _said_of_words(error, words)


def _said_of_words(error: Any, words: "Words") -> str:
    """Returns the message about typed words that are not options."""
    commands = getattr(error.ctx.command, "commands", None) if error.ctx else None
    if commands is None:
        return words(N_("There is too much in the command: {typed}"), typed=_typed(error))
    if typed := _typed(error):
        return _unknown(N_("There is no command {typed}."), typed, [*commands], words)
    return words(N_("The command is missing."))


def _unknown(message: str, typed: str, known: list[str], words: "Words") -> str:
    near = difflib.get_close_matches(typed, known, n=1)
    meant = words(N_("Did you mean {near}?"), near=near[0]) if near else ""
    return f"{words(message, typed=typed)} {meant}".rstrip()


def _name(parameter: Any, words: "Words") -> str:
    """Returns an option as it is typed, or an argument as the help names it."""
    is_option = parameter.param_type_name == "option"
    return str(parameter.opts[0]) if is_option else words(parameter.metavar or parameter.name)


def _argument(error: Any) -> str:
    """Returns what was typed of the option that an error is about: `--json=1`."""
    return next((each for each in sys.argv if each.partition("=")[0] == error.option_name), "")


def _typed(error: Any) -> str:
    """Returns what was typed: the part in quotes or brackets in typer's English message."""
    found = re.search(r"'(.*?)'|\((?!s\))(.*?)\)", str(error.message))
    return (found[1] or found[2] or "") if found else ""
