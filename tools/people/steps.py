"""The steps of a random history, each a thing that people of a municipality do with their files."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from tools.people.documents import BLANK, THIS, WITHDRAW, WITHDRAWN, Document, Line, Value
from tools.people.history import CLERK, DIRECTOR, Expected, History, plan_of
from tools.people.model import codes_named, key_of, value_of

OFFICERS = (CLERK, DIRECTOR)
FAULTY = (2.4, 6, "kesken")
MOST_FILES = 7


def new_form(history: History, random: Random) -> None:
    """The program places a form, the first one or a new one."""
    officer = random.choice(OFFICERS)
    path = next(name for name in _names(officer) if name not in history.inbox and name not in history.ours)
    history.ours[path] = history.form(officer)
    history.tell(f"   form {path}")


def _names(officer: str):
    yield f"{officer}.xlsx"
    for number in range(2, 99):
        yield f"{officer} uusi {number}.xlsx"


def open_file(history: History, random: Random) -> None:
    """Somebody opens a file and leaves it open."""
    files = [*history.inbox.items(), *history.ours.items()]
    if files:
        history.screens.append(random.choice(files))
        history.tell(f"   open {history.screens[-1][0]}")


def save_open(history: History, random: Random) -> None:
    """What was opened a while ago is typed in and saved."""
    if history.screens:
        path, document = history.screens.pop(random.randrange(len(history.screens)))
        present = history.inbox.get(path, history.ours.get(path))
        _write(history, random, path, document, to=path if present == document else _free(history, random, path))


def fill(history: History, random: Random) -> None:
    """Somebody opens a file, types, and saves it."""
    files = [*history.inbox.items(), *history.ours.items()]
    if files:
        path, document = random.choice(files)
        _write(history, random, path, document, to=path)


def fill_answer(history: History, random: Random) -> None:
    """Somebody opens an answer workbook, types and replies, and saves it."""
    files = [(path, document) for path, document in history.ours.items() if document.stamp]
    if files:
        path, document = random.choice(files)
        _write(history, random, path, document, to=path)


def save_as(history: History, random: Random) -> None:
    """Somebody opens a file, types, and saves it under another name."""
    files = [*history.inbox.items(), *history.ours.items()]
    if files and len(history.inbox) < MOST_FILES:
        path, document = random.choice(files)
        _write(history, random, path, document, to=_free(history, random, path))


def _write(history: History, random: Random, path: str, document: Document, *, to: str) -> None:
    changes = _changes(history, random, document)
    expected = _expected(history, path, document, changes) if path == to else []
    new = history.typed(document, changes, to)
    for question in (each for each in document.questions if each.period == history.period):
        if question.rule == "another-answer-stands":
            history.leave_as_advised(new, question)
        if question.key and random.random() < 0.5 and not set(question.codes) & {*changes}:
            text = random.choice((THIS, WITHDRAW, "ehkä", *question.allowed))
            new = history.reply(new, to, question, text)
            expected = [each for each in expected if each.key[0] not in question.codes]
    history.save(to, new, "save")
    history.expected += expected


def _expected(history: History, path: str, document: Document, changes: dict[str, Value]) -> list[Expected]:
    """What must count at once: signed, in the same file, over a row that shows what is in force."""
    state = history.look.state.present.get(path)
    is_last = state is not None and history.saved.get(state.save.sequence) == document
    if document.identity is None or document.identity.period != history.period or not is_last:
        return []
    found = []
    replied = {code for question in document.questions if question.reply for code in question.codes}
    for code, value in changes.items():
        if code in replied:
            continue
        key, old = key_of(document, document.line(code)), document.line(code).value
        may = history.office.plan.by_code[code].officers
        standing = history.look.state.in_force.get(key)
        is_shown = standing is None or value_of(standing) == old
        if value[0] in (1, 2, 3, 4, 5) and is_shown and document.identity.officer in may:
            found.append(Expected(key, value, f"typed in {path} over what is in force"))
    return found


def _changes(history: History, random: Random, document: Document) -> dict[str, Value]:
    lines = random.sample(document.lines, min(len(document.lines), random.choice((1, 1, 2))))
    changes = {line.code: _value(history, random, key_of(document, line)) for line in lines}
    return {code: value for code, value in changes.items() if value != document.line(code).value}


def _value(history: History, random: Random, key) -> Value:
    kind = random.random()
    old = [each.value for each in history.people.typings if each.key == key]
    if kind < 0.15 and old:
        return random.choice(old)
    if kind < 0.27:
        return random.choice(FAULTY), f"sanat {history.number()}"
    if kind < 0.37:
        return BLANK
    return WITHDRAWN if kind < 0.44 else (random.randint(1, 5), f"sanat {history.number()}")


def _free(history: History, random: Random, path: str) -> str:
    """A path that has never been used: a copy's name, a sub-folder, another format, Excel's recovery."""
    name = path.rpartition("/")[2].rpartition(".")[0].partition(" (")[0]
    ending = random.choice(("xlsx", "xlsx", "ods"))
    number = history.number()
    return random.choice((f"{name} ({number}).{ending}", f"kansio{number}/{name}.{ending}"))


def copy(history: History, random: Random) -> None:
    """A file is copied, letter by letter."""
    if history.inbox and len(history.inbox) < MOST_FILES:
        path, document = random.choice([*history.inbox.items()])
        history.save(_free(history, random, path), document, f"copy {path} as")


def move(history: History, random: Random) -> None:
    """A file is renamed or moved to a sub-folder."""
    if history.inbox:
        path, document = random.choice([*history.inbox.items()])
        to = _free(history, random, path)
        history.leave(path, to)
        history.save(to, document, f"move {path} to")


def move_and_change(history: History, random: Random) -> None:
    """A file is moved and changed before the program sees it; or copied, changed, and removed after it was seen."""
    if not history.inbox:
        return
    path, document = random.choice([*history.inbox.items()])
    to = _free(history, random, path)
    is_copied = random.random() < 0.3
    if not is_copied:
        history.leave(path)
    _write(history, random, path, document, to=to)
    if is_copied:
        history.leave(path)


def remove(history: History, random: Random) -> None:
    """A file is removed."""
    if history.inbox:
        history.leave(random.choice([*history.inbox]))


def bring_back(history: History, random: Random) -> None:
    """A removed file comes back as it was."""
    files = [(path, document) for path, document in history.removed if path not in history.inbox]
    last = dict(history.versions)
    files = [(path, document) for path, document in files if last[path] == document and path not in history.ours]
    if files:
        history.come_back(*random.choice(files))


def restore(history: History, random: Random) -> None:
    """Older bytes of a file lie at its path again."""
    files = [(path, document) for path, document in history.versions if path in history.inbox]
    files = [(path, document) for path, document in files if history.inbox[path] != document]
    if files:
        path, document = random.choice(files)
        history.save(path, document, "restore")


def restore_elsewhere(history: History, random: Random) -> None:
    """Older bytes of a file lie at another path."""
    if history.versions and len(history.inbox) < MOST_FILES:
        path, document = random.choice(history.versions)
        history.save(_free(history, random, path), document, f"restore {path} as")


def unsigned_book(history: History, random: Random) -> None:
    """Somebody writes a workbook of their own, in one officer's name or in two."""
    if len(history.inbox) >= MOST_FILES:
        return
    path = f"oma {history.number()}.{random.choice(('xlsx', 'ods'))}"
    document = Document(history.number(), ())
    for officer in random.sample(OFFICERS, random.choice((1, 1, 2))):
        own = [code for code, names in _owners(history).items() if officer in names]
        free = [code for code in own if all(line.code != code for line in document.lines)]
        for code in random.sample(free, min(len(free), 2)):
            value = (random.randint(1, 5), f"sanat {history.number()}")
            document = history.typed(document.with_line(Line(code, officer=officer)), {code: value}, path, officer)
    history.save(path, document, "write")


