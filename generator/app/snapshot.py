"""The snapshot: the period's present state. All documents and pages are made from it."""

from dataclasses import dataclass, replace
from functools import cached_property

from generator.app.comparison import make_comparison
from generator.app.kept_edits import draft_edits
from generator.app.lost_texts import lost_texts
from generator.app.open_edits import open_edits
from generator.app.plans import changes_in_period, previous_period
from generator.app.present_saves import PresentSave, present_saves
from generator.app.replaced_versions import PrintedFinal, printed_finals
from generator.app.session import Session
from generator.app.written_texts import written_texts
from generator.disk.digests import digest_of
from generator.domain.base.canonical import digest
from generator.domain.base.finding import Finding
from generator.domain.base.settings import IdentityPolicy, Language, Settings
from generator.domain.follow_up.comparison import Comparison
from generator.domain.follow_up.draft_edits import KeptEdit, with_edits
from generator.domain.follow_up.merge import Acceptance, Decision, FollowUp, merge
from generator.domain.follow_up.open_by_kind import OpenByKind, open_by_kind
from generator.domain.follow_up.open_items import LostText, OpenEdit
from generator.domain.follow_up.standing import ContestedRow, WaitingSender
from generator.domain.follow_up.status import FinalReport, Status, StoredReply, make_status
from generator.domain.follow_up.whose_answer import Key, entry_key
from generator.domain.output.frame import WHOLE, Frame, Scope, extract_frame, frame_of
from generator.domain.output.names import PLAN_NAMES, names_in
from generator.domain.output.programme import programme_questions
from generator.domain.output.report import EarlierReport, Report, extract_of, in_frame, make_report
from generator.domain.output.report_contents import contents_digest, contents_digests
from generator.domain.output.written_texts import NO_TEXTS, WrittenTexts
from generator.domain.plan.goals import Goal, Plan
from generator.domain.plan.plan_changes import PlanChange
from generator.domain.plan.plan_reading import PlanReading
from generator.domain.submission.answers import Answer
from generator.i18n.words import Words
from generator.store.records import Final
from generator.workspace.folders import SETTINGS_FILE, Workspace, put_away_period
from generator.workspace.templates import Templates, own_path, read_templates

# Raise this when the same values give other documents, pages or workbooks than before.
RENDERING = "6"


