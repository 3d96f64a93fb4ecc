"""Makes the example in `generator/example/`: the plan, and the workbooks that the officers of Havulahti saved.

The submissions are their forms filled in, without the hidden identity: the example bears no workspace's signature.
"""

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.heading import TITLE_FIELDS, Field
from generator.domain.base.settings import Language, Settings
from generator.domain.plan.form import IDENTITY_SHEET, Form, make_form
from generator.domain.plan.form_columns import column_number
from generator.domain.plan.goals import Goal, Officer, Plan, split_title
from generator.formats.xlsx.cell_style import fitting_height
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.formats.xlsx.plan_reader import load_plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.formats.xlsx.written_book import workbook_bytes
from generator.i18n.words import Words
from generator.workspace.settings_file import read_settings
from tools.example_content import ANSWERS, GOALS, OFFICERS, SLIPS, ExampleAnswer, ExampleSlip

EXAMPLE = Path(__file__).parent.parent / "generator" / "example"
SAID: tuple[ExampleAnswer | ExampleSlip, ...] = (*ANSWERS, *SLIPS)


@dataclass(frozen=True, slots=True)
class Row:
    """What an officer typed on a goal's row; None leaves the cell as the form had it."""

    code: str
    degree: str | int
    overall_status: str
    narrative: str
    main_risks: str | None = None


def main() -> None:
    settings = read_settings(EXAMPLE / "seuranta.toml")
    path = EXAMPLE / "plan.xlsx"
    path.write_bytes(plan_bytes(example_plan(), settings.headings, Words(settings.language)))
    plan = load_plan(path, settings.headings).plan
    for file in submitted_files():
        target = EXAMPLE / "inbox" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(submission_bytes(file, plan, settings))


def example_plan() -> Plan:
    goals = (Goal(goal.code, goal.title, goal.main_risks, goal.officers, goal.division, "") for goal in GOALS)
    officers = (Officer(officer.name, officer.email, officer.division, officer.language) for officer in OFFICERS)
    return Plan(tuple(goals), tuple(officers))


def submitted_files() -> tuple[str, ...]:
    """Paths below the inbox, in the order of the example."""
    return tuple(dict.fromkeys(said.file for said in SAID))


def submission_bytes(file: str, plan: Plan, settings: Settings) -> bytes:
    said = tuple(said for said in SAID if said.file == file)
    words = words_of(plan, said[0].officer)
    form = form_of(said, plan, settings, words)
    book = load_workbook(BytesIO(form_bytes(form, (), settings, words)))
    for answer in said:
        fill(book.worksheets[0], form, row_of(answer, settings, words))
    del book[IDENTITY_SHEET]
    return workbook_bytes(book, settings.period.end)


def words_of(plan: Plan, name: str) -> Words:
    officer = plan.officer(name)
    return Words(Language(officer.language)) if officer else Words(Language.FINNISH)


def form_of(said: tuple[ExampleAnswer | ExampleSlip, ...], plan: Plan, settings: Settings, words: Words) -> Form:
    """The officer's form; where the officer saved two files, the rows of this one."""
    officer = said[0].officer
    form = make_form(
        plan, officer, unowned_reporter=settings.unowned_reporter, language=words.language.value, previous=()
    )
    if len({other.file for other in ANSWERS if other.officer == officer}) == 1:
        return form
    codes = {answer.code for answer in said}
    return replace(form, rows=tuple(row for row in form.rows if row.goal.code in codes))


def row_of(said: ExampleAnswer | ExampleSlip, settings: Settings, words: Words) -> Row:
    if isinstance(said, ExampleSlip):
        return Row(said.code, said.degree_text, "", said.narrative)
    status = settings.statuses.get(said.overall_status)
    shown = status.text(words.language.value) if status else ""
    return Row(said.code, degree_of(said, settings, words), shown, said.narrative, said.main_risks)


def degree_of(answer: ExampleAnswer, settings: Settings, words: Words) -> str | int:
    """Mostly chosen from the list; now and then a number was typed, and kept as a number or as text."""
    if answer.degree is None:
        return words.not_assessable()
    habit = ANSWERS.index(answer) % 10
    if habit == 4:
        return answer.degree
    return str(answer.degree) if habit == 7 else settings.degree_scale.full_label(answer.degree, words.language.value)


def fill(sheet: Worksheet, form: Form, row: Row) -> None:
    number = next(
        number for number in range(HEADING_ROW + 1, sheet.max_row + 1) if code_on(sheet, form, number) == row.code
    )
    typed = {
        Field.OVERALL_STATUS: row.overall_status or None,
        Field.DEGREE: row.degree or None,
        Field.NARRATIVE: row.narrative,
    }
    if row.main_risks is not None:
        typed[Field.MAIN_RISKS] = row.main_risks
    for field, value in typed.items():
        cell = sheet.cell(number, column_number(field, form), value)
        cell.number_format = "General" if isinstance(value, int) else cell.number_format
    sheet.row_dimensions[number].height = grown_height(sheet, number)


def code_on(sheet: Worksheet, form: Form, number: int) -> str | None:
    titles = (sheet.cell(number, column_number(field, form)).value for field in TITLE_FIELDS)
    coded = (split_title(str(title)) for title in titles if title)
    return next((parts[0] for parts in coded if parts), None)


def grown_height(sheet: Worksheet, number: int) -> float:
    """As the row grew while the officer wrote."""
    letters = [column_letter(column) for column in range(1, sheet.max_column + 1)]
    texts = ((str(sheet[f"{letter}{number}"].value or ""), sheet.column_dimensions[letter].width) for letter in letters)
    return max(fitting_height(texts), sheet.row_dimensions[number].height or 0)


if __name__ == "__main__":
    main()
