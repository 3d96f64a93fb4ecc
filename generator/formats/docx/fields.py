"""The fields that a template may print: groups of frozen values, each with a name and a message with its meaning."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from generator.domain.base.rule import N_
from generator.formats.docx.chart import Chart
from generator.formats.docx.contents import Contents
from generator.formats.docx.runs import Paragraphs
from generator.formats.docx.summary_fields import CountFields, DivisionFields, LevelFields, MatterFields, SummaryFields


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of the document, in its language."""

    case_number: Annotated[str, N_("The word for the case number.")]
    section: Annotated[str, N_("The word for the section of the minutes.")]
    attachment: Annotated[str, N_("The word for an attachment.")]
    date: Annotated[str, N_("The word for the date.")]
    period: Annotated[str, N_("The word for the reporting period.")]
    contents: Annotated[str, N_("The heading of the list of contents.")]
    summary: Annotated[str, N_("The heading of the summary.")]
    division: Annotated[str, N_("The heading of the column of divisions.")]
    behind_summary: Annotated[str, N_("The heading of the lists of goals behind the summary.")]
    changes: Annotated[str, N_("The heading of the changes since the previous period.")]
    change: Annotated[str, N_("The heading of the column of changes.")]
    programme: Annotated[str, N_("The heading of the changes to the programme.")]
    earlier: Annotated[str, N_("The heading of the column that tells what a goal was before.")]
    lowest: Annotated[str, N_("The heading of the goals at the lowest degrees.")]
    unreported: Annotated[str, N_("The heading of what has not been reported.")]
    disagreements: Annotated[str, N_("The heading of the goals on which assessments differ.")]
    assessments: Annotated[str, N_("The heading of the column of differing assessments.")]
    goal: Annotated[str, N_("The heading of the column of goals.")]
    attention: Annotated[str, N_("The heading of the goals that need attention.")]
    reason: Annotated[str, N_("The heading of the column of reasons.")]
    level: Annotated[str, N_("The heading of the column of levels.")]
    risen: Annotated[str, N_("The heading of the goals that rose or were achieved.")]
    foreword: Annotated[str, N_("The heading of the foreword.")]
    assessment: Annotated[str, N_("The heading of the compiled assessment.")]
    closing_words: Annotated[str, N_("The heading of the closing words.")]
    total: Annotated[str, N_("The word for a total.")]
    page: Annotated[str, N_("The word for a page, before its number.")]


@dataclass(frozen=True, slots=True)
class ColumnHeadings:
    """The headings of the table's eight columns."""

    council_term_goal: Annotated[str, N_("The heading of the first column.")]
    annual_goal: Annotated[str, N_("The heading of the second column.")]
    action: Annotated[str, N_("The heading of the third column.")]
    main_risks: Annotated[str, N_("The heading of the column of risks.")]
    overall_status: Annotated[str, N_("The heading of the column of overall statuses.")]
    degree: Annotated[str, N_("The heading of the column of degrees.")]
    narrative: Annotated[str, N_("The heading of the column of progress.")]
    officer: Annotated[str, N_("The heading of the column of responsible officers.")]


@dataclass(frozen=True, slots=True)
class RowFields:
    """What a template may print of one goal."""

    code: Annotated[str, N_("The goal's code, for example 01.02.")]
    title: Annotated[str, N_("The goal's code and title on one line.")]
    language: Annotated[str, N_("The language of the title where it is not the document's, for example fi-FI.")]
    level: Annotated[int, N_("1 for a council-term goal, 2 for an annual goal, 3 for an action.")]
    council_term_goal: Annotated[Paragraphs, N_("The first column: the council-term goal's title, or its code alone.")]
    annual_goal: Annotated[Paragraphs, N_("The second column: the annual goal's title, its code alone, or a dash.")]
    action: Annotated[Paragraphs, N_("The third column: the action's title, or a dash.")]
    main_risks: Annotated[Paragraphs, N_("The main risks, each officer's under the officer's name.")]
    overall_status: Annotated[Paragraphs, N_("The overall status: shape and word, in the status's colour.")]
    degree: Annotated[
        Paragraphs, N_("The degree of progress with its label, and the change since the previous period.")
    ]
    narrative: Annotated[Paragraphs, N_("The progress, each officer's words under the officer's name.")]
    officer: Annotated[Paragraphs, N_("The responsible officers, each in a paragraph.")]
    officers_language: Annotated[
        str, N_("The language of the responsible officers' names where one of them is not in the document's.")
    ]
    waiting: Annotated[str, N_("The officers who have not reported the goal, on one line.")]
    change: Annotated[str, N_("The change since the previous period, for example 2 → 3; empty where there is none.")]
    officers: Annotated[str, N_("The responsible officers on one line; a dash where there is none.")]
    assessments: Annotated[
        Paragraphs, N_("Where officers differ: what each has given, in a paragraph of its own; else a dash.")
    ]
    degree_number: Annotated[str, N_("The degree alone, for example 3; a dash where there is no single one.")]
    degree_label: Annotated[str, N_("The degree's label without its number; a dash where there is no single one.")]
    status: Annotated[str, N_("The overall status on one line; a dash where there is no single one.")]
    division: Annotated[str, N_("The division; a dash where there is none.")]
    division_language: Annotated[str, N_("The language of the division's name where it is not the document's.")]
    settlement: Annotated[Paragraphs, N_("Where a person settled between officers: what each had given; else a dash.")]
    is_short: Annotated[bool, N_("Whether the row is short enough to stay whole on one page.")]


