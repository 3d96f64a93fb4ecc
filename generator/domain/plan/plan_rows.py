"""Reads the rows of plan.xlsx into the plan, and finds what is wrong with each row."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.plan.codes import CodeForm, code_numbers, form_of, names_codes_and_new, read_earlier_codes
from generator.domain.plan.goals import Goal, Translation, split_officers, split_title
from generator.domain.plan.other_codes import OtherCode, PlanTitle, find_other_codes


@dataclass(frozen=True, slots=True)
class TitleCell:
    """A title column's cell in plan.xlsx: its letter and number, its text, and whether Excel keeps it as text."""

    cell: str
    heading: str
    level: int
    text: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class TranslationCell:
    """A filled cell of a column of titles in another language (fi, sv, en): its letter and number, and its text."""

    cell: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class EarlierCodesCell:
    """A filled cell of the column of earlier codes in plan.xlsx: its letter and number, its text, and if it is text."""

    cell: str
    text: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One filled row of plan.xlsx as read: `titles` are the filled cells of the title columns."""

    row: int
    titles: tuple[TitleCell, ...]
    main_risks: str
    officers: str
    division: str
    translations: tuple[TranslationCell, ...] = ()
    earlier_codes: EarlierCodesCell | None = None


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The plan's sheet: its name, the letter of its officer column and its filled rows."""

    name: str
    level_headings: tuple[str, ...]
    officer_column: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The goals of a plan's rows with the findings of single rows.

    `other_codes` are those of another scheme, whose rows are left out. `respelt` are the goals whose codes are written
    in another form than most, with the code as written.
    """

    goals: tuple[Goal, ...]
    findings: tuple[Finding, ...]
    other_codes: tuple[tuple[TitleCell, OtherCode], ...]
    respelt: tuple[tuple[Goal, str], ...]


def read_rows(sheet: PlanSheet) -> ReadRows:
    """Reads the rows of the plan's sheet. A row with an error gives no goal."""
    titles = tuple(row.titles[0] for row in sheet.rows if len(row.titles) == 1 and row.titles[0].is_text)
    form = form_of(coded[0] for title in titles if (coded := split_title(title.text)) and _is_clear(coded[0], title))
    others = _other_codes(titles, form)
    other_cells = {title.cell for title, _ in others}
    rows = (row for row in sheet.rows if len(row.titles) != 1 or row.titles[0].cell not in other_cells)
    read = [_read_row(row, sheet, form) for row in rows]
    goals = tuple(goal for goal, _ in read if goal)
    written = {title.cell: coded[0] for title in titles if (coded := split_title(title.text))}
    respelt = tuple((goal, written[goal.cell]) for goal in goals if written[goal.cell] != goal.code)
    return ReadRows(goals, tuple(finding for _, findings in read for finding in findings), others, respelt)


def _is_clear(code: str, title: TitleCell) -> bool:
    """True if the number before a title is surely its code: in `5 new homes` among the actions it is not."""
    return len(code) > 1 or title.level == 1


def _other_codes(titles: tuple[TitleCell, ...], form: CodeForm) -> tuple[tuple[TitleCell, OtherCode], ...]:
    coded = (_code_and_title(title, form) for title in titles)
    codes = (each[0] if each else None for each in coded)
    read = [PlanTitle(title.level, title.text, code) for title, code in zip(titles, codes, strict=True)]
    return tuple((titles[other.index], other) for other in find_other_codes(read, form))


def _code_and_title(title: TitleCell, form: CodeForm) -> tuple[str, str] | None:
    """Returns the code in the plan's form, and the title. A code in another form must be in the column of its level."""
    coded = split_title(title.text)
    if coded is None or not coded[1]:
        return None
    code = form.spell(coded[0])
    is_at_home = len(code_numbers(code)) == title.level
    return (code, coded[1]) if code == coded[0] or is_at_home else None


