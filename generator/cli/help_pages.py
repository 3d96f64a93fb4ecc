"""The pages of `--help` in each language, made by tools/build_docs.py: typer takes 100 ms, and speaks English only.

This module is imported before everything else, so it imports almost nothing.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
PROGRAM = "seuranta"
# Each page begins with a line that has this mark and the command's name.
MARK = "\f"
# The primary languages of Windows, as GetUserDefaultUILanguage tells them.
_WINDOWS_LANGUAGES = {0x0B: "fi", 0x1D: "sv", 0x09: "en"}


def help_language(arguments: list[str], environment: Mapping[str, str]) -> str:
    """Returns the language that `--lang` names, else that of the locale, else English."""
    return asked_language(arguments) or locale_language(environment) or "en"


def asked_language(arguments: list[str]) -> str | None:
    """Returns the language that `--lang` names; None if it is none of ours."""
    given = [part for argument in arguments for part in argument.split("=", 1)]
    asked = given[given.index("--lang") + 1 :][:1] if "--lang" in given else []
    return asked[0] if asked and asked[0] in LANGUAGES else None


def locale_language(environment: Mapping[str, str]) -> str | None:
    """Returns the language of the locale; None if it is none of ours."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, names), "")
    if sys.platform == "win32" and not locale:
        import ctypes

        return _WINDOWS_LANGUAGES.get(ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF)
    language = locale.partition("_")[0].partition(".")[0].casefold()
    return language if language in LANGUAGES else None


def asked_page(arguments: list[str], language: str) -> str | None:
    """Returns the help page of the command typed before `--help`; None if there is no such command."""
    pages = _pages(language)
    before = arguments[: arguments.index("--help")]
    command, unknown = _command(before, pages)
    return None if unknown else pages[command]


def command_of(arguments: list[str]) -> str:
    """Returns the full name of the command that is called: `seuranta plan check`; its group's name if it is unknown."""
    return _command(arguments, _pages("en"))[0]


def page_of(command: str, language: str) -> str:
    """Returns a command's page: `seuranta plan check`."""
    return _pages(language)[command]


def _command(arguments: list[str], pages: Mapping[str, str]) -> tuple[str, str]:
    """Returns the command that is called, and what was typed where a command should follow ("": nothing wrong)."""
    command, rest = PROGRAM, iter(arguments)
    for argument in rest:
        if argument in ("--lang", "--workspace"):
            next(rest, None)
        elif f"{command} {argument}" in pages:
            command += f" {argument}"
        elif not argument.startswith("-") and any(name.startswith(f"{command} ") for name in pages):
            return command, argument
    return command, ""


def _pages(language: str) -> dict[str, str]:
    text = (Path(__file__).parent / "help" / f"{language}.txt").read_text(encoding="utf-8")
    pages = (page.partition("\n") for page in text.split(MARK)[1:])
    return {command: page for command, _, page in pages}
