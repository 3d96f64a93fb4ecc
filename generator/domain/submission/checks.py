"""Checks a saved file against the plan, the scale and the rules: which rows are taken, which not, and why.

A good row counts and a bad row comes back: an error stops its row, a question or a note stops nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.domain.base.file_kind import kind_name
from generator.domain.base.finding import Finding, Place, errors, shown
from generator.domain.base.settings import IdentityPolicy
from generator.domain.base.text import heading_key, same_name
from generator.domain.plan.goals import split_officers
from generator.domain.submission.answers import Entry, Submission, find_submission, too_many_rows
from generator.domain.submission.check_context import CheckContext
from generator.domain.submission.check_rules import CheckRules, Sender
from generator.domain.submission.double_rows import settle_doubles
from generator.domain.submission.feedback import Reply, read_replies
from generator.domain.submission.identity_codes import findings_outside, places_of_codes, refuse_rows
from generator.domain.submission.layout import hidden_columns, hidden_rows, lost_column, merged_blocks
from generator.domain.submission.row_checks import CheckedRow, check_row
from generator.domain.submission.typed import TypedSheet, typed_sheet
from generator.domain.submission.unread import not_read
from generator.domain.submission.workbook import MOST_ROWS, Unreadable, Workbook


class Verdict(StrEnum):
    """The result of checking a saved file."""

    ACCEPTED = "accepted"
    NEEDS_CORRECTION = "needs_correction"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Checked:
    """One saved file as checked: its sender and period where they are known, its rows, and what was found.

    `typed` are the officer's own cells, `sender` what is known of who saved it; None where no table was found.
    """

    officer: str | None = None
    period: str | None = None
    rows: tuple[CheckedRow, ...] = ()
    file_findings: tuple[Finding, ...] = ()
    readable: bool = True
    replies: tuple[Reply, ...] = ()
    typed: TypedSheet | None = None
    sender: Sender | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict on the file, by its findings."""
        if not self.readable:
            return Verdict.UNREADABLE
        return Verdict.NEEDS_CORRECTION if errors(self.findings) else Verdict.ACCEPTED

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the whole file first, then row by row."""
        return self.file_findings + tuple(finding for row in self.rows for finding in row.findings)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows without an error, whether they count or another answer is in force."""
        return tuple(row.entry for row in self.rows if row.entry and row.is_valid)

    @property
    def taken(self) -> int:
        """The number of rows that are in the report."""
        return sum(row.taken for row in self.rows)


def check(workbook: Workbook | Unreadable, sender: Sender, rules: CheckRules) -> Checked:
    """Checks one saved file completely, in one pass. Never raises, whatever the cells contain."""
    if isinstance(workbook, Unreadable):
        return Checked(file_findings=(Finding(workbook.rule, value=kind_name(workbook.value)),), readable=False)
    coded = places_of_codes(workbook)
    submission = find_submission(workbook, rules.headings, rules.language)
    if not isinstance(submission, Finding):
        sender = _going_on(submission, sender, rules)
    stop = next((finding for find in _FILE_STOPS if (finding := find(sender, rules))), None)
    if isinstance(submission, Finding):
        return _refused(stop if stop and submission.rule != "wrong-workbook" else submission, sender, coded)
    stop = stop or _not_a_forms_table(submission, sender, rules)
    if stop:
        return _refused(stop, sender, coded)
    replies = read_replies(workbook, rules.feedback_headings)
    blocks = merged_blocks(submission, is_signed=sender.signer is not None)
    context = CheckContext(submission, sender, _with_replies(rules, replies), blocks)
    read = tuple(check_row(row, context) for row in submission.rows)
    safe = refuse_rows(read, submission.sheet, coded)
    rows = settle_doubles(_report_merges_once(safe), submission)
    if _is_last_periods(rows, sender, rules):
        return _refused(Finding("same-as-previous", Place(submission.sheet)), sender, coded)
    unread = not_read(workbook, rows, context, coded)
    outside = findings_outside(rows, submission.sheet, coded)
    notes = (*outside, *_notes(workbook, rows, context), *filter(None, (unread,)))
    typed = typed_sheet(submission, (row.code for row in rows))
    name = _sender_name(rows, sender)
    return Checked(name, rules.period.id, rows, notes, replies=replies, typed=typed, sender=sender)


def _going_on(submission: Submission, sender: Sender, rules: CheckRules) -> Sender:
    """Returns the sender of a save without a signature at a path where the last one was signed.

    It stays that officer's while its rows name that officer or nobody. Source: DESIGN, section 6, Who.
    """
    if sender.signer or sender.before is None:
        return sender
    texts = (row.officer.raw for row in submission.rows if row.officer and heading_key(row.officer.raw))
    names = (rules.plan.post_names.of(name) for text in texts for name in split_officers(text))
    return replace(sender, goes_on=all(same_name(name, sender.before) for name in names))


def _with_replies(rules: CheckRules, replies: tuple[Reply, ...]) -> CheckRules:
    """Adds the workbook's own replies to the rules, so that a question answered there is not asked again."""
    return replace(rules, replied=rules.replied | {reply.key for reply in replies}) if replies else rules


