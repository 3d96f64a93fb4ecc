"""Finds the goal of a row by its code and title together, or the rule why there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.heading import Field
from generator.domain.plan.form import reported_goals
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answer_cells import CellReading, cell_fault
from generator.domain.submission.answers import SubmittedRow, cell_name
from generator.domain.submission.check_context import CheckContext
from generator.domain.submission.code_reading import (
    CodeReading,
    fitting_goals,
    goal_of_written_code,
    goals_titled,
    have_title,
    is_akin,
    is_certain,
    is_reworded,
    is_shortened,
    liker_goals,
    names_another_goal,
    read_codes,
)
from generator.domain.submission.shown_values import shown_cell
from generator.domain.submission.workbook import Cell


def read_goal(row: SubmittedRow, context: CheckContext) -> CellReading[Goal]:
    """Returns the goal of a row; None, and one finding, if the row does not clearly name one."""
    titles = row.titles
    if len(titles) != 1:
        return CellReading(None, (_wrong_count_of_titles(row, context),))
    fault = cell_fault(titles[0], context.rules.language)
    if fault:
        return CellReading(None, (replace(fault, place=_place(titles[0], context)),))
    reading = read_codes(titles[0])
    if not reading.codes:
        value = shown_cell(titles[0], context.rules.language)
        place = _place(titles[0], context)
        return CellReading(None, (Finding("no-code", place, None, value, (_example(row, context),)),))
    if not fitting_goals(reading, context.rules.plan):
        place = _place(titles[0], context)
        return CellReading(None, (Finding("unknown-code", place, None, reading.codes[0], _own_codes(context)),))
    goal = goal_of_written_code(reading, context.rules.plan)
    if goal is None:
        return _goal_of_loose_code(titles[0], reading, row, context)
    return _goal_of_exact_code(goal, reading, row, context)


def _goal_of_exact_code(
    goal: Goal, reading: CodeReading, row: SubmittedRow, context: CheckContext
) -> CellReading[Goal]:
    """Returns the code's goal, unless the title is another goal's, or unlike the goal's in a form that is not ours."""
    plan, title = context.rules.plan, row.titles[0]
    titles = (reading.title,) if reading.title else _texts(row)
    titled = goals_titled(titles, plan)
    if goal in titled or not (reading.title or titled):
        return CellReading(goal)
    place = _place(title, context)
    if not titled and names_another_goal(goal, reading.title, plan):
        return CellReading(None, (_two_goals(title, place),))
    others = titled or (() if is_shortened(goal, reading.title) else liker_goals(goal, reading.title, plan))
    if not others and (context.is_of_this_plan or _is_like(goal, reading.title, plan)):
        return CellReading(goal, (Finding("title-differs", place, goal.code, shown(reading.title), (goal.title,)),))
    value = reading.title or next(text for text in titles if goals_titled((text,), plan))
    named = _labels((goal, *others))
    return CellReading(None, (Finding("code-and-title-disagree", place, goal.code, shown(value), named),))


def _is_like(goal: Goal, title: str, plan: Plan) -> bool:
    return is_shortened(goal, title) or is_reworded(goal, title, plan) or is_akin(goal, title, plan)


def _goal_of_loose_code(
    title: Cell, reading: CodeReading, row: SubmittedRow, context: CheckContext
) -> CellReading[Goal]:
    """Returns the goal of a code that a program or a person changed, if only one fits and the row's title agrees."""
    place = _place(title, context)
    goals = fitting_goals(reading, context.rules.plan)
    titles = (reading.title,) if reading.title else _texts(row)
    agreeing = tuple(goal for goal in goals if have_title(goal, titles, context.rules.plan))
    if not agreeing and names_another_goal(goals[0], reading.title, context.rules.plan):
        return CellReading(None, (_two_goals(title, place),))
    if len(agreeing) != 1:
        return CellReading(
            None, (Finding("code-unclear", place, None, shown_cell(title, context.rules.language), _labels(goals)),)
        )
    if is_certain(reading, goals):
        return CellReading(agreeing[0])
    return CellReading(
        agreeing[0],
        (
            Finding(
                "code-read-as", place, agreeing[0].code, shown_cell(title, context.rules.language), _labels(agreeing)
            ),
        ),
    )


def _two_goals(title: Cell, place: Place) -> Finding:
    return Finding("two-goals", place, value=shown(title.raw))


def _texts(row: SubmittedRow) -> tuple[str, ...]:
    return tuple(cell.raw for cell in row.others)


def _place(title: Cell, context: CheckContext) -> Place:
    return Place(context.submission.sheet, cell_name(title))


def _labels(goals: Iterable[Goal]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{goal.code} {goal.title}" for goal in goals))


def _wrong_count_of_titles(row: SubmittedRow, context: CheckContext) -> Finding:
    if row.titles:
        value = shown(" / ".join(shown_cell(title, context.rules.language) for title in row.titles))
        return Finding("two-goals", _place(row.titles[1], context), value=value)
    words = " ".join(
        shown_cell(cell, context.rules.language)
        for field in (Field.DEGREE, Field.NARRATIVE)
        if (cell := row.cell(field))
    )
    place = Place(context.submission.sheet, f"A{row.row}")
    return Finding("no-code", place, value=shown(words), allowed=(_example(row, context),))


def _example(row: SubmittedRow, context: CheckContext) -> str:
    """Returns an example for a row's goal: the goal with the row's title, else one of the officer's or the file's."""
    plan, officer = context.rules.plan, context.sender.signer or (row.officer.raw if row.officer else "")
    titles = (cell.raw for cell in (*row.titles, *row.others))
    of_officer = reported_goals(plan, officer, context.rules.unowned_reporter) if officer else ()
    found = goals_titled(titles, plan) or of_officer or tuple(_goals_of_file(context)) or plan.goals
    return f"{found[0].code} {found[0].title}" if found else "01.02"


def _goals_of_file(context: CheckContext) -> Iterator[Goal]:
    for title in (title for row in context.submission.rows for title in row.titles):
        yield from fitting_goals(read_codes(title), context.rules.plan)[:1]


def _own_codes(context: CheckContext) -> tuple[str, ...]:
    rules, signer = context.rules, context.sender.signer
    goals = reported_goals(rules.plan, signer, rules.unowned_reporter) if signer else rules.plan.goals
    return tuple(goal.code for goal in goals)