def _read_row(row: PlanRow, sheet: PlanSheet, form: CodeForm) -> tuple[Goal | None, tuple[Finding, ...]]:
    if len(row.titles) != 1:
        return None, (_wrong_count_of_titles(row, sheet),)
    title = row.titles[0]
    place = Place(sheet.name, title.cell)
    if not title.is_text:
        return None, (Finding("plan-code-not-text", place, value=title.text),)
    coded = _code_and_title(title, form)
    if coded is None:
        return None, (Finding("plan-no-code", place, value=shown(title.text)),)
    earlier = _earlier_codes(row)
    goal = Goal(
        code=coded[0],
        title=coded[1],
        main_risks=row.main_risks,
        officers=split_officers(row.officers),
        division=row.division.strip(),
        cell=title.cell,
        translations=tuple(_translation(other, coded[0]) for other in row.translations if _fits(other, coded[0], form)),
        earlier_codes=earlier[0] if earlier else (),
        is_new=bool(earlier and earlier[1]),
    )
    findings = (*_wrong_column(goal, title, sheet), *_foreign_translations(goal, row, sheet, form))
    return goal, (*findings, *_unclear_earlier_codes(goal, row, sheet))


def _earlier_codes(row: PlanRow) -> tuple[tuple[str, ...], bool] | None:
    """Returns the same as `read_earlier_codes`; None for a decimal number, since Excel turns `1.10` into 1.1."""
    cell = row.earlier_codes
    if cell is None:
        return (), False
    return read_earlier_codes(cell.text) if cell.is_text or cell.text.isdecimal() else None


def _unclear_earlier_codes(goal: Goal, row: PlanRow, sheet: PlanSheet) -> Iterator[Finding]:
    if row.earlier_codes and _earlier_codes(row) is None:
        place = Place(sheet.name, row.earlier_codes.cell)
        rule = "plan-earlier-code-both" if names_codes_and_new(row.earlier_codes.text) else "plan-earlier-code-unclear"
        yield Finding(rule, place, goal.code, shown(row.earlier_codes.text))


def _wrong_column(goal: Goal, title: TitleCell, sheet: PlanSheet) -> Iterator[Finding]:
    if goal.level != title.level:
        right = (sheet.level_headings[goal.level - 1],)
        place = Place(sheet.name, title.cell)
        yield Finding("plan-code-and-column-disagree", place, goal.code, title.heading, right)


def _foreign_translations(goal: Goal, row: PlanRow, sheet: PlanSheet, form: CodeForm) -> Iterator[Finding]:
    for other in row.translations:
        if not _fits(other, goal.code, form):
            yield Finding("plan-translation-of-another", Place(sheet.name, other.cell), goal.code, shown(other.text))


def _fits(other: TranslationCell, code: str, form: CodeForm) -> bool:
    """True if a translated title belongs to the row's goal: it may begin with the goal's code, but with no other code.

    `10 new homes` begins with a number, not with the code of a lower goal; nor does `5 new homes` in a plan with 05.
    """
    coded = split_title(other.text)
    if coded is None or code_numbers(coded[0]) == code_numbers(code):
        return True
    return "." not in coded[0] and ("." in code or form.spell(coded[0]) != coded[0])


def _translation(other: TranslationCell, code: str) -> Translation:
    coded = split_title(other.text)
    is_coded = coded is not None and code_numbers(coded[0]) == code_numbers(code)
    return Translation(other.language, coded[1] if coded and is_coded else other.text)


def _wrong_count_of_titles(row: PlanRow, sheet: PlanSheet) -> Finding:
    if not row.titles:
        words = " ".join((row.main_risks, row.officers, row.division))
        return Finding("plan-no-title", Place(sheet.name, f"A{row.row}"), value=shown(words))
    titles = " / ".join(title.text for title in row.titles)
    return Finding("plan-two-titles", Place(sheet.name, row.titles[1].cell), value=shown(titles))