def _owners(history: History) -> dict[str, tuple[str, ...]]:
    return {goal.code: goal.officers for goal in history.office.plan.goals}


def lose_signature(history: History, random: Random) -> None:
    """A form is saved by a program that drops its hidden sheet, at the same path or at another one."""
    files = [(path, document) for path, document in history.inbox.items() if document.identity]
    if files:
        path, document = random.choice(files)
        to = path if random.random() < 0.6 else _free(history, random, path)
        new = history.typed(document, _changes(history, random, document), to)
        history.save(to, replace(new, identity=None, stamp=None, questions=()), "save without signature")


def change_plan(history: History, random: Random) -> None:
    """A goal moves to another officer."""
    officer = random.choice(OFFICERS)
    history.expected.clear()
    history.office.plan = plan_of({**_owners(history), "01.02": (officer,)})
    history.tell(f"   01.02 is {officer}'s")


def new_period(history: History, random: Random) -> None:
    """The next period begins; the files stay, or are put away."""
    if history.events_in_round:
        history.round()
    for path in [path for path in history.inbox if random.random() < 0.5]:
        history.leave(path)
    settings, number = history.office.settings, history.number()
    period = replace(settings.period, id=f"kausi-{number}", label=f"Kausi {number}", previous=settings.period.id)
    history.office.settings = replace(settings, period=period)
    history.ours.clear()
    history.tell(f"   period {period.id}")
    history.round()