@dataclass(frozen=True)
class Snapshot:
    """Everything that a report is made from. Frozen: when a fact changes, another snapshot is made.

    `answers` are those in force; `previous` is the previous period's follow-up, for the present goals that continue its
    goals; `comparison` is what the report is compared with (None: nothing is known of an earlier period); `saves` are
    the last saves of the files in the inbox; `plan_changes` are since
    the period's first save; `final` is the latest final, `final_count` how many there are. `is_draft` is False while a
    final is made of it, and `version` then is that final's number. `earlier` is the report of the snapshot before;
    `printed_finals` are the last finals with what they printed, `texts` those that the maker of the report wrote,
    `edits` the values that a person edited in drafts, `lost` those texts of both whose words cannot be read; `last_act`
    is the number in the journal of the last act of a person.
    """

    workspace: Workspace
    reading: PlanReading
    templates: Templates
    answers: tuple[Answer, ...]
    decisions: tuple[Decision | Acceptance, ...]
    previous: FollowUp | None
    saves: tuple[PresentSave, ...]
    last_saved: dict[str, str]
    replies: tuple[StoredReply, ...]
    final: Final | None
    final_count: int = 0
    plan_changes: tuple[PlanChange, ...] = ()
    comparison: Comparison | None = None
    is_draft: bool = True
    earlier: EarlierReport | None = None
    printed_finals: tuple[PrintedFinal, ...] = ()
    version: int = 0
    edits: tuple[KeptEdit, ...] = ()
    texts: WrittenTexts = NO_TEXTS
    lost: tuple[LostText, ...] = ()
    last_act: int = 0

    @property
    def settings(self) -> Settings:
        """The workspace's settings."""
        return self.workspace.settings

    @property
    def plan(self) -> Plan:
        """The plan without its findings."""
        return self.reading.plan

    @property
    def words(self) -> Words:
        """The municipality's first language."""
        return Words(self.settings.language)

    @cached_property
    def follow_up(self) -> FollowUp:
        """All answers of the period, merged under the plan's goals, with the decisions applied."""
        return merge(
            self.plan,
            self.answers,
            self.settings.rollup,
            self.decisions,
            unchecked=self._unchecked,
            earlier=self.earlier.follow_up if self.earlier else None,
        )

    @cached_property
    def open_edits(self) -> tuple[OpenEdit, ...]:
        """The values that a person edited in a draft and that are not printed."""
        return open_edits(self.edits, self.follow_up, self.settings, self.words) if self.edits else ()

    @cached_property
    def undecided(self) -> FollowUp:
        """The follow-up before any decisions are applied."""
        return merge(self.plan, self.answers, self.settings.rollup, unchecked=self._unchecked)

    @property
    def lapsed(self) -> tuple[Decision, ...]:
        """The settlements that lapsed because an officer has saved another value, while nobody has settled it anew."""
        found = (act for act in self.decisions if isinstance(act, Decision))
        disputed = {item.goal.code for item in self.follow_up.disputed}
        return tuple(act for act in found if act.code in disputed)

    @property
    def lapsed_goals(self) -> tuple[Goal, ...]:
        """The goals of the settlements that lapsed."""
        return tuple(self.follow_up.by_code[act.code].goal for act in self.lapsed)

    @cached_property
    def contested(self) -> tuple[ContestedRow, ...]:
        """The rows of all files for which a person must choose."""
        return tuple(row for present in self.saves for row in present.contested)

    @cached_property
    def senders(self) -> tuple[WaitingSender, ...]:
        """The senders that a person must check before their rows count."""
        return tuple(sender for present in self.saves for sender in present.senders)

    @cached_property
    def _unchecked(self) -> frozenset[Key]:
        return frozenset(entry_key(answer.entry) for sender in self.senders for answer in sender.answers)

    @cached_property
    def status(self) -> Status:
        """Who has reported, who has not, and what needs correction."""
        status = make_status(
            self.settings.period,
            self.plan,
            self.follow_up,
            files=tuple(present.save for present in self.saves if not put_away_period(present.save.file)),
            last_saved=self.last_saved,
            replies=self.replies,
        )
        is_open = self.settings.identity is IdentityPolicy.OPEN
        unchecked = tuple(answer for answer in self.answers if is_open and not answer.entry.signed)
        return replace(status, contested=self.contested, senders=self.senders, unchecked=unchecked)

    @cached_property
    def _whole(self) -> Report:
        report = make_report(
            frame_of(self.settings, self.settings.language),
            self.plan,
            self.follow_up,
            comparison=self.comparison,
            earlier=self.earlier,
        )
        return replace(report, texts=self.texts.printed_with({goal.code for goal in self.plan.children(None)}))

    @property
    def last_report(self) -> EarlierReport | None:
        """The whole report, for the snapshot that takes this one's place; the one before it if none has been made."""
        if "_whole" not in self.__dict__:
            return self.earlier
        return EarlierReport(self._whole, self.plan, self.follow_up)

    @cached_property
    def contents(self) -> str:
        """The digest of the whole report's content; the same for draft and final, and for any template."""
        return contents_digest(self._whole)

    @cached_property
    def is_late(self) -> bool:
        """True if the period's final report differs from the present state."""
        return self.is_draft and self.final is not None and self.final.contents not in contents_digests(self._whole)

    @property
    def final_report(self) -> FinalReport | None:
        """The period's latest final report, and whether it is still up to date; None where there is none."""
        made = self.final
        if made is None:
            return None
        version = made.version or self.final_count
        return FinalReport(made.who, made.time, made.because, is_current=not self.is_late, version=version)

    @cached_property
    def programme_questions(self) -> tuple[Finding, ...]:
        """Questions whether goals continue goals of the previous period. The report does not wait for the answers."""
        return self.reading.placed(programme_questions(self.plan, self.comparison))

    @cached_property
    def open(self) -> OpenByKind:
        """What is open before the report can be made final."""
        return open_by_kind(self.status, self.plan_changes, self.open_edits, self.lost)

    def frame(self, words: Words) -> Frame:
        """The frame of documents in a language: municipality, period, and whether they are drafts or late."""
        replaced, language = self._replaced, words.language
        return replace(
            frame_of(self.settings, language),
            names=PLAN_NAMES if language is self.settings.language else names_in(self.plan, language.value),
            is_draft=self.is_draft,
            is_late=self.is_late,
            version=self.version,
            replaces=replaced.version if replaced else 0,
        )

    @property
    def _replaced(self) -> PrintedFinal | None:
        """The final that the document replaces: the one before it, or the last one for a draft that differs from it."""
        if self.is_draft:
            return self.printed_finals[-1] if self.is_late and self.printed_finals else None
        before = (final for final in reversed(self.printed_finals) if final.version < self.version)
        return next(before, None)

    def report(self, scope: Scope, words: Words) -> Report:
        """The content of one document. An extract has no attachment number: that is the whole report's."""
        if scope == WHOLE:
            replaced = self._replaced.in_language(words.language) if self._replaced else None
            texts = self._whole.texts.in_language(words.language.value)
            return replace(in_frame(self._whole, self.frame(words)), replaced=replaced, texts=texts)
        extract = extract_of(self._whole, scope, self.plan)
        return in_frame(extract, extract_frame(self.frame(words), scope, self.settings))

    def as_final(self, version: int) -> "Snapshot":
        """Returns the same facts, for documents of a final version."""
        return replace(self, is_draft=False, version=version)


