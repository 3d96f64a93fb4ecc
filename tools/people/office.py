"""The program at work for the person model: its own store in memory, an inbox of documents, and its answers."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from generator.app.owned_files import Placer
from generator.app.plans import keep_plan
from generator.app.present_saves import PresentSave, present_saves
from generator.app.rules import Rules
from generator.app.session import Session
from generator.app.taking import take_new
from generator.disk.digests import sha256_of
from generator.domain.base.finding import Finding
from generator.domain.base.moments import write_moment
from generator.domain.base.settings import IdentityPolicy, Settings
from generator.domain.follow_up.whose_answer import FileState, InForce, Key
from generator.domain.output.receipt import receipt_name
from generator.domain.plan.goals import Plan
from generator.store.journal import Journal
from generator.store.records import JournalEntry, Record
from generator.store.sqlite_ledger import ledger_in_memory
from generator.store.state import MissingBytesError
from generator.store.state_folder import StateFolder
from generator.store.store import ReadOnlyStore
from generator.workspace.folders import Workspace
from tools.people.documents import KEY, Printer

NOWHERE = Path("/nowhere")
START = datetime(2026, 8, 3, 9, 0, tzinfo=timezone(timedelta(hours=3)))


class ArchiveInMemory:
    """The archive's three doors without a disk."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(self, data: bytes) -> str:
        digest = sha256_of(data)
        self.files[digest] = data
        return digest

    def has(self, digest: str) -> bool:
        return digest in self.files

    def read(self, digest: str) -> bytes:
        if digest not in self.files:
            raise MissingBytesError("missing", "", path=NOWHERE)
        return self.files[digest]


class RecordingStore(ReadOnlyStore):
    """A store in memory that keeps its journal's entries in order."""

    entries: list[JournalEntry]

    def append(self, *records: Record) -> None:
        first = self.history.last_sequence + 1
        new = [JournalEntry(number, record) for number, record in enumerate(records, first)]
        self.entries += new
        self.history.add(new)


@dataclass
class State:
    """What the program holds of the present period, and what it tells in the receipts, by their names."""

    in_force: dict[Key, InForce]
    told: dict[str, PresentSave]
    present: dict[str, PresentSave]

    def findings(self, path: str) -> tuple[Finding, ...]:
        """What is told on a file's receipt now: an answer workbook has no other than the file that it answers."""
        page = receipt_name(path)
        told = (present.save.findings for file, present in self.present.items() if receipt_name(file) == page)
        return tuple(finding for findings in told for finding in findings)


@dataclass
class Office:
    """One workspace in memory. `plan` and `settings` may be changed between rounds."""

    settings: Settings
    plan: Plan
    printer: Printer
    identity: IdentityPolicy = IdentityPolicy.OPEN
    archive: ArchiveInMemory = field(default_factory=ArchiveInMemory)
    entries: tuple[JournalEntry, ...] = ()

    def __post_init__(self) -> None:
        self.settings = replace(self.settings, identity=self.identity)
        paths = StateFolder(NOWHERE)
        self.store = RecordingStore(paths, Journal(paths.journal_lines()), ledger_in_memory(paths.ledger))
        self.store.archive, self.store.entries = self.archive, list(self.entries)
        self.store.history.add(self.entries)
        self._kept: tuple[Plan, Settings] | None = None

    @property
    def session(self) -> Session:
        """The session as it is opened for one round."""
        return Session(Workspace(NOWHERE, self.settings), self.store, Placer(self.store, NOWHERE), KEY)

    @property
    def now(self) -> str:
        """The moment: a minute for each entry of the journal."""
        return write_moment(START + timedelta(minutes=self.store.history.last_sequence))

    def enter(self, *records: Record) -> None:
        """Enters records in the journal, and does nothing else."""
        self.store.append(*records)

    def round(self) -> State:
        """Takes what is new, as every round does."""
        session = self.session
        if (self.plan, self.settings) != self._kept:
            keep_plan(session, self.plan, self.now)
            self._kept = self.plan, self.settings
        take_new(session, Rules(session, self.plan), self.printer.read)
        return self.state()

    def state(self) -> State:
        """What is held and told now."""
        ledger, period = self.store.ledger, self.settings.period.id
        saves = present_saves(self.session, period)
        told = {receipt_name(present.save.file): present for present in saves}
        present = {each.save.file: each for each in saves}
        return State(ledger.in_force(period), told, present)

    def files(self) -> dict[str, FileState]:
        """What each file of the present period said last."""
        return self.store.ledger.file_states(self.settings.period.id)

    def taken_anew(self, entries: tuple[JournalEntry, ...]) -> State:
        """What another program holds after it has taken these entries from the beginning."""
        other = Office(self.settings, self.plan, self.printer, self.identity, self.archive, entries)
        try:
            return other.round()
        finally:
            other.close()

    def close(self) -> None:
        """Closes the ledger."""
        self.store.close()
