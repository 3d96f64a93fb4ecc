"""What must be true after each round: no word is lost, nothing hand-made is overwritten, degrees are the officers'."""

from collections.abc import Iterator
from pathlib import Path

from generator.domain.plan.goals import Goal
from tests.builders import SETTINGS
from tests.secretary import office
from tests.secretary.history import History, Place
from tests.workspaces import command

OPEN_SHEET = "Ratkaistavat"
ALL_WELL = "Avoimia asioita ei ole"
# Files of hers that the program may replace, when the archive has them.
REPLACEABLE = (office.DRAFT, office.BOOK)
LABELS = {degree: SETTINGS.degree_scale.full_label(degree, "fi") for degree in range(1, 6)}


def hand_made_faults(history: History) -> Iterator[str]:
    """Yields the hand-made files that were overwritten or removed, after the program did something."""
    files = office.outbox_files(history.root)
    for name, data in history.hand.items():
        if files.get(name) == data:
            continue
        if name not in REPLACEABLE or name in history.stay:
            yield f"overwritten: {name}"
        elif not office.is_archived(history.root, data):
            yield f"lost: {name} is not in the archive, or the journal does not tell of it"
    yield from (f"written though open: {name}" for name, data in history.open_files.items() if files.get(name) != data)
    for name, data in history.saves.items():
        if (history.root / "inbox" / name).read_bytes() != data:
            yield f"overwritten: the save {name}"


def note_placed(history: History) -> None:
    """Notes which files of the outbox are the program's now."""
    files = office.outbox_files(history.root)
    history.placed = {name: data for name, data in files.items() if history.hand.get(name) != data}
    history.ours |= {hash(data) for data in history.placed.values()}


def faults(history: History) -> Iterator[str]:
    """Yields what is wrong after a whole round."""
    report = history.present_report
    if report is None:
        yield from _false_words(history, [])
        return
    if report.relative_to(history.outbox).as_posix() in history.hand:
        yield f"a hand-made file is called the report: {report.name}"
    data = report.read_bytes()
    values, text = office.printed_values(data), office.document_text(data)
    yield from report_faults(history, values)
    waiting = list(_waiting(history, values))
    file = office.document_text(history.hand[office.DRAFT]) if office.DRAFT in history.hand else ""
    if not history.is_locked(history.book):  # else the page tells that the workbook is open
        rows = _open_rows(history)
        lost = ((place, word) for place, word in waiting if word not in file and not _is_asked(place, word, rows))
        yield from (f"lost word: {place} {word}" for place, word in lost)
    yield from _untold_edits(history, report, values)
    yield from _two_drafts(history)
    yield from _stuck_draft(history)
    yield from _lost_texts(history, text)
    yield from _false_words(history, [word for _, word in waiting])


def is_asked(history: History, place: Place, word: str) -> bool:
    """True if a row of the open matters has the word and names the goal."""
    return history.book.exists() and _is_asked(place, word, _open_rows(history))


def is_blocked(history: History) -> bool:
    """True if a person holds both places of the draft."""
    return all(path.name in history.hand or history.is_locked(path) for path in (history.draft, history.aside))


def report_faults(history: History, values: dict[str, str]) -> Iterator[str]:
    """Yields the officers' texts that a report lacks, and the degrees in it that are not officers'."""
    for place, said in history.said.items():
        if _is_in_plan(history, place) and said not in history.cleared.get(place, ()):
            value = values.get(place.bookmark, "")
            if said not in value and not any(
                _is_hers(history, place, said, word) for word in _words_in(history, value)
            ):
                yield f"not printed: {place} {said}: {value!r}"
    for goal in history.plan.goals:
        yield from _degree_faults(history, goal, values[Place(goal.code, "", "degree").bookmark])


def _degree_faults(history: History, goal: Goal, printed: str) -> Iterator[str]:
    given = {
        history.degrees[goal.code, officer] for officer in goal.officers if (goal.code, officer) in history.degrees
    }
    shown = {degree for degree, label in LABELS.items() if label in printed}
    allowed = given if goal.officers else {*history.degrees.values()}  # computed from the goals below
    if (given and not shown) or shown - allowed:
        yield f"degree: {goal.code} prints {printed!r}, officers said {sorted(given)}"