@dataclass(frozen=True, slots=True)
class ChangesFields:
    text: Annotated[str, N_("What the report is compared with, and how many degrees rose, fell and stayed.")]
    rows: Annotated[tuple[RowFields, ...], N_("The goals whose degree rose or fell.")]
    caption: Annotated[str, N_("The alternative text of the table of changes.")]


@dataclass(frozen=True, slots=True)
class ProgrammeRowFields:
    """One change to the programme."""

    title: Annotated[str, N_("The goal's code and title on one line; of a removed goal those that it had.")]
    language: Annotated[str, N_("The language of the title where it is not the document's, for example fi-FI.")]
    change: Annotated[str, N_("What has changed: new goal, removed from the programme, title changed and so on.")]
    earlier: Annotated[
        Paragraphs, N_("What it was before: the title, last degree, responsible officers or division; else a dash.")
    ]


@dataclass(frozen=True, slots=True)
class ProgrammeFields:
    text: Annotated[str, N_("How many goals of the programme are new, removed, retitled and so on, in words.")]
    rows: Annotated[tuple[ProgrammeRowFields, ...], N_("The changes to the programme since the previous period.")]
    caption: Annotated[str, N_("The alternative text of the table of changes to the programme.")]


@dataclass(frozen=True, slots=True)
class RevisionRowFields:
    """One text that a later version of the report changes: of a goal, or of the sheet of texts."""

    title: Annotated[str, N_("The goal's code and title on one line, or the heading of another text.")]
    language: Annotated[str, N_("The language of the title where it is not the document's, for example fi-FI.")]
    what: Annotated[str, N_("What has changed: the heading of the column, or that the goal or text is new or removed.")]
    before: Annotated[Paragraphs, N_("The text in the version that is replaced; a dash where there was none.")]
    after: Annotated[Paragraphs, N_("The text now; a dash where there is none.")]


@dataclass(frozen=True, slots=True)
class RevisionFields:
    chapter: Annotated[str, N_("The heading of the changes to the version that is replaced; empty in the first one.")]
    text: Annotated[str, N_("Which version is replaced, and how many texts have changed, in words.")]
    rows: Annotated[tuple[RevisionRowFields, ...], N_("The texts that differ from the version that is replaced.")]
    caption: Annotated[str, N_("The alternative text of the table of these texts.")]
    before: Annotated[str, N_("The heading of the column with the texts of the version that is replaced.")]
    after: Annotated[str, N_("The heading of the column with the present texts.")]


@dataclass(frozen=True, slots=True)
class AttentionRowFields:
    """A goal that needs attention."""

    title: Annotated[str, N_("The goal's code and title on one line.")]
    language: Annotated[str, N_("The language of the title where it is not the document's, for example fi-FI.")]
    reason: Annotated[str, N_("Why it needs attention: its overall status, or how its degree fell.")]
    main_risks: Annotated[Paragraphs, N_("The main risks, each officer's under the officer's name.")]
    officers: Annotated[str, N_("The responsible officers on one line; a dash where there is none.")]
    officers_language: Annotated[
        str, N_("The language of the responsible officers' names where one of them is not in the document's.")
    ]
    is_short: Annotated[bool, N_("Whether the row is short enough to stay whole on one page.")]


