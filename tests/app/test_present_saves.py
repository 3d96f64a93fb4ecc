"""A save that was looked at before is told as one that was not."""

from pathlib import Path

from generator.app.present_saves import KnownSaves, PresentSave, present_saves
from generator.app.session import Session, ask
from generator.workspace.folders import open_workspace
from tests.builders import DIRECTOR
from tests.inboxes import FORM, Inbox, said

COPY = f"kopiot/{FORM}"
OTHER = f"{DIRECTOR}.xlsx"


def test_what_is_remembered_is_told_as_what_is_not(tmp_path: Path) -> None:
    inbox, known = Inbox(tmp_path, identity="open"), KnownSaves()
    steps = (
        lambda: inbox.save(g01_01=said(3), g01_10=said(2)),
        lambda: inbox.save(OTHER, g01_10=said(4), g02=said(1)),
        lambda: inbox.save(g01_01=said(4)),  # another answer of the same file
        lambda: inbox.put(COPY, (inbox.folder / FORM).read_bytes()),
        lambda: inbox.save(COPY, g01_01=said(5)),  # two files differ
        lambda: inbox.save(g01_01=said(None, "")),  # a row is emptied
        lambda: inbox.remove(COPY),
        lambda: inbox.save(g01_01=said(9)),  # an error
        lambda: inbox.correct(g01_01=said(1)),
    )
    seen: list[tuple[PresentSave, ...]] = []

    def look(session: Session) -> tuple[PresentSave, ...]:
        anew = present_saves(session, "2026-1", KnownSaves(0))
        assert present_saves(session, "2026-1", known) == present_saves(session, "2026-1", known) == anew
        return present_saves(session, "2026-1", known)

    for step in steps:
        step()
        inbox.run()
        seen.append(ask(open_workspace(tmp_path), look))
    assert len(set(map(repr, seen))) == len(steps), "each step tells something new"


def test_only_so_many_saves_are_remembered(tmp_path: Path) -> None:
    inbox, one = Inbox(tmp_path, identity="open"), KnownSaves(1)
    inbox.save(g01_01=said(3))
    inbox.save(OTHER, g02=said(1))
    inbox.run()

    def are_same(session: Session) -> list[bool]:
        first, second = (present_saves(session, "2026-1", one) for _ in range(2))
        assert first == second
        return [old is new for old, new in zip(first, second, strict=True)]

    assert sum(ask(open_workspace(tmp_path), are_same)) <= 1
