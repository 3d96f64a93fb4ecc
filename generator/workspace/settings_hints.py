"""The allowed values of each setting, in words and with an example, for messages about faults in seuranta.toml."""

import tomllib
from typing import NamedTuple

from generator.domain.base.rule import N_


class Hint(NamedTuple):
    """The allowed values of a setting: a message of the catalogue, and a correct line.

    `choices` are the only words that it may have; empty where it may have others.
    """

    allowed: str
    example: str
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> type | None:
        """The type of its value as TOML gives it; None for a table."""
        value: object = None if self.example.startswith("[") else tomllib.loads(self.example)
        while isinstance(value, dict):
            value = next(iter(value.values()))
        return None if value is None else type(value)


_TEXT = N_("a text in quotation marks")
_OPTIONAL = N_("a text in quotation marks, which may be empty")
_ID = N_("letters, digits and hyphens without blanks, at most 40, in quotation marks")
_DAY = N_("a day, year-month-day, without quotation marks")
_THREE = N_("three texts in quotation marks, in square brackets with commas between")
_TABLE = N_("a table: its heading in square brackets, and its settings below it")
LANGUAGES = ("fi", "sv", "en")

# The keys as dotted names, without the numbers of a list's items.
HINTS: dict[str, Hint] = {
    "municipality": Hint(_TEXT, 'municipality = "Havulahti"'),
    "organ": Hint(_TEXT, 'organ = "Kunnanvaltuusto"'),
    "plan_decision": Hint(_OPTIONAL, 'plan_decision = "KV 15.12.2025 § 120"'),
    "compiler": Hint(_OPTIONAL, 'compiler = "Hallintosihteeri"'),
    "languages": Hint(
        N_('languages ("fi", "sv", "en") in square brackets with commas between, the municipality\'s own first'),
        'languages = ["fi", "sv"]',
        LANGUAGES,
    ),
    "identity": Hint(
        N_('"confirm", "open", "folder" or "signed"'), 'identity = "confirm"', ("open", "confirm", "folder", "signed")
    ),
    "settled": Hint(N_('"short" or "long"'), 'settled = "short"', ("short", "long")),
    "rollup": Hint(N_('"median", "lowest" or "none"'), 'rollup = "median"', ("median", "lowest", "none")),
    "unowned_reporter": Hint(_OPTIONAL, 'unowned_reporter = "Kunnanjohtaja"'),
    "quiet_seconds": Hint(N_("a number from 0 to 3600, without quotation marks"), "quiet_seconds = 2"),
    "rescan_seconds": Hint(N_("a number from 1 to 86400, without quotation marks"), "rescan_seconds = 60"),
    "state": Hint(N_("a folder in single quotation marks, if it has backslashes"), "state = 'D:\\Seuranta\\tila'"),
    "extracts": Hint(
        N_('"officer", "division", both or neither, in square brackets'),
        'extracts = ["officer", "division"]',
        ("officer", "division"),
    ),
    "pdf": Hint(N_("true or false, without quotation marks"), "pdf = true"),
    "period": Hint(
        _TABLE,
        '[period]\nid = "2026-1"\nlabel = "tammi–kesäkuu 2026"\nend = 2026-06-30\ndeadline = 2026-08-14',
    ),
    "period.id": Hint(_ID, 'id = "2026-1"'),
    "period.label": Hint(_TEXT, 'label = "tammi–kesäkuu 2026"'),
    "period.end": Hint(_DAY, "end = 2026-06-30"),
    "period.deadline": Hint(_DAY, "deadline = 2026-08-14"),
    "period.report_date": Hint(_DAY, "report_date = 2026-08-24"),
    "period.case_number": Hint(_OPTIONAL, 'case_number = "HAV/412/00.01.02/2026"'),
    "period.section": Hint(_OPTIONAL, 'section = "85 §"'),
    "period.attachment": Hint(_OPTIONAL, 'attachment = "3"'),
    "period.previous": Hint(_ID, 'previous = "2025-2"'),
    "level_headings": Hint(
        _TABLE,
        '[level_headings]\nfi = ["Valtuustokauden tavoite", "Vuositavoite", "Toimenpide"]\n'
        'sv = ["Mål för fullmäktigeperioden", "Årsmål", "Åtgärd"]\n'
        'en = ["Council-term goal", "Annual goal", "Action"]',
    ),
    "level_headings.fi": Hint(_THREE, 'fi = ["Valtuustokauden tavoite", "Vuositavoite", "Toimenpide"]'),
    "level_headings.sv": Hint(_THREE, 'sv = ["Mål för fullmäktigeperioden", "Årsmål", "Åtgärd"]'),
    "level_headings.en": Hint(_THREE, 'en = ["Council-term goal", "Annual goal", "Action"]'),
    "scale": Hint(
        N_("at least two steps, each under a heading [[scale]] of its own"),
        '[[scale]]\nvalue = 1\nlabels.fi = "Ei aloitettu"\nlabels.sv = "Inte inlett"\nlabels.en = "Not begun"',
    ),
    "scale.value": Hint(N_("a whole number from 1 to 9, without quotation marks"), "value = 1"),
    "scale.labels": Hint(_TABLE, 'labels.fi = "Ei aloitettu"'),
    "scale.labels.fi": Hint(_TEXT, 'labels.fi = "Ei aloitettu"'),
    "scale.labels.sv": Hint(_TEXT, 'labels.sv = "Inte inlett"'),
    "scale.labels.en": Hint(_TEXT, 'labels.en = "Not begun"'),
    "overall_statuses": Hint(
        N_("at least one status, each under a heading [[overall_statuses]] of its own"),
        '[[overall_statuses]]\nshape = "●"\ncolour = "1B6E3C"\nwords.fi = "suunnitelman mukaan"\n'
        'words.sv = "enligt planen"\nwords.en = "as planned"',
    ),
    "overall_statuses.words": Hint(_TABLE, 'words.fi = "suunnitelman mukaan"'),
    "overall_statuses.words.fi": Hint(_TEXT, 'words.fi = "suunnitelman mukaan"'),
    "overall_statuses.words.sv": Hint(_TEXT, 'words.sv = "enligt planen"'),
    "overall_statuses.words.en": Hint(_TEXT, 'words.en = "as planned"'),
    "overall_statuses.shape": Hint(N_("one sign in quotation marks"), 'shape = "●"'),
    "overall_statuses.colour": Hint(N_("six digits 0–9 or letters A–F, in quotation marks"), 'colour = "1B6E3C"'),
    "overall_statuses.attention": Hint(N_("true or false, without quotation marks"), "attention = false"),
    "names": Hint(_TABLE, '[names.sv]\nmunicipality = "Havulax"\norgan = "Kommunfullmäktige"'),
    **{
        f"names.{language}": Hint(_TABLE, f'[names.{language}]\nmunicipality = "Havulax"\norgan = "Kommunfullmäktige"')
        for language in LANGUAGES
    },
    **{
        f"names.{language}.{name}": Hint(_TEXT, example)
        for language in LANGUAGES
        for name, example in (
            ("municipality", 'municipality = "Havulax"'),
            ("organ", 'organ = "Kommunfullmäktige"'),
            ("period", 'period = "januari–juni 2026"'),
        )
    },
    "divisions": Hint(
        N_("a division, each under a heading [[divisions]] of its own"),
        '[[divisions]]\nname = "Sivistyspalvelut"\norgan = "Sivistyslautakunta"',
    ),
    "divisions.name": Hint(_TEXT, 'name = "Sivistyspalvelut"'),
    "divisions.organ": Hint(_OPTIONAL, 'organ = "Sivistyslautakunta"'),
    "divisions.case_number": Hint(_OPTIONAL, 'case_number = "HAV/412/00.01.02/2026"'),
    "divisions.date": Hint(_DAY, "date = 2026-09-15"),
}


def hint_of(key: str) -> Hint | None:
    """Returns the hint for a key's dotted name, or else for its table; None if the name is not a setting."""
    while key and key not in HINTS:
        key = key.rpartition(".")[0]
    return HINTS.get(key)


def names_in(table: str) -> tuple[str, ...]:
    """Returns the names that a table's settings have: for `period`, `id`, `label`, …; an empty string for the top."""
    start = f"{table}." if table else ""
    return tuple(dict.fromkeys(key[len(start) :].partition(".")[0] for key in HINTS if key.startswith(start)))
