"""What an officer is told and asked where a file's rows and the answers in force differ, and what a reply settles."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.domain.base.canonical import digest
from generator.domain.base.finding import Finding, Place
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import Severity
from generator.domain.base.text import heading_key, name_key
from generator.domain.follow_up.whose_answer import WITHDRAWN, FileState, InForce, Key, entry_key, is_open
from generator.domain.submission.answers import Answer, Entry, degree_place
from generator.domain.submission.check_rules import ReplyWords
from generator.domain.submission.feedback import Reply
from generator.domain.submission.row_checks import Standing

# Rules of earlier versions that told of other files by their names and ages.
_RETIRED = ("copy-differs", "copy-name", "older-base")
STANDING_RULES = (
    *_RETIRED,
    "files-differ",
    "signed-answer-stands",
    "sender-waits",
    "another-answer-stands",
    "row-emptied",
    "answer-withdrawn",
)
"""Rules about a save's rows and other files: findings change without a new save, and are made again each time."""

_RULE_OF = {
    Standing.DIFFERS: "files-differ",
    Standing.UNSIGNED: "signed-answer-stands",
    Standing.WAITING: "sender-waits",
}
CONTESTED_RULES = tuple(_RULE_OF.values())
# More rows than this are counted, not listed.
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class StandingFinding:
    """A finding about rows and the answers in force, with the rows' keys."""

    finding: Finding
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file of the inbox as last saved: its path, the period, its valid rows, taken or not, and its state now."""

    path: str
    period: str
    answers: tuple[Answer, ...]
    state: FileState


def without_answered(found: Iterable[StandingFinding], replied: Container[str]) -> tuple[Finding, ...]:
    """The findings, without the questions whose keys officers have replied to."""
    return tuple(
        each.finding
        for each in found
        if each.finding.severity is not Severity.QUESTION or each.finding.key not in replied
    )


@dataclass(frozen=True, slots=True)
class ContestedRow:
    """A row of a file that contradicts the answer in force, so that a person must choose.

    `answer` is None where the row withdraws the answer; `standing` is the answer in force. `is_unsigned`: the file is
    not signed and contradicts the officer's own form, so it is not known whether it is the officer's.
    """

    key: Key
    file: str
    answer: Answer | None
    standing: InForce
    is_unsigned: bool = False

    @property
    def names(self) -> tuple[str, str]:
        """The two files as a person tells them apart: the one with the row, the one of the answer in force."""
        return _names(self.file, self.standing.answer.file)


@dataclass(frozen=True, slots=True)
class WaitingSender:
    """An unsigned file whose rows in an officer's name do not count until its sender is accepted."""

    file: str
    officer: str
    answers: tuple[Answer, ...]


def contested_rows(file: SavedFile, in_force: Mapping[Key, InForce]) -> tuple[ContestedRow, ...]:
    """The rows of a file about which a person must choose: two files of one officer, or an unsigned one's."""
    answers = {entry_key(answer.entry): answer for answer in file.answers}
    return tuple(
        ContestedRow(key, file.path, answers.get(key), in_force[key], contested.why is Standing.UNSIGNED)
        for key, contested in file.state.contested.items()
        if contested.why is not Standing.WAITING and key in in_force and is_open(key, contested, in_force)
    )


def waiting_senders(file: SavedFile) -> tuple[WaitingSender, ...]:
    """The officers in whose names a file's rows wait for a check of its sender."""
    waiting: dict[str, list[Answer]] = {}
    for answer in file.answers:
        contested = file.state.contested.get(entry_key(answer.entry))
        if contested and contested.why is Standing.WAITING:
            waiting.setdefault(name_key(answer.entry.officer), []).append(answer)
    return tuple(WaitingSender(file.path, found[0].entry.officer, tuple(found)) for found in waiting.values())


@dataclass(frozen=True, slots=True)
class StandingReplies:
    """What an officer's replies settle: rows chosen (True: this file's), and codes of goals that are withdrawn."""

    chosen: Mapping[Key, bool]
    withdrawn: frozenset[str]


def standing_findings(file: SavedFile, in_force: Mapping[Key, InForce]) -> tuple[StandingFinding, ...]:
    """What a file's officer must know now of its rows and the answers in force."""
    answers = {entry_key(answer.entry): answer for answer in file.answers}
    return (
        *_contested(file, answers, in_force),
        *_superseded(file, answers, in_force),
        *_emptied(file, in_force),
        *_withdrawn(file, in_force),
    )


def read_standing_replies(
    replies: Iterable[Reply], asked: Iterable[StandingFinding], own_names: tuple[str, ...], words: ReplyWords
) -> StandingReplies:
    """Reads the replies that choose between two files, or withdraw an answer.

    Args:
        asked: the findings of this save, whose keys the replies name.
        own_names: the paths of this file and of the file that it answers.
    """
    by_key = {each.finding.key: each for each in asked if each.finding.key}
    this = {name_key(name) for path in own_names for name in (path, file_name(path))} | set(map(name_key, words.this))
    withdraw = set(map(heading_key, words.withdraw))
    chosen: dict[Key, bool] = {}
    withdrawn: set[str] = set()
    for reply in replies:
        text, about = name_key(reply.text), by_key.get(reply.key)
        if heading_key(reply.text) in withdraw:
            withdrawn.add(reply.code)
        elif about:
            choice = _choice(text, about.finding.allowed, this)
            # Whatever else is answered, the officer has compared the two: the later answer stays.
            is_compared = about.finding.rule == "another-answer-stands"
            if choice is not None or is_compared:
                chosen |= dict.fromkeys(about.keys, choice is True)
    return StandingReplies(chosen, frozenset(filter(None, withdrawn)))


