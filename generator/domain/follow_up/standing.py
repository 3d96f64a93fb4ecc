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
"""Rules about a save's rows and other files: they change without a new save, and are found anew each time."""

_CONTESTED_RULES = {
    Standing.DIFFERS: "files-differ",
    Standing.UNSIGNED: "signed-answer-stands",
    Standing.WAITING: "sender-waits",
}
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
        *_withdrawn(file),
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
        elif about and text in this:
            chosen |= dict.fromkeys(about.keys, True)
        elif about and text in map(name_key, about.finding.allowed):
            chosen |= dict.fromkeys(about.keys, False)
    return StandingReplies(chosen, frozenset(filter(None, withdrawn)))


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
            rule, standing = _CONTESTED_RULES[contested.why], in_force.get(key)
            other = standing.answer.file if standing and rule != "sender-waits" else ""
            groups.setdefault((rule, other), []).append(key)
    for (rule, other), keys in groups.items():
        first = next((answers[key] for key in keys if key in answers), None)
        finding = Finding(
            rule,
            degree_place(first.entry) if first else Place(),
            keys[0][0] if len(keys) == 1 else None,
            "; ".join(_told_rows(keys, answers, in_force)),
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
    """Two files as a person tells them apart: by their names, or by their paths where the names are the same."""
    names = file_name(own), file_name(other)
    return names if name_key(names[0]) != name_key(names[1]) else (own, other)


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
    """Rows that repeat what their file said before, while an answer that it has not seen is in force."""
    for key, answer in answers.items():
        standing, said = in_force.get(key), file.state.said.get(key)
        if standing and said not in (None, standing.value) and not file.state.has_seen(key, standing):
            question = _question_key(("another-answer-stands", file.period, said or ""), [key], in_force)
            told = _told(key, answer, standing)
            finding = Finding("another-answer-stands", degree_place(answer.entry), key[0], told, key=question)
            yield StandingFinding(finding, (key,))


def _emptied(file: SavedFile, in_force: Mapping[Key, InForce]) -> Iterator[StandingFinding]:
    """Rows of a signed form that are blank or missing now, while what they said is still in force."""
    for key in sorted(file.state.emptied):
        standing = in_force.get(key)
        if file.state.officer and standing and standing.value == file.state.said.get(key):
            question = _question_key(("row-emptied", file.period), [key], in_force)
            finding = Finding("row-emptied", Place(), key[0], _degree(standing.answer.entry), key=question)
            yield StandingFinding(finding, (key,))


def _withdrawn(file: SavedFile) -> Iterator[StandingFinding]:
    for key, value in sorted(file.state.said.items()):
        if value == WITHDRAWN:
            yield StandingFinding(Finding("answer-withdrawn", code=key[0]), (key,))


def _question_key(about: tuple[str, ...], keys: Iterable[Key], in_force: Mapping[Key, InForce]) -> str:
    """The key of a question about these rows; another one when another answer has come into force since."""
    since = tuple((*key, in_force[key].since) for key in keys if key in in_force)
    return digest((about, since))[:12]
