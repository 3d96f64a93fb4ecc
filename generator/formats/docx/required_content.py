"""The guard: reads a finished report back, and finds goals or texts that are missing and content that is forbidden."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.output.names import TranslatedNames
from generator.domain.output.report import Report, ReportRow, Voice
from generator.domain.plan.programme import ProgrammeChange, ProgrammeChangeKind
from generator.errors import TemplateError
from generator.formats.docx.document_language import one_line
from generator.formats.docx.faults import NOT_A_DOCUMENT, Fault, TemplatePlace, make_error
from generator.formats.docx.forbidden_content import forbidden_faults
from generator.formats.docx.forbidden_parts import part_faults
from generator.formats.docx.hidden_text import hidden_styles
from generator.formats.docx.page_fit import printed_fit_faults
from generator.formats.docx.printed_values import DocumentText, read_text
from generator.formats.docx.runs import printed_text
from generator.formats.docx.unseen_text import Styles
from generator.formats.docx.value_marks import VALUES
from generator.formats.docx.written_text import lost_texts
from generator.formats.opc.package import part_of_type, parts_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, TAG, TEXT_TYPES, part_stem, value_bookmark
from generator.formats.opc.xml import Element, PackageError, parse_xml

# A long list of codes is cut: the first ones tell which rows the template leaves out.
_MOST_CODES = 12
WORDS = (Field.NARRATIVE, Field.MAIN_RISKS)


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """The text of a finished document, and its faults; without faults it may be published."""

    text: DocumentText
    faults: tuple[TemplateError, ...]


def require_content(docx: bytes, report: Report) -> DocumentText:
    """Returns the text of a finished document, if nothing is wrong with it.

    Raises:
        TemplateError: it does not say all that the report says, or holds what may not be published.
    """
    return _without_faults(check_content(docx, report))


def require_whole_content(docx: bytes, report: Report) -> DocumentText:
    """Does the same as `require_content`, and checks headers, footers and notes too; used for final reports."""
    return _without_faults(check_whole_content(docx, report))


def check_content(docx: bytes, report: Report) -> CheckedDocument:
    """Compares a finished document's body with the report that it was made of.

    Every goal's row and all words of its officers must stand there, where they can be seen. No tag, tracked change,
    comment or active field may be left.

    Source: DESIGN 5, “The document is checked for what it must say”.
    """
    return _checked(docx, report, _body_faults)


def check_whole_content(docx: bytes, report: Report) -> CheckedDocument:
    """Does the same as `check_content`, and checks the width of tables, headers, footers and notes too."""
    return _checked(docx, report, _faults_of_all_parts)


_Faults = Callable[[Mapping[str, bytes], Element, Report], Iterator[TemplateError]]


def _checked(docx: bytes, report: Report, others: _Faults) -> CheckedDocument:
    try:
        parts = read_parts(docx)
        root = parse_xml(part_of_type(parts, MAIN_TYPE))
        text = read_text(root, hidden_styles(parts))
        faults = (
            *missing_content(dict(text.values), report.rows, report.frame.names),
            *tag_faults(text, report),
            *programme_faults(text, report),
            *lost_texts(text, report),
            *others(parts, root, report),
        )
    except PackageError:
        return CheckedDocument(DocumentText((), ()), (TemplateError(*NOT_A_DOCUMENT),))
    return CheckedDocument(text, faults)


def _body_faults(_parts: Mapping[str, bytes], root: Element, _report: Report) -> Iterator[TemplateError]:
    yield from forbidden_faults(root, "document")


def _faults_of_all_parts(parts: Mapping[str, bytes], root: Element, report: Report) -> Iterator[TemplateError]:
    yield from forbidden_faults(root, "document")
    yield from printed_fit_faults(root, "document", Styles(parts))
    yield from part_faults(parts, _in_one_text((*_own_words(report), *_programme_words(report))))
    for name in parts_of_type(parts, *(kind for kind in TEXT_TYPES if kind != MAIN_TYPE)):
        other, part = parse_xml(parts[name]), part_stem(name)
        yield from forbidden_faults(other, part)
        yield from tag_faults(read_text(other), report, part)


def _without_faults(checked: CheckedDocument) -> DocumentText:
    if checked.faults:
        raise checked.faults[0]
    return checked.text


def missing_content(
    values: Mapping[str, str], rows: Sequence[ReportRow], names: TranslatedNames
) -> Iterator[TemplateError]:
    """Yields an error for goals without a row, and one for each column that lacks officers' texts.

    Args:
        values: the values that can be seen in the document, by their bookmarks' names.
        rows: the rows of the report that it must have.
        names: the names of posts in the document's language.
    """
    printed = tuple(row for row in rows if _has_row(row.goal.code, values))
    found = {row.goal.code for row in printed}
    if lacking := tuple(row.goal.code for row in rows if row.goal.code not in found):
        yield TemplateError(*NO_ROWS, codes=codes_in_short(lacking))
    for field in WORDS:
        lost = tuple(row.goal.code for row in printed if not is_told(row, field, values, names))
        if lost:
            yield TemplateError(*NO_WORDS, tag=f"{{{{p row.{field.value} }}}}", codes=codes_in_short(lost))


def tag_faults(text: DocumentText, report: Report, part: str = "document") -> Iterator[TemplateError]:
    """Yields an error for each tag that was printed as text, unless an officer or the plan wrote it."""
    found = [(tag, other) for other in text.others if "{" in other for tag in TAG.findall(other)]
    if found:
        own = _in_one_text((*_own_words(report), *_programme_words(report)))
        for tag, other in found:
            if one_line(tag) not in own:
                yield make_error(LEFT_TAG, TemplatePlace(part, other), tag=tag)


def _in_one_text(words: Iterable[str]) -> str:
    return "\n".join(one_line(printed_text(each)) for each in words)


def programme_faults(text: DocumentText, report: Report) -> Iterator[TemplateError]:
    """Yields an error if a document prints programme changes, but not all removed goals and earlier titles."""
    lacking = unprinted_changes(text, report)
    if lacking and len(lacking) < len(_telling_changes(report)):
        yield TemplateError(*NO_CHANGES, codes=codes_in_short(tuple(change.goal.code for change in lacking)))


def unprinted_changes(text: DocumentText, report: Report) -> tuple[ProgrammeChange, ...]:
    """Returns the changes to the programme whose earlier titles are not found in the document."""
    telling = _telling_changes(report)
    if not telling:
        return ()
    printed = "\n".join(map(one_line, text.others))
    return tuple(change for change in telling if not any(title in printed for title in _earlier_titles(change)))


def prints_changes(text: DocumentText, report: Report) -> bool:
    """False if the report has changes to the programme that the document would show, and it shows none."""
    telling = _telling_changes(report)
    return not telling or len(unprinted_changes(text, report)) < len(telling)


def _telling_changes(report: Report) -> tuple[ProgrammeChange, ...]:
    """Returns the changes that an earlier title proves, because a document has that title nowhere else."""
    if not report.programme:
        return ()
    own = "\n".join(one_line(printed_text(words)) for words in _own_words(report))
    kinds = (ProgrammeChangeKind.REMOVED, ProgrammeChangeKind.RETITLED)
    changes = (row.change for row in report.programme if row.change.kind in kinds)
    return tuple(change for change in changes if not any(title in own for title in _earlier_titles(change)))


def _earlier_titles(change: ProgrammeChange) -> tuple[str, ...]:
    """Returns the earlier title of a goal as a document prints it, in each language that the plan has it in."""
    titles = ((goal.title, *(other.title for other in goal.translations)) for goal in change.earlier)
    return tuple(one_line(printed_text(title)) for each in titles for title in each)


def codes_in_short(codes: tuple[str, ...]) -> str:
    """Codes on one line, a long list cut: `01, 01.01 … (134)`."""
    shown = ", ".join(codes[:_MOST_CODES])
    return shown if len(codes) <= _MOST_CODES else f"{shown} … ({len(codes)})"


def _has_row(code: str, values: Mapping[str, str]) -> bool:
    """True if a row prints a value of the goal; the title of a council-term goal may stand in its heading."""
    fields = VALUES if "." in code.strip(".") else tuple(Field)
    return any(values.get(value_bookmark(code, field)) for field in fields)


def is_told(row: ReportRow, field: Field, values: Mapping[str, str], names: TranslatedNames) -> bool:
    """True if the officers' words in a column are among the printed values, by their bookmarks' names."""
    said = row.narratives if field is Field.NARRATIVE else row.main_risks
    if not said:
        return True
    printed = values.get(value_bookmark(row.goal.code, field), "")
    return _as_printed(said, names) in printed  # where other words stand beside a value, its bookmark has those too


def _as_printed(said: Sequence[Voice], names: TranslatedNames) -> str:
    """Returns officers' texts as a cell prints them: each below the officer's name if there are several."""
    if len(said) == 1 and not said[0].officer:
        return printed_text(said[0].text)
    return "\n".join(printed_text(line) for voice in said for line in (names.post(voice.officer), voice.text) if line)


def _own_words(report: Report) -> Iterator[str]:
    frame = report.frame
    yield from (frame.municipality, frame.organ, frame.period.label, frame.period.case_number, report.scope.name)
    yield from (frame.plan_decision, report.compared.section if report.compared else "")
    if report.replaced:
        yield from (report.replaced.texts or {}).values()
        yield from (each.text for each in report.replaced.written.texts)
    yield from (translated for _, translated in (*frame.names.posts, *frame.names.divisions))
    yield from (each.text for each in report.texts.texts)
    for row in report.rows:
        yield from (row.goal.title, row.goal.main_risks, row.goal.division, *row.goal.officers)
        yield from (translated.title for translated in row.goal.translations)
        yield from (voice.text for voice in (*row.narratives, *row.main_risks))


def _programme_words(report: Report) -> Iterator[str]:
    """Yields the texts that people wrote, from the chapter on programme changes."""
    for change in (row.change for row in report.programme):
        for goal in (change.goal, *change.earlier):
            yield from (goal.title, *(translated.title for translated in goal.translations), *goal.officers)
        yield from (change.before, change.now)


NO_ROWS = (
    N_("The template does not print the rows of these goals: {codes}"),
    N_(
        "Print each goal in a table row between {{%tr for row in section.rows %}} and {{%tr endfor %}}, with "
        "{{{{p row.narrative }}}} and {{{{p row.main_risks }}}}."
    ),
)
NO_CHANGES = (
    N_("The template does not print all changes to the programme. These are missing: {codes}"),
    N_(
        "Print each change in a table row between {{%tr for item in programme.rows %}} and {{%tr endfor %}}, with "
        "{{{{ item.title }}}}, {{{{ item.change }}}} and {{{{p item.earlier }}}}."
    ),
)
NO_WORDS = (
    N_("What officers wrote would be lost: the template does not print {tag} of these goals: {codes}"),
    N_("Write {tag} in the goals’ rows, where it is always printed and can be seen."),
)
LEFT_TAG = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: “{tag}” was left in the document. The cell reads: {near}"),
    N_("{part}: “{tag}” was left in the document. The paragraph reads: {near}"),
    N_("Write the tag as text of the template, not inside another tag."),
)