def choose(history: History, random: Random) -> None:
    """The secretary chooses between two files that differ, as the last receipts told."""
    found = [
        (present.save, code)
        for present in history.look.state.present.values()
        for each in present.save.findings
        if each.rule in ("files-differ", "signed-answer-stands")
        for code in codes_named(each)
    ]
    if not found:
        return
    save, code = random.choice(found)
    document = history.saved[save.sequence]
    line = document.line(code)
    key = key_of(document, line)
    standing = history.look.state.in_force.get(key)
    if standing is None:
        return
    own, other = save.file, standing.answer.file
    file, not_chosen = (own, other) if random.random() < 0.6 else (other, own)
    officer = standing.answer.entry.officer
    act = ChosenFile(history.period, code, officer, file, not_chosen, "X", history.office.now, history.last_round)
    history.act(act, f"{file} is chosen, not {not_chosen}, for {key}")
    if file == own:
        history.chosen.add(key)
        loser = history.people.saying(history.period, key, value_of(standing))
        # The secretary saw both files as the last receipts told of them; one that was saved since is not settled.
        shown = history.look.inbox.get(other)
        row = shown.line(code).typed if shown and shown == history.inbox.get(other) else 0
        history.people.settle([*loser, row], key, "not chosen by the secretary")
        if not any(question.reply and code in question.codes for question in document.questions):
            history.expected.append(Expected(key, line.value, f"the secretary chose {file}"))
    else:
        history.people.settle([line.typed, *document.said_in_reply], key, "not chosen by the secretary")


def withdraw(history: History, random: Random) -> None:
    """The secretary takes an answer back."""
    found = [(key, each) for key, each in history.look.state.in_force.items() if not each.is_withdrawn]
    if found:
        key, standing = random.choice(found)
        history.people.settle(history.people.saying(history.period, key, value_of(standing)), key, "withdrawn")
        number = history.people.type(history.period, key, WITHDRAWN, "")
        history.people.settle([number], key, "the secretary's")
        officer = standing.answer.entry.officer
        act = WithdrawnAnswer(history.period, key[0], officer, "X", history.office.now, history.last_round)
        history.act(act, f"{key} is withdrawn")


def accept(history: History, random: Random) -> None:
    """The secretary accepts the sender of a file that waits."""
    waiting = [
        present.save.file
        for present in history.look.state.present.values()
        if any(each.rule == "sender-waits" for each in present.save.findings)
    ]
    if waiting:
        file, officer = random.choice(waiting), random.choice(OFFICERS)
        act = AcceptedSender(history.period, file, officer, "X", history.office.now)
        history.act(act, f"{file} is accepted as {officer}'s")


def delete_ledger(history: History, random: Random) -> None:
    """The ledger is deleted."""
    if history.events_in_round:
        history.round()
    history.forget_ledger()


STEPS: dict[Callable[[History, Random], None], int] = {
    new_form: 4,
    open_file: 4,
    save_open: 5,
    fill: 16,
    fill_answer: 8,
    save_as: 4,
    copy: 3,
    move: 3,
    move_and_change: 2,
    remove: 2,
    bring_back: 2,
    restore: 3,
    restore_elsewhere: 2,
    unsigned_book: 3,
    lose_signature: 2,
    change_plan: 1,
    new_period: 1,
    choose: 3,
    withdraw: 1,
    accept: 2,
    delete_ledger: 1,
}
