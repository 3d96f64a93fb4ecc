"""The state after all journal entries, read in order: last saves, our own files, people's decisions."""

from collections.abc import Container, Iterable, Iterator
from copy import copy
from itertools import takewhile
from typing import TypeVar

from generator.domain.base.text import name_key
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.edit_acts import EditedCopy
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.domain.follow_up.open_items import RejectedChoice
from generator.store.acts import Acts
from generator.store.records import (
    AppliedWorkbook,
    Back,
    Final,
    FormIssued,
    Gone,
    JournaledSave,
    JournalEntry,
    Moved,
    PeriodOpened,
    PlacedFiles,
    PlanInUse,
    PutAway,
    Rebuilt,
    Record,
    RejectedFinal,
    RequestedFinal,
    Save,
    SaveReading,
    SettingsInUse,
    TakenSaves,
    TemplateInUse,
)

T = TypeVar("T")
# Kinds of record that change no document. A save changes one when it is taken: see `SnapshotKey.last_taken`.
_CHANGES_NO_DOCUMENT = (Save, PlacedFiles, TakenSaves, FormIssued, Rebuilt, EditedCopy)

# An answer workbook is of the base of the save that it answers, and the form in it may be any of the last ones.
_LAST_FORMS = 3


class History:
    """The journal's entries in memory, indexed. Entries are added and never removed."""

    def __init__(self) -> None:
        self.saves: list[JournaledSave] = []
        # What people settled about answers; it is applied between the saves, in the order of the sequences.
        self.answer_acts: list[JournalEntry] = []
        self.last_sequence = 0
        # The sequence of the last record that can change a document: an act, a plan, settings or a template.
        self.last_change = 0
        self._by_sequence: dict[int, JournaledSave] = {}
        self._latest: dict[str, JournaledSave] = {}
        self._first_save: dict[str, JournaledSave] = {}
        self._of_path: dict[str, list[JournaledSave]] = {}
        self._gone: set[str] = set()
        # For each path the sequences at which its file left, with the record of it, and was there again (None).
        self._absences: dict[str, list[tuple[int, Gone | Moved | None]]] = {}
        # From where files were moved, by the path and the time of the save that they then were.
        self._moved: dict[tuple[str, str], str] = {}
        # The digests of the closed periods' moved files, by their present paths.
        self._put_away: dict[str, str] = {}
        self._moves: list[PutAway] = []
        self._placed: dict[str, dict[str, None]] = {}
        self._last_placed: dict[str, int] = {}
        self._applied: set[str] = set()
        self._readings: dict[int, SaveReading] = {}
        self._forms: dict[tuple[str, str], FormIssued] = {}
        self._issued: list[FormIssued] = []
        # The same by the officer's key and the period: every save asks for its own.
        self._issued_to: dict[tuple[str, str], list[FormIssued]] = {}
        self._others: list[Record] = []
        self.acts = Acts()

    def add(self, entries: Iterable[JournalEntry]) -> None:
        """Adds entries in the order of the journal."""
        for entry in entries:
            self.last_sequence = entry.sequence
            if not isinstance(entry.record, _CHANGES_NO_DOCUMENT):
                self.last_change = entry.sequence
            self._add(entry)

    def copy(self) -> "History":
        """An independent copy, for another thread."""
        # Records are frozen and may be shared; each container that grows must be a new one.
        other = copy(self)
        other.saves, other._others, other._by_sequence = list(self.saves), list(self._others), dict(self._by_sequence)
        other.answer_acts = list(self.answer_acts)
        other._absences = {path: list(changes) for path, changes in self._absences.items()}
        other._latest, other._first_save = dict(self._latest), dict(self._first_save)
        other._of_path = {path: list(saves) for path, saves in self._of_path.items()}
        other._readings, other._gone, other._forms = dict(self._readings), set(self._gone), dict(self._forms)
        other._issued, other._moved = list(self._issued), dict(self._moved)
        other._issued_to = {key: list(forms) for key, forms in self._issued_to.items()}
        other._put_away, other._moves, other.acts = dict(self._put_away), list(self._moves), self.acts.copy()
        other._placed = {path: dict(digests) for path, digests in self._placed.items()}
        return other

    def latest(self, path: str) -> JournaledSave | None:
        """The last save of a path (relative to the inbox); None where it was never saved."""
        return self._latest.get(path)

    def save(self, sequence: int) -> JournaledSave:
        """The save with this journal sequence; LookupError where there is none."""
        return self._by_sequence[sequence]

    def saves_after(self, sequence: int) -> tuple[JournaledSave, ...]:
        """The saves with a higher journal sequence, in order."""
        newest_first = takewhile(lambda save: save.sequence > sequence, reversed(self.saves))
        return tuple(reversed(tuple(newest_first)))

    def find_save(self, sequence: int) -> JournaledSave | None:
        """The save with this journal sequence; None where there is none."""
        return self._by_sequence.get(sequence)

    def was_gone(self, path: str, sequence: int) -> bool:
        """True if a file was known to be gone just before an event, by the event's journal sequence."""
        return self._absence(path, sequence) is not None

    def was_moved(self, path: str, sequence: int) -> bool:
        """True if a file was known just before an event to lie at another path, with the bytes it had."""
        return isinstance(self._absence(path, sequence), Moved)

    def moved_from(self, save: JournaledSave) -> str | None:
        """The path from which the file was moved, as it was, when this save of it was kept; None where it was not."""
        return self._moved.get((save.path, save.time))

    def first_of(self, digest: str) -> JournaledSave:
        """The first save of these bytes; LookupError where they were never saved."""
        return self._first_save[digest]

    def returns_to(self, save: JournaledSave) -> JournaledSave | None:
        """The last save of the same bytes at the same path, if others came in between; None where there is none."""
        before = [each for each in self._of_path[save.path] if each.sequence < save.sequence]
        if not before or before[-1].digest == save.digest:
            return None
        return next((each for each in reversed(before) if each.digest == save.digest), None)

    @property
    def present(self) -> Iterator[JournaledSave]:
        """The last save of each file that has not been seen to be gone."""
        return (save for path, save in self._latest.items() if path not in self._gone)

    @property
    def gone(self) -> frozenset[str]:
        """The paths of saved files that are no longer in the inbox."""
        return frozenset(self._gone)

    def is_gone(self, path: str) -> bool:
        """True if the file was saved and is no longer in the inbox."""
        return path in self._gone

    def reading_of(self, sequence: int) -> SaveReading | None:
        """The result of reading a save; None where it has not been read yet."""
        return self._readings.get(sequence)

    def has_placed(self, name: str, digest: str) -> bool:
        """True if this program ever put these bytes at this path (relative to the workspace)."""
        return digest in self._placed.get(name, ())

    def digests_placed_at(self, name: str) -> tuple[str, ...]:
        """The digests of the files that this program put at this path (relative to the workspace), in their order."""
        return tuple(digest for digest in self._placed.get(name, ()) if digest not in self._applied)

    def last_placed(self, name: str) -> int:
        """The number in the journal of the last file of this program at this path; 0 if there was none."""
        return self._last_placed.get(name, 0)

    def placed_at(self, digest: str) -> tuple[str, ...]:
        """The paths (relative to the workspace) at which this program put these bytes, or found them unchanged."""
        return tuple(name for name, digests in self._placed.items() if digest in digests)

    def has_kept_copy(self, digest: str) -> bool:
        """True if an edited document with these bytes, whose edits are not carried on, is in the archive."""
        return any(copy.digest == digest for copy in self._all(EditedCopy))

    def is_changed(self, name: str, digest: str) -> bool:
        """True if this program put files at this path (relative to the workspace), but never these bytes."""
        return name in self._placed and not self.has_placed(name, digest)

    def has_put_away(self, path: str, digest: str) -> bool:
        """True if a closed period's file with these bytes was moved to this path (relative to the inbox)."""
        return self._put_away.get(path) == digest

    @property
    def put_away_paths(self) -> tuple[str, ...]:
        """The paths (relative to the inbox) to which closed periods' files were moved."""
        return tuple(self._put_away)

    @property
    def put_away_from(self) -> tuple[tuple[str, str, str], ...]:
        """Period, path before, and digest of each closed period's file that was moved."""
        return tuple((moved.period, path, digest) for moved in self._moves for path, _, digest in moved.files)

    def opening_of(self, period: str) -> PeriodOpened | None:
        """The opening of a period; None where nobody opened it by command, such as the first one."""
        return next((opened for opened in self._all(PeriodOpened) if opened.period == period), None)

    @property
    def last_opening(self) -> PeriodOpened | None:
        """The last opening of a period; None where there was none."""
        return next(reversed(self._all(PeriodOpened)), None)

    def closing_of(self, period: str) -> PeriodOpened | None:
        """The opening by which a period was closed; None while it is open."""
        return next((opened for opened in self._all(PeriodOpened) if opened.closed == period), None)

    @property
    def closed_periods(self) -> tuple[str, ...]:
        """The ids of all closed periods, in the order in which they were closed."""
        return tuple(opened.closed for opened in self._all(PeriodOpened))

    @property
    def periods(self) -> tuple[str, ...]:
        """The ids of all periods of which a plan was used, the oldest first."""
        return tuple(dict.fromkeys(plan.period for plan in self._all(PlanInUse)))

    def issued_form(self, path: str, digest: str) -> FormIssued | None:
        """The record of a form; None where this form was not issued at the path."""
        return self._forms.get((path, digest))

    def issued_forms(self, officer: str, period: str, base: int) -> tuple[str, ...]:
        """The digests of an officer's forms of a base; where none is of it, of the last ones before it."""
        forms = self._issued_to.get((name_key(officer), period), [])
        earlier = [form for form in forms if form.base <= base]
        own = [form for form in earlier if form.base == base] or earlier[-_LAST_FORMS:]
        return tuple(dict.fromkeys(form.digest for form in own))

    def has_form(self, officers: Iterable[str], period: str) -> bool:
        """True if a form was ever issued in a period to one of these officers, given by the keys of their names."""
        return any((key, period) in self._issued_to for key in officers)

    def forms_of(self, period: str) -> tuple[FormIssued, ...]:
        """All forms that were issued in a period, the latest last."""
        return tuple(form for form in self._issued if form.period == period)

    def forms_issued_at(self, path: str) -> tuple[str, ...]:
        """The digests of the last forms that were issued at a path (relative to the inbox)."""
        forms = [form for form in self._issued if f"/{form.path}".endswith(f"/{path}")]
        return tuple(dict.fromkeys(form.digest for form in forms[-_LAST_FORMS:]))

    def form_paths(self, officers: Container[str]) -> tuple[str, ...]:
        """The paths (relative to the workspace) where whole forms were issued last to some officers, the latest first.

        Args:
            officers: keys of names (`name_key`).
        """
        last: dict[str, str] = {}
        for form in (form for form in self._issued if not form.is_part):
            last.pop(form.path, None)
            last[form.path] = name_key(form.officer)
        return tuple(path for path, officer in reversed(last.items()) if officer in officers)

    def decisions(self, period: str) -> tuple[Decision | Acceptance, ...]:
        """The decisions and acceptances of a period that are in force, in the journal's order."""
        found = (entry.record for entry in self.acts.in_force(period))
        return tuple(act for act in found if isinstance(act, Decision | Acceptance))

    def rejected(self, period: str) -> tuple[RejectedChoice, ...]:
        """The choices that could not be carried out, unless a later act on the same item replaced them."""
        return self.acts.rejected(period)

    def request(self, period: str, key: str) -> RequestedFinal | None:
        """The last request to make the report final that was read with this key; None where there was none."""
        requests = [request for request in self._all(RequestedFinal) if (request.period, request.key) == (period, key)]
        return requests[-1] if requests else None

    @property
    def last_applied(self) -> AppliedWorkbook | None:
        """The last workbook whose choices were entered; None if there is none."""
        return next(reversed(self._all(AppliedWorkbook)), None)

    def has_applied_before(self, digest: str) -> bool:
        """True if the workbook with this digest is an old one: choices of another were entered after it."""
        applied = [workbook.digest for workbook in self._all(AppliedWorkbook)]
        return digest in applied[:-1] and digest != applied[-1]

    def rejected_final(self, period: str) -> RejectedFinal | None:
        """The last request to make the report final, if it was refused and the report was not made final since."""
        found = [record for record in self._others if isinstance(record, RejectedFinal | Final)]
        last = next((record for record in reversed(found) if record.period == period), None)
        return last if isinstance(last, RejectedFinal) else None

    def finals(self, period: str) -> tuple[Final, ...]:
        """The final reports of a period, the latest last."""
        return tuple(final for final in self._all(Final) if final.period == period)

    @property
    def final_periods(self) -> tuple[str, ...]:
        """The ids of the periods that have a final report, in the order of their first ones."""
        return tuple(dict.fromkeys(final.period for final in self._all(Final)))

    def last_final(self, period: str) -> Final | None:
        """The latest final report of a period; None where there is only a draft."""
        return next(reversed(self.finals(period)), None)

    def first_save_of(self, period: str) -> JournaledSave | None:
        """The first save that was made in a period; None where there was none."""
        return next((save for save in self.saves if save.period == period), None)

    @property
    def saved_periods(self) -> tuple[str, ...]:
        """The ids of the periods in which something was saved, in the order of their first saves."""
        return tuple(dict.fromkeys(save.period for save in self.saves if save.period))

    def has_issued_forms(self, period: str) -> bool:
        """True if a form of the period was ever written for an officer."""
        return any(form.period == period for form in self._issued)

    def plans(self, period: str) -> tuple[PlanInUse, ...]:
        """The plans that were in use in a period, the latest last."""
        return tuple(plan for plan in self._all(PlanInUse) if plan.period == period)

    def last_settings(self) -> SettingsInUse | None:
        """The settings in use; None where none were usable yet."""
        return next(reversed(self._all(SettingsInUse)), None)

    def settings_used(self) -> tuple[SettingsInUse, ...]:
        """All settings that were ever in use, the latest last."""
        return tuple(self._all(SettingsInUse))

    def last_template(self, language: str = "") -> TemplateInUse | None:
        """The common template in use, or a language's own; None where there was none yet."""
        used = (record for record in reversed(self._all(TemplateInUse)) if record.language == language)
        return next(used, None)

    def has(self, record: Record) -> bool:
        """True if exactly this record was entered. Records that have an index, such as saves, are never found."""
        return record in self._others

    def _absence(self, path: str, sequence: int) -> Gone | Moved | None:
        """The record by which a file was known to be gone before an event; None where it was not."""
        before = [left for at, left in self._absences.get(path, ()) if at < sequence]
        return before[-1] if before else None

    def _all(self, kind: type[T]) -> list[T]:
        return [record for record in self._others if isinstance(record, kind)]

    def _add(self, entry: JournalEntry) -> None:  # noqa: C901 — one line for each kind of record
        self.acts.add(entry)
        match entry.record:
            case Save() as save:
                self._add_save(JournaledSave(entry.sequence, save.path, save.digest, save.time, save.period))
            case Gone() | Moved() as left:
                self._gone.add(left.path)
                self._absences.setdefault(left.path, []).append((entry.sequence, left))
                if isinstance(left, Moved):
                    self._moved[left.to, left.time] = left.path
            case Back() as back:
                self._gone.discard(back.path)
                self._absences.setdefault(back.path, []).append((entry.sequence, None))
            case ChosenFile() | WithdrawnAnswer() | AcceptedSender():
                self.answer_acts.append(entry)
            case PutAway() as moved:
                self._add_put_away(entry.sequence, moved)
            case PlacedFiles() as placed:
                for name, digest in placed.files:
                    self._placed.setdefault(name, {})[digest] = None
                    if digest not in self._applied:  # a person's workbook counts as ours once it was read
                        self._last_placed[name] = entry.sequence
            case FormIssued() as form:
                self._add_form(form)
            case TakenSaves() as taken:
                self._readings.update((judged.save, judged) for judged in taken.saves)
            case other:
                self._others.append(other)
                if isinstance(other, AppliedWorkbook):
                    self._applied.add(other.digest)

    def _add_put_away(self, sequence: int, moved: PutAway) -> None:
        self._moves.append(moved)
        for path, to, digest in moved.files:
            self._put_away[to] = digest
            if path in self._latest:  # a form that nobody filled was never a save
                self._gone.add(path)
                self._absences.setdefault(path, []).append((sequence, Gone(path, moved.time)))

    def _add_form(self, form: FormIssued) -> None:
        own = self._issued_to.setdefault((name_key(form.officer), form.period), [])
        if (known := self._forms.get((form.path, form.digest))) is not None:
            # The same form for other inputs: it must not push earlier forms out of the last ones.
            for forms in (self._issued, own):
                forms[:] = [each for each in forms if each is not known]
        self._forms[form.path, form.digest] = form
        self._issued.append(form)
        own.append(form)

    def _add_save(self, save: JournaledSave) -> None:
        self.saves.append(save)
        self._by_sequence[save.sequence] = save
        self._latest[save.path] = save
        self._first_save.setdefault(save.digest, save)
        self._of_path.setdefault(save.path, []).append(save)
        if save.path in self._gone:
            self._gone.discard(save.path)
            self._absences.setdefault(save.path, []).append((save.sequence, None))
