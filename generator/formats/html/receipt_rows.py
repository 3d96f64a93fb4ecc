"""The receipt's table: what the report says now about each goal of the workbook."""

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.base.settings import Settings
from generator.domain.follow_up.standing import file_name
from generator.domain.output.receipt import Receipt, ReceiptRow, RowMatter
from generator.domain.plan.goals import Goal
from generator.domain.submission.answers import Answer
from generator.formats.html.pages import NOTHING, HtmlCell, HtmlTable, degree_words, goal_words, status_cell
from generator.i18n.words import Words


def anchor(code: str) -> str:
    """Returns the HTML id of a goal's row on the page."""
    return f"g-{code}"


def report_table(receipt: Receipt, settings: Settings, words: Words) -> HtmlTable | None:
    """Makes the table of the workbook's goals; None if it answers none."""
    if not receipt.rows:
        return None
    caption = words.plural(
        "The report has an answer to {count} goal of this workbook.",
        "The report has an answer to {count} goals of this workbook.",
        sum(row.row.answer is not None for row in receipt.rows),
    )
    first = {each.row.code: index for index, each in reversed(tuple(enumerate(receipt.rows)))}
    rows = (
        _row(each, receipt, settings, words, is_first=first[each.row.code] == index)
        for index, each in enumerate(receipt.rows)
    )
    return HtmlTable(caption, _headings(settings, words), tuple(rows))


def _headings(settings: Settings, words: Words) -> tuple[str, ...]:
    fields = (Field.DEGREE, Field.OVERALL_STATUS, Field.NARRATIVE)
    labels = (settings.headings.label(field, words.language.value) for field in fields)
    return (words("Goal"), *labels, words("Cell"))


def _row(
    each: ReceiptRow, receipt: Receipt, settings: Settings, words: Words, *, is_first: bool
) -> tuple[HtmlCell, ...]:
    answer = each.row.answer
    place = HtmlCell(each.row.place.cell or NOTHING)
    # Where two files share the receipt, the cell alone does not say in which of them it is.
    is_unclear = receipt.others and each.row.place.cell
    file = (words("The row stands in the workbook {file}.", file=file_name(each.file)),) if is_unclear else ()
    goal = HtmlCell(
        goal_words(each.goal) if each.goal else each.row.code,
        notes=(*file, *_origin(each, words), *_matter(each, settings, words), *_edits(each, settings, words)),
        anchor=anchor(each.row.code) if is_first else None,
    )
    if answer is None:
        said = N_("waiting for a check of the sender") if each.row.is_waiting else N_("not reported")
        return goal, HtmlCell(words(said)), HtmlCell(NOTHING), HtmlCell(NOTHING), place
    entry = answer.entry
    risks = _risks(answer, each.goal, settings, words)
    return (
        goal,
        HtmlCell(degree_words(entry.degree, settings.degree_scale, words)),
        status_cell(entry.overall_status, settings.statuses, words),
        HtmlCell(entry.narrative if entry.narrative.strip() else NOTHING, notes=risks),
        place,
    )


def _origin(each: ReceiptRow, words: Words) -> tuple[str, ...]:
    """Where the answer is from, if it is another than the row's; and that the row itself was not taken."""
    answer = each.row.answer
    if answer is None:
        return (words(_NOT_TAKEN),) if each.row.is_refused else ()
    if each.row.is_own:
        return ()
    if answer.file == each.file:
        return (words(_EARLIER, time=words.moment(answer.time)),)
    return (words(_OTHER, file=file_name(answer.file), time=words.moment(answer.time)),)


_NOT_TAKEN = N_("The row of this workbook was not taken.")
_EARLIER = N_("This is an earlier answer, saved {time}.")
_OTHER = N_("This is another answer: {file}, saved {time}.")


def _matter(each: ReceiptRow, settings: Settings, words: Words) -> tuple[str, ...]:
    """Says what the report prints instead of the officer's answer alone."""
    match each.matter:
        case None:
            return ()
        case RowMatter.SETTLED:
            degree = degree_words(each.settled, settings.degree_scale, words)
            return (
                words("Officers differed; who makes the report settled it. The report says: {degree}", degree=degree),
            )
        case matter:
            return (words(_MATTERS[matter]),)


def _edits(each: ReceiptRow, settings: Settings, words: Words) -> tuple[str, ...]:
    """Tells which of the officer's texts the maker of the report has edited, and what the report says instead."""
    language = words.language.value
    return tuple(
        words(_EDITED, field=settings.headings.label(Field(edit.field), language), text=edit.text.strip() or NOTHING)
        for edit in each.edits
    )


_EDITED = N_("{field}: who makes the report has edited your text. The report says: “{text}”")
_MATTERS = {
    RowMatter.GONE: N_("The plan no longer has this goal."),
    RowMatter.MOVED: N_("The goal has another officer now, whose answer is in the report."),
    RowMatter.DISPUTED: N_("Officers differ: the report shows each answer until who makes it settles the matter."),
}


def _risks(answer: Answer, goal: Goal | None, settings: Settings, words: Words) -> tuple[str, ...]:
    """Returns the accepted risks, if the officer changed the plan's text."""
    risks = answer.entry.main_risks
    if goal is None or risks.split() == goal.main_risks.split():
        return ()
    label = settings.headings.label(Field.MAIN_RISKS, words.language.value)
    return (f"{label}: {risks.strip() or NOTHING}",)
