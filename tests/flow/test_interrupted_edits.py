"""Edits of drafts beside interrupted runs, and an edited draft that is read while it is open.

An edited draft whose edits are entered is not read again, so the same entry must tell whether our next draft may take
its place. A draft that is placed must be kept by then, since what a person edits in it is compared with it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx

from generator.app.finalize import make_final
from generator.app.intake import Clock
from generator.app.run import run as run_once
from generator.disk.digests import sha256_of
from generator.errors import RefusedFileError
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK
from tests.flow.test_draft_edits import (
    DEGREE,
    HERS,
    NARRATIVE,
    OFFICERS,
    SECRETARY,
    archived,
    aside,
    draft,
    edit,
    foreword,
    printed,
    replacing,
    workspace,
)
from tests.flow.test_edits_and_plan import replan
from tests.flow.test_pass import NOON, clock
from tests.secretary.office import journal_of, lock_of
from tests.settlement_sheets import rows_of
from tests.workspaces import command, fill, make_workspace_with_forms

__all__ = ["workspace"]

ANOTHER = "Kaava tuli nähtäville toukokuussa."


def run(workspace: Workspace, minutes: int) -> None:
    """Makes a run that many minutes after the workspace was made."""
    at = clock()
    run_once(workspace.root, Clock(lambda: NOON + timedelta(minutes=minutes), at.ticks, at.wait))


@contextmanager
def killed_when(is_reached: Callable[[], bool]) -> Iterator[None]:
    """Ends the program at its first operation on the disk after it has come so far."""

    def killing(real: Callable[..., object]) -> Callable[..., object]:
        def operation(*given: object, **named: object) -> object:
            if is_reached():
                raise KeyboardInterrupt
            return real(*given, **named)

        return operation

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "link", "unlink", "remove", "fsync"):
            patch.setattr(os, name, killing(getattr(os, name)))
        with pytest.raises(KeyboardInterrupt):
            yield


def read_and_killed(workspace: Workspace, change: Callable[[Docx], None]) -> bytes:
    """Edits the draft, and ends the next run when the edits are entered and nothing else is done."""
    hers = edit(workspace, change)
    with killed_when(lambda: sha256_of(hers).encode() in journal_of(workspace.root)):
        run(workspace, 2)
    assert draft(workspace).read_bytes() == hers
    return hers


def conflicts(workspace: Workspace) -> list[dict[str, str]]:
    return [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]


def test_a_draft_whose_edits_are_entered_is_replaced_after_an_interruption(workspace: Workspace) -> None:
    hers = read_and_killed(workspace, replacing(OFFICERS, HERS))
    run(workspace, 3)
    assert printed(workspace)[NARRATIVE] == HERS and draft(workspace).read_bytes() != hers
    assert not aside(workspace).exists() and archived(workspace, hers)


@pytest.mark.parametrize("then", [ANOTHER, OFFICERS], ids=["another text", "taken back"])
def test_what_she_types_over_it_after_an_interruption_is_an_edit_of_the_same_file(
    workspace: Workspace, then: str
) -> None:
    read_and_killed(workspace, replacing(OFFICERS, HERS))
    edit(workspace, replacing(HERS, then))
    run(workspace, 3)
    assert printed(workspace)[NARRATIVE] == then and conflicts(workspace) == []


def test_of_two_texts_typed_over_each_other_the_later_one_is_asked_when_its_goal_goes(workspace: Workspace) -> None:
    """Found by the fuzz (77:93), which took the earlier one for lost: she had typed over it while it was printed."""
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace, 1)
    read_and_killed(workspace, replacing(HERS, ANOTHER))
    replan(workspace, "removed")
    (row,) = (row["Details"] for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"] == "01.01")
    assert ANOTHER in row and HERS not in row


def test_a_draft_with_more_than_values_stays_after_an_interruption(workspace: Workspace) -> None:
    def both(document: Docx) -> None:
        replacing(OFFICERS, HERS)(document)
        foreword(document)

    hers = read_and_killed(workspace, both)
    run(workspace, 3)
    assert draft(workspace).read_bytes() == hers and printed(workspace, aside(workspace))[NARRATIVE] == HERS


def test_a_document_of_an_interrupted_final_that_somebody_edited_is_told(workspace: Workspace) -> None:
    final = workspace.outbox / "lopulliset" / "2026-1" / "julkaistavat" / "seurantaraportti-2026-1.docx"
    with killed_when(final.exists):
        make_final(open_workspace(workspace.root), SECRETARY)
    document = Document(str(final))
    foreword(document)
    document.save(str(final))
    hers = final.read_bytes()
    run(workspace, 60 * 24 * 30)
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert final.name in page and final.name in command(workspace.root, "status").out and final.read_bytes() == hers


@pytest.mark.parametrize("then", [HERS, ANOTHER, OFFICERS], ids=["nothing more", "another text", "taken back"])
def test_a_draft_that_was_open_while_a_final_of_it_was_refused_is_replaced_when_it_is_closed(
    workspace: Workspace, then: str
) -> None:
    degree = printed(workspace)[DEGREE], workspace.settings.degree_scale.full_label(5, "fi")
    edit(workspace, replacing(*degree))
    edit(workspace, replacing(OFFICERS, HERS))
    lock: Path = lock_of(draft(workspace))
    lock.write_bytes(b"")
    with pytest.raises(RefusedFileError):
        make_final(open_workspace(workspace.root), SECRETARY, source=draft(workspace))
    edit(workspace, replacing(degree[1], degree[0]))
    edit(workspace, replacing(HERS, then))
    lock.unlink()
    run(workspace, 60 * 24 * 30)
    assert printed(workspace)[NARRATIVE] == then and not aside(workspace).exists() and conflicts(workspace) == []


@pytest.mark.parametrize("then", [ANOTHER, OFFICERS], ids=["another text", "taken back"])
def test_a_draft_that_was_placed_by_an_interrupted_run_is_known_when_she_edits_it(
    workspace: Workspace, then: str
) -> None:
    hers = edit(workspace, replacing(OFFICERS, HERS))
    with killed_when(lambda: draft(workspace).read_bytes() != hers):
        run(workspace, 1)
    assert printed(workspace)[NARRATIVE] == HERS
    edit(workspace, replacing(HERS, then))
    run(workspace, 2)
    assert printed(workspace)[NARRATIVE] == then and not aside(workspace).exists() and conflicts(workspace) == []


def test_the_first_draft_of_an_interrupted_run_is_known_when_she_edits_it(tmp_path: Path) -> None:
    made = make_workspace_with_forms(tmp_path, extracts=[])
    fill(made.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3, "narrative": OFFICERS}})
    with killed_when(draft(made).exists):
        run(made, 1)
    edit(made, replacing(OFFICERS, HERS))
    run(made, 2)
    assert printed(made)[NARRATIVE] == HERS and not aside(made).exists()