def _report_merges_once(rows: tuple[CheckedRow, ...]) -> tuple[CheckedRow, ...]:
    """Reports a merge of cells once, however many rows it affects."""
    said: set[Place] = set()

    def settle(row: CheckedRow) -> CheckedRow:
        """Returns the row, without findings if an earlier row reports the same merge."""
        merged = [finding.place for finding in row.findings if finding.rule.startswith("merged-")]
        if not merged or merged[0] not in said:
            said.update(merged)
            return row
        return replace(row, findings=())

    return tuple(settle(row) for row in rows)


def _refused(cause: Finding, sender: Sender, coded: tuple[Place, ...]) -> Checked:
    identity = sender.claim.identity if sender.claim else None
    found = (cause, *findings_outside((), None, coded))
    return Checked(sender.signer, identity.period if identity else None, file_findings=found)


def _period_closed(sender: Sender, rules: CheckRules) -> Finding | None:
    """Returns the finding for a form of a closed period, or a file changed in that period's folder."""
    claimed = sender.claim.identity if sender.claim else None
    period = sender.put_away or (claimed.period if claimed else None)
    if period not in rules.closed_periods or period == rules.period.id:
        return None
    return Finding("period-closed", value=period, allowed=(rules.form_of(claimed.officer if claimed else None),))


def _in_archive(sender: Sender, rules: CheckRules) -> Finding | None:
    """Returns the finding for a file in the folder of closed periods that belongs to none of them."""
    if sender.put_away is None:
        return None
    claimed = sender.claim.identity if sender.claim else None
    return Finding("in-archive", allowed=(rules.form_of(claimed.officer if claimed else None),))


def _another_period(sender: Sender, rules: CheckRules) -> Finding | None:
    if sender.claim is None or sender.claim.identity.period == rules.period.id:
        return None
    return Finding("another-period", value=shown(sender.claim.identity.period), allowed=(rules.period.id,))


def _not_signed(sender: Sender, rules: CheckRules) -> Finding | None:
    return Finding("not-signed") if rules.identity is IdentityPolicy.SIGNED and not sender.signer else None


def _folder_of_nobody(sender: Sender, rules: CheckRules) -> Finding | None:
    if rules.identity is not IdentityPolicy.FOLDER or sender.signer or rules.known(sender.folder):
        return None
    if any(same_name(officer.deputy, sender.folder) for officer in rules.plan.officers if officer.deputy):
        return None
    return Finding("folder-of-nobody", value=shown(sender.folder) or "–", allowed=rules.reporters)


def _not_a_forms_table(submission: Submission, sender: Sender, rules: CheckRules) -> Finding | None:
    if len(submission.rows) > MOST_ROWS:
        return too_many_rows(submission.sheet)
    return lost_column(submission, rules, is_signed=sender.signer is not None)


_FILE_STOPS: tuple[Callable[[Sender, CheckRules], Finding | None], ...] = (
    _period_closed,
    _in_archive,
    _another_period,
    _not_signed,
    _folder_of_nobody,
)


def _is_last_periods(rows: tuple[CheckedRow, ...], sender: Sender, rules: CheckRules) -> bool:
    """True if every filled row of an unsigned workbook repeats the previous period's answer."""
    entries = [row.entry for row in rows if row.entry]
    if sender.signer or not entries or not rules.previous:
        return False
    previous = {(answer.code, answer.degree, answer.narrative.strip()) for answer in rules.previous}
    return all((entry.code, entry.degree, entry.narrative.strip()) in previous for entry in entries)


def _sender_name(rows: tuple[CheckedRow, ...], sender: Sender) -> str | None:
    names = {row.author.officer for row in rows if row.author and (row.entry or row.withdraws)}
    return sender.signer or (names.pop() if len(names) == 1 else None)


def _notes(workbook: Workbook, rows: tuple[CheckedRow, ...], context: CheckContext) -> Iterator[Finding]:
    sender = context.sender
    if workbook.has_macros:
        yield Finding("macros-ignored")
    if sender.goes_on:
        yield Finding("signature-lost", value=sender.before or "")
    authors = dict.fromkeys(row.author for row in rows if row.author and row.author.deputy)
    yield from (Finding("from-deputy", value=author.deputy, allowed=(author.officer,)) for author in authors)
    yield from _other_tables(context.submission)
    yield from hidden_rows(context.submission, (row.row for row in rows if row.entry or row.findings))
    taken = {row.row for row in rows if row.taken}
    yield from hidden_columns(context.submission, (row for row in context.submission.rows if row.row in taken))
    if not any(row.entry or row.findings or row.withdraws for row in rows):
        yield Finding("nothing-filled")
    elif not sender.signer and context.rules.identity is IdentityPolicy.FOLDER:
        yield Finding("unsigned-in-folder", value=context.rules.known(sender.folder) or sender.folder)
    elif not sender.signer and context.rules.identity is not IdentityPolicy.CONFIRM:
        yield Finding("unsigned")


def _other_tables(submission: Submission) -> Iterator[Finding]:
    if submission.other_tables:
        place, names = submission.other_tables[0], (_name(place) for place in submission.other_tables)
        own = _name(Place(submission.sheet, f"A{submission.heading_row}"))
        yield Finding("other-table", place, value=shown(", ".join(names)), allowed=(own,))


def _name(place: Place) -> str:
    return f"{place.sheet}!{place.cell}"