def _choice(text: str, offered: tuple[str, ...], this: Container[str]) -> bool | None:
    """Whether a reply chooses this file (True) or the other one; None: neither, or a name that both have.

    Args:
        text: the reply, as names compare.
        offered: this file and the other one as the finding names them; nothing where it offers no files.
        this: what names this file.
    """
    own, others = offered[:1], offered[1:]
    if text in map(name_key, others):
        return False
    is_shared = text in (name_key(file_name(other)) for other in others)
    return True if text in map(name_key, own) or (text in this and not is_shared) else None


def file_name(path: str) -> str:
    """A file's name without its folders."""
    return path.rpartition("/")[2]


def _contested(
    file: SavedFile, answers: Mapping[Key, Answer], in_force: Mapping[Key, InForce]
) -> Iterator[StandingFinding]:
    """One finding for each file whose answers stand in the way, however many rows there are."""
    groups: dict[tuple[str, str], list[Key]] = {}
    for key, contested in file.state.contested.items():
        if is_open(key, contested, in_force):
            rule, standing = _RULE_OF[contested.why], in_force.get(key)
            other = standing.answer.file if standing and rule != "sender-waits" else ""
            groups.setdefault((rule, other), []).append(key)
    for (rule, other), keys in groups.items():
        first = next((answers[key] for key in keys if key in answers), None)
        finding = Finding(
            rule,
            degree_place(first.entry) if first else Place(),
            keys[0][0] if len(keys) == 1 else None,
            # Who has not shown whose answer it is, is not told what the officer answered.
            "; ".join(_told_rows(keys, answers, in_force if rule == "files-differ" else {})),
            _files_to_name(rule, file.path, other),
            _question_key((rule, file.period, other), keys, in_force) if rule == "files-differ" else "",
        )
        yield StandingFinding(finding, tuple(keys))


def _files_to_name(rule: str, own: str, other: str) -> tuple[str, ...]:
    """The files to choose between, or the one to open instead of this one."""
    if rule == "files-differ":
        return _names(own, other)
    return (other,) if rule == "signed-answer-stands" else ()


def _names(own: str, other: str) -> tuple[str, str]:
    """Two files as a person tells them apart: by their names, or by their paths where the names are alike.

    `X.korjattavaa.xlsx` of another folder has the name of the answer workbook to `X.xlsx`, where the reply is written.
    """
    names = file_name(own), file_name(other)
    stem = name_key(names[0]).rpartition(".")[0]
    return (own, other) if name_key(names[1]).startswith(f"{stem}.") else names


def _told_rows(keys: list[Key], answers: Mapping[Key, Answer], in_force: Mapping[Key, InForce]) -> Iterator[str]:
    for key in keys[:_MOST_LISTED]:
        yield _told(key, answers.get(key), in_force.get(key))
    if len(keys) > _MOST_LISTED:
        yield f"+ {len(keys) - _MOST_LISTED}"


def _told(key: Key, own: Answer | None, standing: InForce | None) -> str:
    """A row in short: its code and degree; then the degree, file and time of the answer in force. `×`: withdrawn."""
    mine = f"{key[0]}: {_degree(own.entry) if own else '×'}"
    if standing is None:
        return mine
    time = read_moment(standing.answer.time).strftime("%d.%m.%Y %H:%M")
    theirs = "×" if standing.is_withdrawn else _degree(standing.answer.entry)
    return f"{mine} / {theirs} ({file_name(standing.answer.file)}, {time})"


def _degree(entry: Entry) -> str:
    return "–" if entry.degree is None else str(entry.degree)


def _superseded(
    file: SavedFile, answers: Mapping[Key, Answer], in_force: Mapping[Key, InForce]
) -> Iterator[StandingFinding]:
    """Rows that repeat what their file said before, while another answer is in force that nobody compared with them."""
    for key, said in sorted(file.state.said.items()):
        standing, answer = in_force.get(key), answers.get(key)
        if standing and (answer or said == WITHDRAWN) and not file.state.has_compared(key, standing):
            question = _question_key(("another-answer-stands", file.period, file.path, said), [key], in_force)
            place = degree_place(answer.entry) if answer else Place()
            finding = Finding("another-answer-stands", place, key[0], _told(key, answer, standing), key=question)
            yield StandingFinding(finding, (key,))


def _emptied(file: SavedFile, in_force: Mapping[Key, InForce]) -> Iterator[StandingFinding]:
    """Rows of a signed form that are blank or missing now, while what they said is still in force."""
    for key in sorted(file.state.emptied):
        standing = in_force.get(key)
        stands = standing is not None and not standing.is_withdrawn and standing.value == file.state.said.get(key)
        if file.state.officer and standing and stands:
            question = _question_key(("row-emptied", file.period), [key], in_force)
            finding = Finding("row-emptied", Place(), key[0], _degree(standing.answer.entry), key=question)
            yield StandingFinding(finding, (key,))


def _withdrawn(file: SavedFile, in_force: Mapping[Key, InForce]) -> Iterator[StandingFinding]:
    """Withdrawals in the file, while no answer of another file is in force."""
    for key, value in sorted(file.state.said.items()):
        standing = in_force.get(key)
        is_known = standing is not None and standing.is_withdrawn and file.state.has_compared(key, standing)
        if is_known or (standing is None and value == WITHDRAWN):
            yield StandingFinding(Finding("answer-withdrawn", code=key[0]), (key,))


def _question_key(about: tuple[str, ...], keys: Iterable[Key], in_force: Mapping[Key, InForce]) -> str:
    """The key of a question about these rows; another one when another answer has come into force since."""
    since = tuple((*key, in_force[key].since) for key in keys if key in in_force)
    return digest((about, since))[:12]