@dataclass(frozen=True, slots=True)
class SnapshotKey:
    """Everything that a snapshot depends on: it is valid while its key is the same.

    New saves in the journal are left out. A save changes the snapshot only when it is taken, and `last_taken` tells
    that; with saves in the key, each save during a round would stop the documents that are being made.
    """

    last_change: int
    last_taken: int
    settings: str
    plan: str
    templates: tuple[str, ...]


def make_snapshot(session: Session, reading: PlanReading, before: Snapshot | None = None) -> Snapshot:
    """Makes a snapshot of the present state. All saves must have been processed.

    Args:
        before: the previous snapshot, if there is one; what has not changed is taken from it.
    """
    ledger, history, period = session.store.ledger, session.store.history, session.period
    held, edits = previous_period(session, reading.plan), draft_edits(session)
    return Snapshot(
        workspace=session.workspace,
        reading=reading,
        templates=read_templates(session.workspace),
        answers=with_edits(ledger.current_answers(period), edits),
        edits=edits,
        decisions=history.decisions(period),
        previous=held.continued_in(reading.plan) if held else None,
        comparison=make_comparison(session, held),
        saves=present_saves(session, period, before.saves if before else ()),
        last_saved=ledger.last_saved(period),
        replies=ledger.replies(period),
        final=history.last_final(period),
        final_count=len(history.finals(period)),
        plan_changes=changes_in_period(session, reading.plan),
        earlier=before.last_report if before else None,
        printed_finals=printed_finals(session),
        texts=written_texts(session),
        lost=lost_texts(session),
        last_act=history.acts.last_number,
    )


def snapshot_key(session: Session) -> SnapshotKey:
    """Returns the key of the snapshot that `make_snapshot` would make now."""
    workspace = session.workspace
    return SnapshotKey(
        last_change=session.store.history.last_change,
        last_taken=session.store.ledger.taken_up_to(),
        settings=file_digest(workspace, SETTINGS_FILE),
        plan=file_digest(workspace, "plan.xlsx"),
        templates=tuple(map(digest_of, (workspace.template, *(own_path(workspace, each) for each in Language)))),
    )


def file_digest(workspace: Workspace, name: str) -> str:
    """Returns the SHA-256 of a file of the workspace; an empty string if it cannot be read."""
    return digest_of(workspace.root / name)


def key_of(*parts: str) -> str:
    """Returns the cache key of something that this version of the program makes from these parts."""
    return digest((RENDERING, *parts))
