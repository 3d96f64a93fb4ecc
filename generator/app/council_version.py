"""Which final version of the previous period the council dealt with: told at the opening, or later in the workbook."""

from generator.app.kept_settings import settings_of
from generator.app.session import Session
from generator.app.told_version import final_number, last_version_act, told_version
from generator.domain.base.settings import Language
from generator.domain.follow_up.comparison import Beginning
from generator.domain.follow_up.council_version import KIND, AskedVersion, HeldVersion, settle_version
from generator.domain.follow_up.final_sheet import FilledCell
from generator.domain.follow_up.open_items import RejectedChoice, Signed
from generator.i18n.council_version import version_label
from generator.i18n.words import Words
from generator.store.records import Act


def asked_version(session: Session) -> AskedVersion | None:
    """Returns the question about the previous period's version; None if there is nothing to choose.

    There is, if the period has several final versions, or one of which nobody has said that the council dealt with it.
    """
    history, closed = session.store.history, session.settings.period.previous
    opened = history.opening_of(session.period)
    if not closed or (opened and opened.beginning == Beginning.TERM):
        return None
    versions = tuple(HeldVersion(final_number(session, final), final.time) for final in history.finals(closed))
    told, last = told_version(session, closed), last_version_act(session, closed)
    numbers = [version.number for version in versions]
    if not versions or (len(versions) == 1 and told in numbers):
        return None
    settings = settings_of(session, closed)
    compared = told if told in numbers else numbers[-1]
    label = settings.period.label if settings else closed
    return AskedVersion(closed, label, versions, told, compared, last.sequence if last else 0)


def version_acts(session: Session, cells: tuple[FilledCell, ...], signed: Signed) -> tuple[Act, ...]:
    """Returns the act for the changed cell of a saved workbook, if there is one."""
    asked = asked_version(session)
    act = settle_version(cells, asked, _spellings(asked), signed)
    return (act,) if act else ()


def rejected_version(session: Session) -> RejectedChoice | None:
    """Returns the last choice of a version if it was not carried out; None if there is none."""
    rejected = session.store.history.rejected(session.period)
    return next((each for each in reversed(rejected) if each.kind == KIND), None)


def _spellings(asked: AskedVersion | None) -> dict[str, int]:
    """Returns the number of each version by the ways of writing it: `1`, and its label in each language."""
    numbers = [version.number for version in asked.versions] if asked else []
    labels = {version_label(number, Words(language)).casefold(): number for number in numbers for language in Language}
    return {**labels, **{str(number): number for number in numbers}}
