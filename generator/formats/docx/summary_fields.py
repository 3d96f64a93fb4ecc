"""What a template can print of the summary: its counts, its lines and its chart."""

from dataclasses import dataclass
from typing import Annotated

from generator.domain.base.rule import N_
from generator.formats.docx.chart import Chart


@dataclass(frozen=True, slots=True)
class CountFields:
    """One line of the summary's table."""

    label: Annotated[str, N_("What is counted: a degree with its label, or another state.")]
    council_term_goals: Annotated[int, N_("How many council-term goals.")]
    annual_goals: Annotated[int, N_("How many annual goals.")]
    actions: Annotated[int, N_("How many actions.")]
    total: Annotated[int, N_("How many goals of all levels.")]


@dataclass(frozen=True, slots=True)
class DivisionFields:
    """One division's line in the summary's second table."""

    label: Annotated[str, N_("The division.")]
    language: Annotated[str, N_("The language of the division's name where it is not the document's.")]
    counts: Annotated[tuple[str, ...], N_("How many goals, in the order of summary.columns.")]
    total: Annotated[int, N_("How many goals the division has.")]


@dataclass(frozen=True, slots=True)
class LevelFields:
    """One level's line in the table of degrees."""

    label: Annotated[str, N_("The level: council-term goal, annual goal or action; or the total.")]
    counts: Annotated[tuple[str, ...], N_("How many goals of the level, in the order of summary.columns.")]
    total: Annotated[int, N_("How many goals the level has.")]


@dataclass(frozen=True, slots=True)
class MatterFields:
    """One matter of the summary that a council asks about first."""

    label: Annotated[str, N_("What the matter is, and how many goals it has: ▲ Delayed (13).")]
    text: Annotated[str, N_("The goals' codes and titles, as many as two lines have room for; or counts.")]
    language: Annotated[str, N_("The language of the titles where it is not the document's, for example fi-FI.")]


@dataclass(frozen=True, slots=True)
class SummaryFields:
    basis: Annotated[
        str, N_("Where the programme was adopted, what the report is compared with, and how last year ended.")
    ]
    matters: Annotated[
        tuple[MatterFields, ...],
        N_("What will not be achieved, is late, fell, rose, was achieved, is not reported, or differs."),
    ]
    has_statuses: Annotated[bool, N_("Whether any goal has an overall status.")]
    status_columns: Annotated[tuple[str, ...], N_("The overall statuses with their shapes, and goals without one.")]
    status_divisions: Annotated[
        tuple[DivisionFields, ...], N_("How many goals of each division have each overall status.")
    ]
    status_total: Annotated[DivisionFields, N_("How many of all goals have each overall status.")]
    status_caption: Annotated[str, N_("The alternative text of the table of overall statuses.")]
    levels_fit: Annotated[bool, N_("Whether the summary's page has room for the table of levels.")]
    levels: Annotated[tuple[LevelFields, ...], N_("How many goals of each level have each degree; the total last.")]
    computed: Annotated[str, N_("How many degrees are computed from lower goals, in words; empty where none is.")]
    text: Annotated[str, N_("The counts in words.")]
    counts: Annotated[tuple[CountFields, ...], N_("The counts, a line for each degree and each other state.")]
    total: Annotated[CountFields, N_("The counts of all goals.")]
    caption: Annotated[str, N_("The alternative text of the summary's table.")]
    chart: Annotated[Chart, N_("The counts as a chart that Word can edit, with its alternative text.")]
    chart_caption: Annotated[str, N_("What the chart shows.")]
    columns: Annotated[tuple[str, ...], N_("The degrees and other states that the divisions' table has columns for.")]
    divisions: Annotated[tuple[DivisionFields, ...], N_("The counts of each division; none where there are none.")]
    division_caption: Annotated[str, N_("The alternative text of the divisions' table.")]