@dataclass(frozen=True, slots=True)
class AttentionFields:
    rows: Annotated[
        tuple[AttentionRowFields, ...],
        N_("The goals that will not be achieved, are late or fell, and the lowest degrees of goals without a status."),
    ]
    caption: Annotated[str, N_("The alternative text of the table of goals that need attention.")]
    risen: Annotated[
        str, N_("The goals that rose or were achieved, where the summary has no room for all of them; else empty.")
    ]


@dataclass(frozen=True, slots=True)
class LowestFields:
    text: Annotated[str, N_("How many goals are at the lowest degrees, in words.")]
    rows: Annotated[tuple[RowFields, ...], N_("The goals at the lowest degrees, the lowest first.")]
    caption: Annotated[str, N_("The alternative text of the table of the goals at the lowest degrees.")]


@dataclass(frozen=True, slots=True)
class UnreportedFields:
    text: Annotated[str, N_("How many goals wait for a report, in words.")]
    rows: Annotated[tuple[RowFields, ...], N_("The goals that some officer has not reported.")]
    caption: Annotated[str, N_("The alternative text of the table of what has not been reported.")]


@dataclass(frozen=True, slots=True)
class DisagreementFields:
    text: Annotated[str, N_("On how many goals the officers' assessments differ, in words.")]
    rows: Annotated[tuple[RowFields, ...], N_("The goals on which the officers' assessments differ.")]
    caption: Annotated[str, N_("The alternative text of the table of differing assessments.")]


@dataclass(frozen=True, slots=True)
class SectionFields:
    """One council-term goal and all that is under it."""

    heading: Annotated[str, N_("The council-term goal's code and title.")]
    language: Annotated[str, N_("The language of the title where it is not the document's, for example fi-FI.")]
    caption: Annotated[str, N_("The alternative text of the table.")]
    goal: Annotated[RowFields, N_("The council-term goal's own row.")]
    rows: Annotated[tuple[RowFields, ...], N_("The rows below it.")]
    all_rows: Annotated[tuple[RowFields, ...], N_("All rows, the council-term goal's own first.")]
    remark: Annotated[
        Paragraphs,
        N_("The remark on the goal from the sheet of texts; false in an {%p if %} where none is written."),
    ]


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """Everything a template may print."""

    title: Annotated[str, N_("The document's title.")]
    municipality: Annotated[str, N_("The municipality.")]
    organ: Annotated[str, N_("The organ to which the report is given.")]
    case_number: Annotated[str, N_("The case number; empty where there is none.")]
    section: Annotated[str, N_("The section of the minutes; empty where there is none.")]
    attachment: Annotated[str, N_("The attachment's name, for example Attachment 3; empty where there is none.")]
    attachment_number: Annotated[str, N_("The attachment's number alone; empty where there is none.")]
    date: Annotated[str, N_("The report's date.")]
    period: Annotated[str, N_("The reporting period.")]
    is_draft: Annotated[bool, N_("Whether the document is a draft.")]
    state: Annotated[str, N_("Draft or final, in a word.")]
    state_text: Annotated[str, N_("Draft or final, in a sentence.")]
    draft_mark: Annotated[str, N_("The word DRAFT for the heading and the header; empty when final.")]
    is_extract: Annotated[bool, N_("Whether the document is an extract of one officer or division.")]
    extract: Annotated[str, N_("Whose extract it is; empty where it is the whole report.")]
    plan_decision: Annotated[
        str, N_("Where the programme was adopted, for example KV 15.12.2025 § 120; empty where it is not told.")
    ]
    introduction: Annotated[str, N_("The introducing sentences.")]
    scale: Annotated[tuple[str, ...], N_("The steps of the scale, value and label.")]
    statuses: Annotated[str, N_("The overall statuses with their shapes, in a sentence.")]
    table_note: Annotated[str, N_("How the tables are to be read.")]
    language_note: Annotated[
        str, N_("In which language the officers' texts are; empty where all are in the document's.")
    ]
    closing: Annotated[str, N_("The closing sentence.")]
    foreword: Annotated[
        Paragraphs, N_("The foreword from the sheet of texts; false in an {%p if %} where none is written.")
    ]
    assessment: Annotated[
        Paragraphs, N_("The compiled assessment from the sheet of texts; false in an {%p if %} where none is written.")
    ]
    closing_words: Annotated[
        Paragraphs, N_("The closing words from the sheet of texts; false in an {%p if %} where none are written.")
    ]
    own_language: Annotated[
        str, N_("The language of the plan's words where it is not the document's, for example fi-FI.")
    ]
    has_previous: Annotated[bool, N_("Whether the previous period is known.")]
    has_contents: Annotated[
        bool, N_("Whether the document has a list of contents; an extract of a few goals has none.")
    ]
    is_brief: Annotated[bool, N_("Whether the document is an extract of three goals or fewer, which has no summary.")]
    contents: Annotated[Contents, N_("The list of contents: a link to each heading of levels 2 and 3.")]
    labels: Labels
    headings: ColumnHeadings
    comparison: Annotated[str, N_("What the report is compared with; empty where it is compared with nothing.")]
    summary: SummaryFields
    changes: ChangesFields
    programme: ProgrammeFields
    revision: RevisionFields
    attention: AttentionFields
    lowest: LowestFields
    unreported: UnreportedFields
    disagreements: DisagreementFields
    sections: Annotated[tuple[SectionFields, ...], N_("The council-term goals.")]


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field for template authors: its full name, the tag to write, its meaning (a message), and what it prints."""

    name: str
    tag: str
    meaning: str
    kind: str


# A list's fields are named after the loop that prints them.
LOOPS: dict[Any, str] = {
    str: "degree",
    RowFields: "row",
    CountFields: "count",
    DivisionFields: "division",
    LevelFields: "level",
    MatterFields: "matter",
    AttentionRowFields: "need",
    SectionFields: "section",
    ProgrammeRowFields: "item",
    RevisionRowFields: "text",
}
# What is printed as whole paragraphs, by `{{p …}}` alone.
WHOLE: tuple[type, ...] = (Paragraphs, Chart, Contents)
_TABLE_ROWS = (
    RowFields,
    CountFields,
    DivisionFields,
    LevelFields,
    AttentionRowFields,
    ProgrammeRowFields,
    RevisionRowFields,
)


def list_fields() -> tuple[TemplateField, ...]:
    """Lists every field in the order of the document; fields of lists (`row.narrative`) come last."""
    loops = (field for group, loop in LOOPS.items() if group is not str for field in _fields_of(group, f"{loop}."))
    return (*_fields_of(DocumentFields, ""), *loops)


@cache
def field_types(group: type) -> Mapping[str, Any]:
    """Returns the types of a group's fields by name; empty for a type that is no group."""
    return MappingProxyType(get_type_hints(group) if group in GROUPS else {})


