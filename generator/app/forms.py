"""The officers' forms: made from the snapshot, signed, and written unless somebody has begun to fill one in."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from generator.app.opening import local_now, opened_with_saves_taken
from generator.app.owned_files import DONE, Placement
from generator.app.rules import read_saved, words_of
from generator.app.session import Session
from generator.app.snapshot import Snapshot, key_of
from generator.disk.digests import digest_of, sha256_of
from generator.disk.names import form_name
from generator.disk.safe_write import folder_errors
from generator.domain.base.canonical import digest
from generator.domain.base.moments import write_moment
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import same_name
from generator.domain.follow_up.merge import FollowUp, previous_answers
from generator.domain.plan.form import Form, Identity, PreviousAnswer, make_form, reported_goals, reporters
from generator.domain.submission.check_rules import read_sender
from generator.errors import UsageError
from generator.i18n.words import Words
from generator.store.records import FormIssued
from generator.workspace.folders import Workspace


class FormState(StrEnum):
    """The result of writing one officer's form: a `Placement`, or an old form that is in the way."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    TOUCHED = "touched"
    LOCKED = "locked"
    OTHER_PERIOD = "other_period"


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """One officer's form: its path, and whether it was written, was unchanged, or was left alone."""

    officer: str
    path: Path
    state: FormState


def blank_form(snapshot: Snapshot, officer: str) -> Form:
    """Makes an officer's blank form, in the officer's language, with the answers of the previous period."""
    return make_form(
        snapshot.plan,
        officer,
        unowned_reporter=snapshot.settings.unowned_reporter,
        language=words_of(snapshot.plan, officer, snapshot.words).language.value,
        previous=_previous_answers(snapshot, officer),
        has_previous=_has_previous(snapshot),
    )


def _previous_answers(snapshot: Snapshot, officer: str) -> tuple[PreviousAnswer, ...]:
    """Returns the previous period's answers to the officer's goals. To go over all goals for each would take long."""
    if snapshot.previous is None:
        return ()
    known = snapshot.previous.by_code
    goals = reported_goals(snapshot.plan, officer, snapshot.settings.unowned_reporter)
    return previous_answers(FollowUp(tuple(known[goal.code] for goal in goals if goal.code in known)), officer)


def _has_previous(snapshot: Snapshot) -> bool:
    return snapshot.previous is not None and any(item.answers for item in snapshot.previous.goals)


def form_workbook(session: Session, snapshot: Snapshot, form: Form, *, base: int | None) -> bytes:
    """Makes a form's workbook. It is signed with `base`, its journal sequence; None leaves it unsigned."""
    from generator.formats.xlsx.form_file import form_bytes

    words = Words(Language(form.language))
    if base is None:
        return form_bytes(form, (), snapshot.settings, words)
    identity = Identity(session.period, form.officer, snapshot.plan.digest, base)
    return form_bytes(form, identity.pairs(session.key), snapshot.settings, words)


def write_forms(
    workspace: Workspace, officer: str | None = None, folder: Path | None = None
) -> tuple[FormOutcome, ...]:
    """Writes all officers' forms, or one, into the inbox or another folder; a file that somebody changed stays.

    Raises:
        UsageError: no officer has this name.
    """
    now = local_now()
    with opened_with_saves_taken(workspace, now) as (session, snapshot), session.store.sole_writer():
        return _write_forms(session, snapshot, write_moment(now), officer=officer, folder=folder)


def _write_forms(
    session: Session, snapshot: Snapshot, now: str, *, officer: str | None, folder: Path | None
) -> tuple[FormOutcome, ...]:
    everyone = reporters(snapshot.plan, snapshot.settings.unowned_reporter)
    names = everyone if officer is None else (known_name(officer, everyone),)
    target = folder or session.workspace.inbox
    with folder_errors(target):
        target.mkdir(parents=True, exist_ok=True)
    base = max(session.store.history.last_change, session.store.ledger.last_sequence())
    wanted = [_prepared(session, snapshot, name, target / form_name(name), base=base, now=now) for name in names]
    return _placed(session, wanted)


def known_name(name: str, known: tuple[str, ...]) -> str:
    """Returns the name as the plan spells it; raises UsageError if the plan does not have it."""
    found = next((known_name for known_name in known if same_name(known_name, name)), None)
    if found is None:
        raise UsageError(_NO_SUCH_NAME, _NAMES, name=name, names="; ".join(known))
    return found


_NO_SUCH_NAME = N_("The plan does not have the name “{name}”.")
_NAMES = N_("The names are: {names}")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An officer's form before it is written.

    `data` is None where an unchanged form is in its place already; `record` is what the journal has to tell.
    """

    officer: str
    path: Path
    data: bytes | None = None
    record: FormIssued | None = None


def _prepared(session: Session, snapshot: Snapshot, officer: str, path: Path, *, base: int, now: str) -> _Prepared:
    """Makes a form from the journal sequence `base`, unless an unchanged one with the same content is at the path."""
    relative = session.workspace.relative(path)
    standing = session.store.history.issued_form(relative, digest_of(path))
    if standing is not None:
        inputs = _inputs(session, snapshot, officer, standing.base)
        if standing.inputs == inputs:
            return _Prepared(officer, path)
        from generator.formats.opc.package import same_parts

        same = form_workbook(session, snapshot, blank_form(snapshot, officer), base=standing.base)
        if same_parts(same, path.read_bytes()):
            return _Prepared(officer, path, record=replace(standing, inputs=inputs))
    data = form_workbook(session, snapshot, blank_form(snapshot, officer), base=base)
    inputs = _inputs(session, snapshot, officer, base)
    return _Prepared(
        officer, path, data, FormIssued(relative, sha256_of(data), officer, session.period, base, now, inputs)
    )


def _inputs(session: Session, snapshot: Snapshot, officer: str, base: int) -> str:
    """Returns the digest of everything that an officer's form is made from; the identity has that of the plan."""
    answers = _previous_answers(snapshot, officer)
    identity = Identity(session.period, officer, snapshot.plan.digest, base)
    before = tuple((each.code, each.degree, each.narrative, each.overall_status, each.officer) for each in answers)
    language = words_of(snapshot.plan, officer, snapshot.words).language.value
    return key_of(
        snapshot.settings.digest, language, digest((_has_previous(snapshot), before, identity.pairs(session.key)))
    )


def _placed(session: Session, wanted: list[_Prepared]) -> tuple[FormOutcome, ...]:
    """Places forms, and then enters into the journal, once for all, which were issued."""
    placer, issued = session.placer, []
    placer.announce({each.path: each.data for each in wanted if each.data and placer.would_place(each.path, each.data)})
    outcomes = []
    try:
        for each in wanted:
            placement = Placement.UNCHANGED if each.data is None else placer.place(each.path, each.data)
            if each.data is not None and placement in DONE:
                session.store.archive.keep(each.data)
            if each.record and placement in DONE:
                issued.append(each.record)
            is_old = placement is Placement.TOUCHED and _is_of_another_period(session, each.path)
            state = FormState.OTHER_PERIOD if is_old else FormState(placement.value)
            outcomes.append(FormOutcome(each.officer, each.path, state))
    finally:
        session.store.append(*issued)
    return tuple(outcomes)


def _is_of_another_period(session: Session, path: Path) -> bool:
    """True if a form of an earlier or later period is at the path."""
    if not path.is_file():
        return False
    claim = read_sender(read_saved(path.read_bytes()), path.name, session.key).claim
    return claim is not None and claim.identity.period != session.period
