"""A random history of an office: people open, type, save, copy, move and remove files; the model watches."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.domain.base.finding import Finding
from generator.domain.base.settings import IdentityPolicy, Settings
from generator.domain.base.text import name_key
from generator.domain.follow_up.whose_answer import InForce, Key
from generator.domain.output.receipt import answer_name
from generator.domain.plan.form import AnswerStamp, Identity
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.feedback import make_feedback
from generator.store.records import Back, Gone, JournalEntry, Moved, Record, Save
from tools.people.documents import BLANK, THIS, WITHDRAW, WITHDRAWN, Document, Line, Printer, Question, Value
from tools.people.model import (
    Look,
    People,
    codes_named,
    false_peace,
    invented,
    key_of,
    losses,
    unsigned_over_signed,
    value_of,
)
from tools.people.office import Office, State

CLERK, DIRECTOR = "Hallintojohtaja", "Sivistysjohtaja"
OWNERS = {"01": (), "01.01": (CLERK,), "01.02": (CLERK,), "01.03": (CLERK, DIRECTOR), "01.04": (DIRECTOR,)}


def plan_of(owners: dict[str, tuple[str, ...]]) -> Plan:
    """A plan of these goals with their officers."""
    goals = enumerate(owners.items(), 2)
    return Plan(tuple(Goal(code, f"Tavoite {code}", "", names, "", f"A{row}") for row, (code, names) in goals))


@dataclass
class Expected:
    """A value that must be in force after the next round: its author saw what was in force, in a signed file."""

    key: Key
    value: Value
    why: str


@dataclass
class History:
    """The office, its people, the inbox as they see it, and the story so far."""

    settings: Settings
    identity: IdentityPolicy = IdentityPolicy.OPEN
    inbox: dict[str, Document] = field(default_factory=dict)
    # Answer workbooks and forms that lie in the inbox as the program placed them.
    ours: dict[str, Document] = field(default_factory=dict)
    screens: list[tuple[str, Document]] = field(default_factory=list)
    versions: list[tuple[str, Document]] = field(default_factory=list)
    removed: list[tuple[str, Document]] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    people: People = field(default_factory=People)

    def __post_init__(self) -> None:
        plan = plan_of(OWNERS)
        titles = {goal.code: goal.title for goal in plan.goals}
        self.office = Office(self.settings, plan, Printer(self.settings, titles), self.identity)
        self.saved: dict[int, Document] = {}
        self.chosen: set[Key] = set()
        self.expected: list[Expected] = []
        self.events_in_round = 0
        self.numbers = 0
        self.last_round = 0
        self.look = Look(self.period, {}, self.office.round())

    @property
    def period(self) -> str:
        """The id of the present period."""
        return self.office.settings.period.id

    def tell(self, text: str) -> None:
        """Adds a line to the story."""
        self.story.append(text)

    def number(self) -> int:
        """A number that no document has had."""
        self.numbers += 1
        return self.numbers

    def in_force_now(self, officer: str | None = None) -> frozenset[int]:
        """The typings that are in force, as the last receipts tell; of one officer, or of all."""
        found = (
            self.people.saying(self.period, key, value_of(standing))
            for key, standing in self.look.state.in_force.items()
            if officer is None or key[1] == name_key(officer)
        )
        return frozenset(number for numbers in found for number in numbers)

    # What people do

    def form(self, officer: str) -> Document:
        """A blank form as it is issued now."""
        goals = self.office.plan.goals_of(officer)
        base = max(self.office.store.history.last_change, self.office.store.ledger.last_sequence())
        return Document(
            self.number(),
            tuple(Line(goal.code, officer=officer) for goal in goals),
            Identity(self.period, officer, self.office.plan.digest, base),
            shown=self.in_force_now(officer),
        )

    def typed(self, document: Document, changes: dict[str, Value], path: str, owner: str | None = None) -> Document:
        """The document after somebody typed these values into it, with all that its screen showed."""
        seen = document.shown | typings_in(document)
        new = replace(document, number=self.number(), shown=seen)
        for code, value in changes.items():
            line = new.line(code)
            line = replace(line, officer=owner or line.officer)
            key = key_of(document, line)
            self.people.settle(seen, key, "replaced on a screen that showed it")
            number = self.people.type(self.period, key, value, path) if value != BLANK else 0
            new = new.with_line(replace(line, value=value, typed=number))
        return new

    def save(self, path: str, document: Document, how: str) -> None:
        """A file stands in the inbox with these cells, whatever stood there before."""
        before = self.inbox.get(path)
        if before:
            self._overwrite(path, before, document)
        self.ours.pop(path, None)
        self.inbox[path] = document
        self.versions.append((path, document))
        digest = self.office.archive.keep(self.office.printer.bytes_of(document))
        self.office.enter(Save(path, digest, self.office.now, self.period))
        self.saved[self.office.store.history.last_sequence] = document
        self.events_in_round += 1
        self.tell(f"{self.office.store.history.last_sequence}: {how} {path}: {shown(document)}")

    def _overwrite(self, path: str, before: Document, after: Document) -> None:
        """Whoever saves over a file has it on the screen, or was asked; what an older file says is said again.

        A row that shows the same before and after is no news: an answer that was withdrawn in a reply returns only by a
        changed row. It is said again all the same while the one before waits for a person, and must be asked about too.
        """
        settled = {line.code: line.value for line in before.lines if self.people.is_settled(line.typed)}
        for number in before.said_in_reply - typings_in(after):
            self.people.settle([number], self.people.typings[number - 1].key, "saved over")
        for line in before.lines:
            if line.typed and line.typed not in typings_in(after):
                self.people.settle([line.typed], key_of(before, line), "saved over")
        replied = {code for question in after.questions if question.reply for code in question.codes}
        for line in after.lines:
            is_news = line.typed and line.typed not in typings_in(before) and settled.get(line.code) != line.value
            if is_news and line.code not in replied:
                self.people.say_again(line.typed, path)

    def act(self, record: Record, text: str) -> None:
        """A person's act about answers is entered."""
        self.office.enter(record)
        self.events_in_round += 1
        self.tell(f"{self.office.store.history.last_sequence}: {text}")

    def leave(self, path: str, to: str | None = None) -> None:
        """A file is gone, or was moved with its bytes."""
        document = self.inbox.pop(path)
        self.removed.append((path, document))
        self.office.enter(Moved(path, to, self.office.now) if to else Gone(path, self.office.now))
        self.tell(f"{self.office.store.history.last_sequence}: {path} is gone" + (f" to {to}" if to else ""))

    def come_back(self, path: str, document: Document) -> None:
        """A removed file lies at its path again, with the bytes it had."""
        self.inbox[path] = document
        self.office.enter(Back(path, self.office.now))
        self.tell(f"{self.office.store.history.last_sequence}: {path} is back: {shown(document)}")

    def reply(self, document: Document, path: str, question: Question, text: str) -> Document:
        """The document with a reply, and what the reply settles.

        Words that stood there already are no new reply, as a value typed over itself is none: the file is the same.
        """
        if question.reply == text:
            return document
        new = tuple(replace(each, reply=text) if each.key == question.key else each for each in document.questions)
        document = replace(document, questions=new)
        for code in question.codes:
            line = document.line(code)
            key = key_of(document, line)
            self.people.settle(document.said_in_reply, key, "another reply was given")
            others = (document.shown | {each.typed for each in document.lines}) - {line.typed}
            # The first name is that of the file that was answered. A file that is gone may have had this workbook's
            # path: the question lists it with its value.
            is_own = text == THIS or (text in (path, *question.allowed[:1]) and text not in question.allowed[1:])
            if question.rule in ("files-differ", "another-answer-stands") and is_own:
                self.people.settle(others, key, "another file was chosen")
                self.chosen.add(key)
            elif question.rule == "files-differ" and text in question.allowed:
                self.people.settle([line.typed], key, "given up by the choice of another file")
            elif text == WITHDRAW and question.is_of_one_goal:
                self.people.settle(others | {line.typed}, key, "withdrawn in a reply")
                number = self.people.type(self.period, key, WITHDRAWN, path)
                document = replace(document, said_in_reply=document.said_in_reply | {number})
            elif question.rule == "another-answer-stands":
                self.people.settle([line.typed], key, "asked, and answered in words")
        return document

    def leave_as_advised(self, document: Document, question: Question) -> None:
        """The question was on the screen, and its advice is to do nothing if the later answer is right."""
        for code in question.codes:
            line = document.line(code)
            if line.typed in {*document.shown}:
                self.people.settle([line.typed], key_of(document, line), "left as the question advised")

    # What the program does, and what must be true then

    def round(self) -> None:
        """Takes what is new, judges the outcome, and places the answer workbooks."""
        before = self.look
        state = self.office.round()
        self.look = Look(self.period, dict(self.inbox), state)
        chosen = frozenset(self.chosen)
        for fault in (
            *losses(self.people, self.look),
            *false_peace(self.people, self.look),
            *invented(self.people, self.look),
            *unsigned_over_signed(before, self.look, chosen),
            *self._not_as_expected(),
            *self._order_matters(),
        ):
            self.faults.append(fault)
        self.tell(f"   round: {told(state)}")
        self.expected, self.events_in_round = [], 0
        self.last_round = self.office.store.history.last_sequence
        self._place_answers(state)

    def _not_as_expected(self) -> Iterator[str]:
        """What its author wrote over the answer in force, with that on the screen, is in force at once."""
        for each in self.expected if self.events_in_round == 1 else ():
            found = value_of(self.look.state.in_force.get(each.key))
            if found != each.value:
                yield f"{each.why}: {each.key} should be {each.value}, is {found}"

    def _order_matters(self) -> Iterator[str]:
        """Two files of different officers in one round, taken in the other order: the same must be in force."""
        entries = [*self.office.store.entries]
        new = [number for number, entry in enumerate(entries) if self._is_new_save(entry)]
        for one, other in itertools.pairwise(new):
            first, second = entries[one], entries[other]
            keys = [
                {key_of(document, line) for line in document.lines} for document in map(self._document, (first, second))
            ]
            if keys[0] & keys[1] or other != one + 1:
                continue
            entries[one], entries[other] = replace(first, record=second.record), replace(second, record=first.record)
            found = self.office.taken_anew(tuple(entries)).in_force
            if _values(found) != _values(self.look.state.in_force):
                yield f"the order of {first.record.path} and {second.record.path} matters: {_values(found)}"
            return

    def _is_new_save(self, entry: JournalEntry) -> bool:
        return entry.sequence > self.last_round and isinstance(entry.record, Save)

    def _document(self, entry: JournalEntry) -> Document:
        return self.saved[entry.sequence]

    def _place_answers(self, state: State) -> None:
        """An answer workbook for each receipt with something to mend or to answer, unless somebody has it open."""
        is_open = {path for path, _ in self.screens}
        for path in [path for path in self.ours if ".korjattavaa" in path and path not in is_open]:
            del self.ours[path]
        for present in state.told.values():
            items = make_feedback(present.save.findings).items
            document = self.saved.get(present.save.sequence)
            if not items or document is None:
                continue
            names = (answer_name(present.save.file, number) for number in range(1, 20))
            path = next(name for name in names if name not in self.inbox and name not in is_open)
            stamp = AnswerStamp(present.save.sequence, self.office.store.ledger.taken_up_to())
            self.ours[path] = replace(
                document,
                number=self.number(),
                stamp=stamp,
                questions=tuple(_question(item, self.period) for item in items),
                shown=document.shown
                | {line.typed for line in document.lines if line.typed}
                | self._shown_with(document),
            )

    def _shown_with(self, document: Document) -> frozenset[int]:
        """What stands in the report, which receipt and answer workbook show beside the rows."""
        keys = {key_of(document, line) for line in document.lines}
        found = (
            self.people.saying(self.period, key, value_of(standing))
            for key, standing in self.look.state.in_force.items()
            if key in keys
        )
        return frozenset(number for numbers in found for number in numbers)

    def forget_ledger(self) -> None:
        """The ledger is deleted; everything is taken anew from the journal, and must come out the same."""
        before, readings = self.office.round(), self.office.store.history.last_sequence
        files = self.office.files()
        self.office.store.forget_ledger()
        after = self.office.round()
        self.tell("   the ledger was deleted")
        if before.in_force != after.in_force:
            self.faults.append(f"taken anew, other answers are in force: {_unlike(before.in_force, after.in_force)}")
        if files != self.office.files():
            self.faults.append(f"taken anew, the files' states differ: {_unlike(files, self.office.files())}")
        if readings != self.office.store.history.last_sequence:
            self.faults.append("taken anew, a save is read otherwise")
        elif _findings(before) != _findings(after):
            self.faults.append(f"taken anew, receipts differ: {_unlike(_findings(before), _findings(after))}")


