"""The frame of a document: what it says about itself, and which goals it covers."""

from dataclasses import dataclass, replace

from generator.domain.base.period import Period
from generator.domain.base.scale import OverallStatuses, Scale
from generator.domain.base.settings import Language, ScopeKind, Settings, SettledForm
from generator.domain.output.names import PLAN_NAMES, TranslatedNames


@dataclass(frozen=True, slots=True)
class Scope:
    """What the document covers: all, or an extract of one officer or division by its name."""

    kind: ScopeKind = ScopeKind.WHOLE
    name: str = ""


WHOLE = Scope()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the document says about itself: municipality, period, scale.

    `is_late`: the draft is newer than the period's final, and differs from it. `attachment` and `section` are the
    numbers of the attachment and of the minutes' section (an empty string: none);
    `language` (fi, sv, en) is the one in which the plan and the officers' words are written; `plan_decision` is the
    decision by which the programme was adopted, for example `KV 15.12.2025 § 120` (an empty string: not told);
    `version` is the number of the final version, 0 for a draft, and `replaces` that of the version before it (0: none);
    `settled` is how values that a person chose between officers are printed; `is_of_data`: the whole report was edited
    by a person, and this document was made from the data; `names` are those of posts and divisions in its language.
    """

    municipality: str
    organ: str
    period: Period
    scale: Scale
    statuses: OverallStatuses
    is_draft: bool = True
    is_late: bool = False
    attachment: str = ""
    section: str = ""
    language: str = "fi"
    plan_decision: str = ""
    version: int = 0
    replaces: int = 0
    settled: SettledForm = SettledForm.SHORT
    is_of_data: bool = False
    names: TranslatedNames = PLAN_NAMES


def frame_of(settings: Settings, language: Language) -> Frame:
    """Makes the frame of a document in a language."""
    municipality, organ, period = settings.names_in(language)
    return Frame(
        municipality,
        organ,
        period,
        settings.degree_scale,
        settings.statuses,
        section=settings.section,
        attachment=settings.attachment,
        language=settings.language.value,
        plan_decision=settings.plan_decision,
        settled=settings.settled,
    )


def extract_frame(frame: Frame, scope: Scope, settings: Settings) -> Frame:
    """Returns the frame of an extract. The numbers of attachment, section and case are those of the whole report.

    A division's extract has its own organ, case number and date as its heading, or else only the division's name; an
    officer's has only the post's name.

    Source: DESIGN, section 5, An extract.
    """
    frame = replace(frame, attachment="", section="")
    if scope.kind is not ScopeKind.DIVISION:
        period = replace(frame.period, case_number="")
        return replace(frame, organ=frame.names.post(scope.name), period=period)
    division = settings.division(scope.name)
    day = division.date or frame.period.report_date
    period = replace(frame.period, case_number=division.case_number, report_date=day)
    return replace(frame, organ=division.organ or frame.names.division(scope.name), period=period)
