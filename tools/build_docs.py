"""Writes the generated pages of docs/ (commands, findings, JSON forms, template fields) and the help, from the code.

python tools/build_docs.py
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import typer
from pydantic import BaseModel

from generator.cli.commands import app
from generator.cli.json_forms import CheckedFileForm, PeriodsForm, PlanDiffForm, PlanFindingsForm, RunForm, StatusForm
from generator.domain.base.rule import Rule
from generator.domain.base.rules import RULES
from generator.domain.base.settings import Language
from generator.formats.docx.fields import list_fields
from generator.i18n.words import Words
from tools.field_examples import field_examples
from tools.help_pages import help_pages

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Made by tools/build_docs.py; change the code, not this page. -->\n"
FINNISH, ENGLISH = Words(Language.FINNISH), Words(Language.ENGLISH)
_LANGUAGES = (FINNISH, Words(Language.SWEDISH), ENGLISH)


def commands_page() -> str:
    """Every command with its arguments and options, as `--help` gives them."""
    group = typer.main.get_command(app)
    return f"# Commands\n\n{MADE}\n" + "\n".join(_commands(group, "seuranta"))


def _commands(command: object, name: str) -> Iterator[str]:
    children = getattr(command, "commands", None)
    if children:
        for child_name, child in children.items():
            yield from _commands(child, f"{name} {child_name}")
        return
    yield f"## `{name}`\n"
    yield f"{getattr(command, 'help', '')}\n"
    yield "| option | meaning |\n|---|---|"
    for parameter in getattr(command, "params", ()):
        yield f"| {_spelling(parameter)} | {getattr(parameter, 'help', None) or ''} |"
    yield ""


def _spelling(parameter: object) -> str:
    metavar = getattr(parameter, "metavar", None)
    options = [option for option in getattr(parameter, "opts", ()) if option.startswith("-")]
    if not options:
        return f"`{metavar}`"
    choices = getattr(getattr(parameter, "type", None), "choices", None)
    value = metavar or ("|".join(str(getattr(choice, "value", choice)) for choice in choices) if choices else "")
    return f"`{', '.join(options)}{' ' + value if value else ''}`".replace("|", "\\|")


def findings_page() -> str:
    """Every rule: its word, how heavy it is, what it says and what to do, in Finnish and in English."""
    lines = "\n".join(_finding(rule) for rule in RULES.values())
    return (
        f"# Findings\n\n{MADE}\n"
        "An **error** stops its row, or its file where it has no row. A **question** and a **note** stop nothing.\n"
        "`{value}` is what was read, `{allowed}` what may stand there, `{code}` the goal.\n\n" + lines
    )


def _finding(rule: Rule) -> str:
    finnish = f"{FINNISH(rule.message)} {FINNISH(rule.advice)}"
    english = f"{ENGLISH(rule.message)} {ENGLISH(rule.advice)}"
    return f"## {rule.name}\n\n{rule.severity.value}\n\n- fi: {finnish}\n- en: {english}\n"


def json_page() -> str:
    """The JSON Schema of every form that `--json` gives."""
    forms: tuple[tuple[str, type[BaseModel]], ...] = (
        ("`run --json`", RunForm),
        ("`check --json`: a list of these", CheckedFileForm),
        ("`status --json`", StatusForm),
        ("`plan check --json`", PlanFindingsForm),
        ("`period list --json`", PeriodsForm),
        ("`plan diff --json`", PlanDiffForm),
    )
    return f"# JSON forms\n\n{MADE}\n" + "\n".join(_schema(title, form) for title, form in forms)


def _schema(title: str, form: type[BaseModel]) -> str:
    schema = json.dumps(form.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False)
    return f"## {title}\n\n```json\n{schema}\n```\n"


def fields_page() -> str:
    """What a template may print: the tag to write, what kind of thing it is, what it means, and an example."""
    examples = field_examples()
    rows = "\n".join(
        f"| `{field.name}` | `{field.tag}` | {field.kind} | {' | '.join(words(field.meaning) for words in _LANGUAGES)}"
        f" | {examples.get(field.name, '')} |"
        for field in list_fields()
    )
    heads = "| field | tag | kind | fi | sv | en | example |\n|---|---|---|---|---|---|---|"
    return f"# Template fields\n\n{MADE}\n{heads}\n{rows}\n"


PAGES = {
    "commands.md": commands_page,
    "findings.md": findings_page,
    "json.md": json_page,
    "template-fields.md": fields_page,
    **{f"../generator/cli/help/{language.value}.txt": partial(help_pages, language) for language in Language},
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")
