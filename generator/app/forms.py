"""The officers' forms: made from the snapshot, signed, and written unless somebody has begun to fill one in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from generator.app.added_rows import added_rows
from generator.app.form_places import form_places
from generator.app.opening import local_now, opened_with_saves_taken
from generator.app.owned_files import DONE, Placement
from generator.app.rules import read_saved, words_of
from generator.app.session import Session
from generator.app.snapshot import Snapshot, key_of
from generator.disk.digests import digest_of, sha256_of
from generator.disk.safe_write import folder_errors
from generator.domain.base.canonical import digest
from generator.domain.base.moments import write_moment
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import name_key, same_name
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
    """One officer's form: its path, and whether it was written, was unchanged, or was left alone.

    `added` are the codes in a form of only those goals that the officer's filled form lacks.
    """

    officer: str
    path: Path
    state: FormState
    added: tuple[str, ...] = ()


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
    """Returns the previous period's answers to the officer's goals. Looks goals up: a scan per officer is slow."""
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
    names = everyone if officer is None else (known_name(snapshot.plan.post_names.of(officer), everyone),)
    target = folder or session.workspace.inbox
    with folder_errors(target):
        target.mkdir(parents=True, exist_ok=True)
    base = max(session.store.history.last_change, session.store.ledger.last_sequence())
    places = form_places(session, everyone, target, snapshot.plan.post_names)
    wanted = [_Wanted(name, places[name], partial(blank_form, snapshot, name)) for name in names]
    outcomes = _written(session, snapshot, wanted, base=base, now=now)
    lacking = [_lacking(session, snapshot, each) for each in outcomes if each.state is FormState.TOUCHED]
    return (*outcomes, *_written(session, snapshot, [each for each in lacking if each], base=base, now=now))


def write_owed_forms(
    session: Session, snapshot: Snapshot, now: str, *, vacated: tuple[str, ...] = ()
) -> tuple[FormOutcome, ...]:
    """Writes the missing forms of a period that was opened by command.

    Where an old file is open in another program, its new form has no place yet; it follows in a later round.

    Args:
        vacated: paths in the inbox from which closed periods' files were moved: one may have been saved over a form.
    """
    history, names = session.store.history, snapshot.plan.post_names
    if history.opening_of(session.period) is None:
        return ()
    everyone = reporters(snapshot.plan, snapshot.settings.unowned_reporter)
    lost = {
        name_key(form.officer)
        for form in history.forms_of(session.period)
        if form.path.removeprefix("inbox/") in vacated
    }
    keys = {name: (name_key(name), *names.former(name)) for name in everyone}
    owed = (name for name in everyone if lost & set(keys[name]) or not history.has_form(keys[name], session.period))
    return tuple(
        outcome for name in owed for outcome in _write_forms(session, snapshot, now, officer=name, folder=None)
    )


def known_name(name: str, known: tuple[str, ...]) -> str:
    """Returns the name as the plan spells it; raises UsageError if the plan does not have it."""
    found = next((known_name for known_name in known if same_name(known_name, name)), None)
    if found is None:
        raise UsageError(_NO_SUCH_NAME, _NAMES, name=name, names="; ".join(known))
    return found


_NO_SUCH_NAME = N_("The plan does not have the name “{name}”.")
_NAMES = N_("The names are: {names}")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A form to write at a path; `added` are its goals if it has only those that another form lacks."""

    officer: str
    path: Path
    make: Callable[[], Form]
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A form before it is written.

    `data` is None if an unchanged form is at the path already; `record` is the record to write to the journal.
    """

    wanted: _Wanted
    data: bytes | None = None
    record: FormIssued | None = None


def _lacking(session: Session, snapshot: Snapshot, outcome: FormOutcome) -> _Wanted | None:
    """Returns the form of the goals that an officer's filled form lacks; None if it lacks none.

    Source: DESIGN, section 6: a goal added in mid-period.
    """
    form = blank_form(snapshot, outcome.officer)
    rows = added_rows(session, snapshot.plan, form, outcome.path)
    if rows is None:
        return None
    codes = tuple(row.goal.code for row in rows.form.rows)
    return _Wanted(outcome.officer, rows.path, lambda: rows.form, codes)


def _written(
    session: Session, snapshot: Snapshot, wanted: list[_Wanted], *, base: int, now: str
) -> tuple[FormOutcome, ...]:
    return _placed(session, [_prepared(session, snapshot, each, base=base, now=now) for each in wanted])


def _prepared(session: Session, snapshot: Snapshot, wanted: _Wanted, *, base: int, now: str) -> _Prepared:
    """Makes a form from the journal sequence `base`, unless an unchanged one with the same content is at the path."""
    relative = session.workspace.relative(wanted.path)
    standing = session.store.history.issued_form(relative, digest_of(wanted.path))
    if standing is not None:
        inputs = _inputs(session, snapshot, wanted, standing.base)
        if standing.inputs == inputs:
            return _Prepared(wanted)
        from generator.formats.opc.package import same_parts

        same = form_workbook(session, snapshot, wanted.make(), base=standing.base)
        if same_parts(same, wanted.path.read_bytes()):
            return _Prepared(wanted, record=replace(standing, inputs=inputs))
    data = form_workbook(session, snapshot, wanted.make(), base=base)
    inputs = _inputs(session, snapshot, wanted, base)
    issued = (relative, sha256_of(data), wanted.officer, session.period, base, now, bool(wanted.added), inputs)
    return _Prepared(wanted, data, FormIssued(*issued))


def _inputs(session: Session, snapshot: Snapshot, wanted: _Wanted, base: int) -> str:
    """Returns the digest of everything that a form is made from; the identity has that of the plan."""
    answers = _previous_answers(snapshot, wanted.officer)
    identity = Identity(session.period, wanted.officer, snapshot.plan.digest, base)
    before = tuple((each.code, each.degree, each.narrative, each.overall_status, each.officer) for each in answers)
    language = words_of(snapshot.plan, wanted.officer, snapshot.words).language.value
    made_from = (_has_previous(snapshot), before, identity.pairs(session.key), wanted.added)
    return key_of(snapshot.settings.digest, language, digest(made_from))


def _placed(session: Session, prepared: list[_Prepared]) -> tuple[FormOutcome, ...]:
    """Puts the forms at their paths, then writes one journal entry for all that were issued."""
    placer, issued = session.placer, list[FormIssued]()
    new = {each.wanted.path: each.data for each in prepared if each.data}
    placer.announce({path: data for path, data in new.items() if placer.would_place(path, data)})
    outcomes = []
    try:
        for each in prepared:
            path = each.wanted.path
            placement = Placement.UNCHANGED if each.data is None else placer.place(path, each.data)
            if each.data is not None and placement in DONE:
                session.store.archive.keep(each.data)
            if each.record and placement in DONE:
                issued.append(each.record)
            is_old = placement is Placement.TOUCHED and _is_of_another_period(session, path)
            state = FormState.OTHER_PERIOD if is_old else FormState(placement.value)
            outcomes.append(FormOutcome(each.wanted.officer, path, state, each.wanted.added))
    finally:
        session.store.append(*issued)
    return tuple(outcomes)


def _is_of_another_period(session: Session, path: Path) -> bool:
    """True if a form of an earlier or later period is at the path."""
    if not path.is_file():
        return False
    claim = read_sender(read_saved(path.read_bytes()), path.name, session.key).claim
    return claim is not None and claim.identity.period != session.period