def _values(in_force: dict[Key, InForce]) -> dict[Key, Value | None]:
    return {key: value_of(standing) for key, standing in sorted(in_force.items())}


def _findings(state: State) -> dict[str, tuple[Finding, ...]]:
    return {name: present.save.findings for name, present in state.told.items()}


def _unlike(before: dict, after: dict) -> str:
    keys = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    return "; ".join(f"{key}: {before.get(key)} → {after.get(key)}" for key in keys)


def _question(finding: Finding, period: str) -> Question:
    codes = tuple(sorted(codes_named(finding)))
    return Question(finding.key, period, finding.rule, codes, finding.code is not None, finding.allowed)


def typings_in(document: Document) -> frozenset[int]:
    """The typings that stand in a document's rows and in its replies."""
    return document.said_in_reply | {line.typed for line in document.lines if line.typed}


def shown(document: Document) -> str:
    """A document in one line."""
    who = document.identity.officer[:3] if document.identity else "unsigned"
    rows = (f"{line.code}={line.value[0]}“{line.value[1]}”" for line in document.lines if line.value != BLANK)
    replies = (f"[{each.rule} {','.join(each.codes)}: {each.reply}]" for each in document.questions if each.reply)
    stamp = f" answers {document.stamp.save}@{document.stamp.base}" if document.stamp else ""
    base = f" base {document.identity.base}" if document.identity else ""
    return f"{who}{base}{stamp} {' '.join((*rows, *replies))}"


def told(state: State) -> str:
    """What is in force and what is told, in short."""
    force = ", ".join(f"{key[0]} {key[1][:3]} {value_of(each)}" for key, each in state.in_force.items())
    said = "; ".join(
        f"{path}: " + ", ".join(f"{each.rule} {','.join(codes_named(each))}" for each in present.save.findings)
        for path, present in state.present.items()
    )
    return f"{force} | {said}"