def _is_in_plan(history: History, place: Place) -> bool:
    return any(goal.code == place.code and place.officer in goal.officers for goal in history.plan.goals)


def _words_in(history: History, value: str) -> list[str]:
    return [word for word in history.stands_for if word in value]


def _is_hers(history: History, place: Place, said: str, word: str) -> bool:
    return history.place_of[word] == place and said in history.stands_for[word]


def _waiting(history: History, values: dict[str, str]) -> Iterator[tuple[Place, str]]:
    """Yields her words that are not printed in their cells."""
    for place, word in history.hers.items():
        if word not in values.get(place.bookmark, ""):
            yield place, word


def _open_rows(history: History) -> list[str]:
    return ["\n".join(row) for row in office.book_rows(history.book.read_bytes(), OPEN_SHEET)]


def _is_asked(place: Place, word: str, rows: list[str]) -> bool:
    """True if a row of the open matters has the word and names the goal."""
    return any(word in row and place.code in row for row in rows)


def _untold_edits(history: History, report: Path, values: dict[str, str]) -> Iterator[str]:
    """Yields her printed words of which the officer's receipt or the provenance of a draft does not tell."""
    proof = report.with_suffix(".json")
    told = proof.read_text(encoding="utf-8") if proof.exists() else None
    for place, word in history.hers.items():
        if place.officer and word in values.get(place.bookmark, ""):
            receipt = history.root / "inbox" / f"{place.officer}.kuittaus.html"
            if word not in receipt.read_text(encoding="utf-8"):
                yield f"not told in the receipt: {place} {word}"
            if told is not None and word not in told:
                yield f"not told in the provenance: {place} {word}"


def _two_drafts(history: History) -> Iterator[str]:
    """Yields both drafts of the program if nothing keeps it from removing the one beside the usual place."""
    both = (history.draft, history.aside)
    if all(path.exists() and path.name not in history.hand and not history.is_locked(path) for path in both):
        yield "two drafts: one beside the other"


def _stuck_draft(history: History) -> Iterator[str]:
    """Yields her draft if it differs in values alone and still keeps the program's next draft from its place.

    Where she emptied a text of a goal that has left the plan, nobody can tell whose it was, so the file stays.
    """
    is_hers = office.DRAFT in history.hand and office.DRAFT not in history.stay
    has_lost_goal = any(not _is_in_plan(history, place) for place in history.cleared)
    if is_hers and not has_lost_goal and not history.is_locked(history.draft):
        yield f"stuck draft: {office.DRAFT} differs in values alone and was not replaced"


def _lost_texts(history: History, text: str) -> Iterator[str]:
    yield from (f"lost text: {place} {word}" for place, word in history.texts.items() if word not in text)


def _false_words(history: History, waiting: list[str]) -> Iterator[str]:
    """Yields what the page leaves out while an edited document stands or a word of hers waits."""
    page = (history.outbox / office.PAGE).read_text(encoding="utf-8")
    edited = edited_documents(history)
    if (edited or waiting) and ALL_WELL in page:
        yield f"false word: {ALL_WELL}, but {[*edited, *waiting]}"
    yield from (f"not told in the page: {name}" for name in edited if Path(name).name not in page)


def edited_documents(history: History) -> list[str]:
    """The drafts and finals that a person has edited and that stand."""
    return [
        name
        for name in history.hand
        if name in (office.DRAFT, office.ASIDE) or (name.startswith(office.FINALS) and name.endswith(".docx"))
    ]


def status_faults(history: History) -> Iterator[str]:
    """Yields the edited documents that `status` does not name, and the waiting words of which it says nothing."""
    report = history.present_report
    waiting = [*_waiting(history, office.printed_values(report.read_bytes()))] if report else []
    if not waiting and not edited_documents(history):
        return
    said = command(history.root, "status").out
    yield from (f"not told by status: {name}" for name in edited_documents(history) if Path(name).name not in said)
    if waiting and "ratkaistavat.xlsx" not in said:
        yield f"status says nothing: {waiting}"
