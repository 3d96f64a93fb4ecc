"""The person model: who typed what, what each screen had shown, and what must be true of it after every round.

A loss is a typed value that is neither in force, asked about, withdrawn, nor replaced by somebody whose screen had
shown it. Nothing here knows how the program decides: only what people did, what they were told, and what is in force.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.domain.base.finding import Finding
from generator.domain.base.rule import Severity
from generator.domain.base.text import name_key
from generator.domain.follow_up.standing import STANDING_RULES
from generator.domain.follow_up.whose_answer import InForce, Key
from tools.people.documents import WITHDRAWN, Document, Line, Value
from tools.people.office import State


@dataclass
class Typing:
    """A value that somebody typed on a goal's row in an officer's name; `file` is where it was saved first.

    `said_again_in` is the file in which it came back with older bytes. It is settled when it was replaced by somebody
    who had it on the screen, withdrawn, or given up in a choice.
    """

    number: int
    period: str
    key: Key
    value: Value
    file: str
    settled: str = ""
    said_again_in: str = ""


@dataclass
class People:
    """All that people typed, and all that became of it by their own acts."""

    typings: list[Typing] = field(default_factory=list)

    def type(self, period: str, key: Key, value: Value, file: str) -> int:
        """Notes a typed value; returns its number, from 1."""
        self.typings.append(Typing(len(self.typings) + 1, period, key, value, file))
        return len(self.typings)

    def settle(self, numbers: Iterable[int], key: Key, why: str) -> None:
        """Notes what became of the typings among these that are about this goal and officer."""
        for number in numbers:
            typing = self.typings[number - 1] if number else None
            if typing and typing.key == key and not typing.settled:
                typing.settled = why

    def is_settled(self, number: int) -> bool:
        """True if a typing was replaced, withdrawn or given up."""
        return bool(number and self.typings[number - 1].settled)

    def say_again(self, number: int, path: str) -> None:
        """Somebody said this again by putting an older file in the place of a newer one."""
        typing = self.typings[number - 1]
        if typing.settled:
            typing.settled, typing.said_again_in = "", path

    def saying(self, period: str, key: Key, value: Value | None) -> frozenset[int]:
        """The typings of a value."""
        found = (each for each in self.typings if (each.period, each.key, each.value) == (period, key, value))
        return frozenset(each.number for each in found)

    def was_typed(self, key: Key, value: Value) -> bool:
        """True if somebody ever typed this of this goal in this officer's name."""
        return any((each.key, each.value) == (key, value) for each in self.typings)


def value_of(standing: InForce | None) -> Value | None:
    """What an answer in force says; None where there is none."""
    if standing is None:
        return None
    entry = standing.answer.entry
    return WITHDRAWN if standing.is_withdrawn else (entry.degree, entry.narrative)


def says(line: Line, standing: InForce | None) -> bool:
    """True if a row says what is in force."""
    return value_of(standing) == line.value


def codes_named(finding: Finding) -> frozenset[str]:
    """The goals that a finding names: its own, or those in its list `01.02: 3 / 4 (file, time); …`."""
    listed = (part.partition(":")[0] for part in finding.value.split("; ")) if finding.rule in STANDING_RULES else ()
    return frozenset({finding.code} if finding.code else listed)


def asks_about(finding: Finding, code: str) -> bool:
    """True if a finding tells a person that the row of this goal has not simply been taken."""
    if finding.rule == "sender-waits" or (finding.rule in STANDING_RULES and _is(finding, Severity.QUESTION)):
        return code in codes_named(finding)
    if not _is(finding, Severity.ERROR):
        return False
    return code in codes_named(finding) or (finding.code is None and finding.rule not in STANDING_RULES)


def says_nothing_to_do(findings: tuple[Finding, ...]) -> bool:
    """True if a receipt has no error and no question, and waits for nobody."""
    return not any(
        each.rule == "sender-waits" or _is(each, Severity.ERROR) or _is(each, Severity.QUESTION) for each in findings
    )


def _is(finding: Finding, severity: Severity) -> bool:
    return finding.severity is severity


@dataclass(frozen=True)
class Look:
    """One moment after a round: the period, the saved files of the inbox, and what the program holds and tells."""

    period: str
    inbox: dict[str, Document]
    state: State


def losses(people: People, look: Look) -> Iterator[str]:
    """Every typed value that is lost."""
    for typing in people.typings:
        if typing.settled or typing.period != look.period or _is_in_force(typing, look):
            continue
        places = [path for path, document in look.inbox.items() if _holds(document, path, typing)]
        if typing.said_again_in:
            places = [path for path in places if path == typing.said_again_in]
        told = (look.state.findings(path) for path in places)
        if places and not any(asks_about(finding, typing.key[0]) for found in told for finding in found):
            yield f"lost: {_shown(typing)}, in {', '.join(places)}; in force is {_in_force(typing.key, look)}"


def false_peace(people: People, look: Look) -> Iterator[str]:
    """Every file whose receipt says that there is nothing to do, though something typed in it does not stand."""
    for path, document in look.inbox.items():
        if path not in look.state.present or not says_nothing_to_do(look.state.findings(path)):
            continue
        for line in document.lines:
            typing = people.typings[line.typed - 1] if line.typed else None
            if typing is None or typing.period != look.period or typing.said_again_in not in ("", path):
                continue
            if not (typing.settled or _is_in_force(typing, look)):
                yield f"“nothing to do” for {path}, but {_shown(typing)}; in force is {_in_force(typing.key, look)}"


def invented(people: People, look: Look) -> Iterator[str]:
    """Every answer in force that nobody typed in that officer's name."""
    for key, standing in look.state.in_force.items():
        if not people.was_typed(key, value_of(standing) or WITHDRAWN):
            yield f"nobody typed {key}: {value_of(standing)}"


def unsigned_over_signed(before: Look, after: Look, chosen: frozenset[Key]) -> Iterator[str]:
    """Every signed answer that gave way to an unsigned one without a person's choice."""
    for key, standing in after.state.in_force.items():
        old = before.state.in_force.get(key)
        was_signed = old is not None and old.answer.entry.signed and before.period == after.period
        if (
            was_signed
            and not standing.answer.entry.signed
            and key not in chosen
            and value_of(old) != value_of(standing)
        ):
            yield f"unsigned {value_of(standing)} took the place of signed {value_of(old)} for {key}"


def _holds(document: Document, path: str, typing: Typing) -> bool:
    if any(line.typed == typing.number for line in document.lines):
        return True
    return typing.number in document.said_in_reply and path == typing.file


def _is_in_force(typing: Typing, look: Look) -> bool:
    standing = look.state.in_force.get(typing.key)
    return value_of(standing) == typing.value or (standing is None and typing.value == WITHDRAWN)


def _shown(typing: Typing) -> str:
    return f"#{typing.number} {typing.key[0]} {typing.key[1]} {typing.value}"


def _in_force(key: Key, look: Look) -> str:
    standing = look.state.in_force.get(key)
    return f"{value_of(standing)} ({standing.answer.file}, since {standing.since})" if standing else "nothing"


def key_of(document: Document, line: Line) -> Key:
    """Whose answer to what a row is: the signer's, else the officer's on the row."""
    return line.code, name_key(document.identity.officer if document.identity else line.officer)
