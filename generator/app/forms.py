"""The officers' forms: made from the snapshot, signed, and written unless somebody has begun to fill one in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from generator.app.added_rows import added_rows
from generator.app.form_places import form_places
from generator.app.opening import local_now, opened_with_saves_taken
from generator.app.owned_files import Placement
from generator.app.rules import read_saved, words_of
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.disk.digests import digest_of
from generator.disk.safe_write import folder_errors
from generator.domain.base.moments import write_moment
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import name_key, same_name
from generator.domain.follow_up.merge import previous_answers
from generator.domain.plan.form import Form, Identity, make_form, reporters
from generator.domain.submission.check_rules import read_sender
from generator.errors import UsageError
from generator.formats.opc.package import same_parts
from generator.formats.xlsx.form_file import form_bytes
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
    before = snapshot.previous
    return make_form(
        snapshot.plan,
        officer,
        unowned_reporter=snapshot.settings.unowned_reporter,
        language=words_of(snapshot.plan, officer, snapshot.words).language.value,
        previous=previous_answers(before, officer) if before else (),
    )


def form_workbook(session: Session, snapshot: Snapshot, form: Form, *, base: int | None) -> bytes:
    """Makes a form's workbook. It is signed with `base`, its journal sequence; None leaves it unsigned."""
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
    return tuple(
        outcome
        for name in names
        for outcome in _write_both(session, snapshot, blank_form(snapshot, name), places[name], base=base, now=now)
    )


def write_owed_forms(session: Session, snapshot: Snapshot, now: str) -> tuple[FormOutcome, ...]:
    """Writes the forms of all who have none in a period that was opened by command.

    Where an old file is open in another program, its new form has no place yet; it follows in a later round.
    """
    history, names = session.store.history, snapshot.plan.post_names
    if history.opening_of(session.period) is None:
        return ()
    everyone = reporters(snapshot.plan, snapshot.settings.unowned_reporter)
    owed = (name for name in everyone if not history.has_form((name_key(name), *names.former(name)), session.period))
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


def _write_both(
    session: Session, snapshot: Snapshot, form: Form, path: Path, *, base: int, now: str
) -> Iterator[FormOutcome]:
    """Writes an officer's form; if the officer has begun to fill one in, another one with the goals that it lacks.

    Source: DESIGN, section 6: a goal added in mid-period.
    """
    outcome = _write(session, snapshot, form, path, base=base, now=now)
    yield outcome
    added = added_rows(session, snapshot.plan, form, path) if outcome.state is FormState.TOUCHED else None
    if added:
        written = _write(session, snapshot, added.form, added.path, base=base, now=now)
        yield replace(written, added=tuple(row.goal.code for row in added.form.rows))


def _write(session: Session, snapshot: Snapshot, form: Form, path: Path, *, base: int, now: str) -> FormOutcome:
    """Writes a form made from the journal sequence `base`, unless an unchanged one with the same content lies there."""
    relative = session.workspace.relative(path)
    standing = session.store.history.form_base(relative, digest_of(path))
    if standing is not None and same_parts(form_workbook(session, snapshot, form, base=standing), path.read_bytes()):
        return FormOutcome(form.officer, path, FormState.UNCHANGED)
    data = form_workbook(session, snapshot, form, base=base)
    placement = session.placer.place(path, data)
    if placement is Placement.WRITTEN:
        digest = session.store.archive.keep(data)
        session.store.append(FormIssued(relative, digest, form.officer, session.period, base, now, form.is_part))
    is_old = placement is Placement.TOUCHED and _is_of_another_period(session, path)
    return FormOutcome(form.officer, path, FormState.OTHER_PERIOD if is_old else FormState(placement.value))


def _is_of_another_period(session: Session, path: Path) -> bool:
    """True if a form of an earlier or later period is at the path."""
    if not path.is_file():
        return False
    claim = read_sender(read_saved(path.read_bytes()), path.name, session.key).claim
    return claim is not None and claim.identity.period != session.period