def element_type(hint: Any) -> Any:
    """Returns the type of a list's items; None if the type is no list."""
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def _fields_of(group: type, prefix: str) -> Iterator[TemplateField]:
    meanings = get_type_hints(group, include_extras=True)
    for name, hint in field_types(group).items():
        if hint in GROUPS and hint not in LOOPS:
            yield from _fields_of(hint, f"{prefix}{name}.")
        else:
            yield TemplateField(prefix + name, _tag(prefix + name, hint), meanings[name].__metadata__[0], _kind(hint))


def _kind(hint: Any) -> str:
    """Returns what a field prints: a text, a number, a condition, paragraphs, a chart, a list, or a group of fields."""
    names = {str: "text", int: "number", bool: "condition", Chart: "chart", Paragraphs: "paragraphs"}
    if element_type(hint):
        return "list"
    return names.get(hint, "paragraphs" if hint in WHOLE else "group")


def _tag(name: str, hint: Any) -> str:
    element = element_type(hint)
    if element:
        return f"{{%{'tr' if element in _TABLE_ROWS else 'p'} for {LOOPS[element]} in {name} %}}"
    if hint is bool:
        return f"{{%p if {name} %}}"
    if hint in LOOPS and hint is not str:
        return f"{{%p set {LOOPS[hint]} = {name} %}}"
    return f"{{{{p {name} }}}}" if hint in WHOLE else f"{{{{ {name} }}}}"


GROUPS = (
    DocumentFields,
    Labels,
    ColumnHeadings,
    SummaryFields,
    ChangesFields,
    ProgrammeFields,
    ProgrammeRowFields,
    RevisionFields,
    RevisionRowFields,
    MatterFields,
    LevelFields,
    AttentionFields,
    AttentionRowFields,
    LowestFields,
    UnreportedFields,
    DisagreementFields,
    CountFields,
    DivisionFields,
    SectionFields,
    RowFields,
)
