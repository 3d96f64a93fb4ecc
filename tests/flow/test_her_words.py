"""Random histories of saves, edits in the draft, settlements, finals and kills: no word of anybody is lost.

Each word of the person who makes the report stands in the draft, in an open matter, in her file, or in the archive with
its place told; each officer's present word is printed, or stands beside hers. Degrees are officers' alone.

The seed is the test's parameter; `HISTORIES=20 pytest tests/flow/test_her_words.py` runs more of them.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from docx import Document
from docx.text.paragraph import Paragraph

from generator.app.finalize import Finalized, make_final
from generator.app.session import Session, ask
from generator.domain.follow_up.edit_acts import DraftEdit, EditedDraft
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.flow.test_draft_edits import (
    OTHERS,
    SECRETARY,
    archived,
    aside,
    draft,
    edit,
    paragraphs,
    printed,
    replacing,
    run,
)
from tests.settlement_sheets import choose_where, rows_of
from tests.workspaces import cut_off_at, fill, make_workspace_with_forms

HISTORIES = int(os.environ.get("HISTORIES", "4"))
STEPS = 14
GOALS = {name: [goal.code for goal in PLAN.goals if name in goal.officers] for name in (CLERK, DIRECTOR)}
CUTS = ("journal.jsonl", "LUONNOS.docx", "ratkaistavat.xlsx", ".bin")


@dataclass
class History:
    """A workspace that things happen to; `texts` are officers' present texts, `hers` what she wrote, with its origin.

    `degrees` are the officers' degrees of a goal, `files` her edited drafts; `stays` is the file that must stay.
    """

    workspace: Workspace
    random: Random
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    degrees: dict[str, dict[str, int]] = field(default_factory=dict)
    hers: dict[str, str] = field(default_factory=dict)
    files: list[bytes] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    stays: bytes | None = None
    count: int = 0

    def word(self, who: str) -> str:
        self.count += 1
        return f"{who} {self.count:03}."

    def origin(self, text: str) -> str:
        """The officer's text behind one that is printed."""
        return self.hers.get(text, text)


def save(history: History) -> None:
    officer = history.random.choice([*GOALS])
    answers: dict[str, dict[str, object]] = {}
    for code in history.random.sample(GOALS[officer], history.random.randint(1, len(GOALS[officer]))):
        text, degree = history.word("Virka"), history.random.choice((2, 3))
        history.texts[code, officer] = text
        history.degrees.setdefault(code, {})[officer] = degree
        answers[code] = {"degree": degree, "narrative": text}
    fill(history.workspace.inbox / f"{officer}.xlsx", answers)


def edit_text(history: History) -> None:
    """She types other words over a text that her draft prints."""
    shown = {*history.texts.values(), *history.hers}
    lines = [paragraph.text for paragraph in paragraphs_of(history) if paragraph.text in shown]
    if lines:
        old, new = history.random.choice(lines), history.word("Hänen")
        history.hers[new] = history.origin(old)
        take(history, edit(history.workspace, replacing(old, new)))


def edit_degree(history: History) -> None:
    scale = history.workspace.settings.degree_scale
    shown = [each.text for each in paragraphs_of(history) if each.text in {scale.full_label(n, "fi") for n in (2, 3)}]
    if shown:
        take(history, edit(history.workspace, replacing(history.random.choice(shown), scale.full_label(5, "fi"))))


def edit_other(history: History) -> None:
    """A foreword, a picture, a comment, a header: her file must stay as she saved it."""
    if draft(history.workspace).exists():
        kind = history.random.choice(["foreword", "picture", "comment", "header"])
        history.stays = edit(history.workspace, OTHERS[kind])
        history.files.append(history.stays)


def move_away(history: History) -> None:
    draft(history.workspace).unlink(missing_ok=True)
    history.stays = None


def settle(history: History) -> None:
    """She chooses between her words and the officer's in one of the rows that ask it."""
    choice = history.random.choice(["oma muokkaus", "vastuuhenkilön teksti"])
    choose_where(history.workspace.outbox / "ratkaistavat.xlsx", "Hänen", history.random.choice, choice)


def finish(history: History) -> None:
    run(history.workspace)
    made = make_final(open_workspace(history.workspace.root), SECRETARY)
    if isinstance(made, Finalized):
        assert history.stays is None
        check_values(history, printed(history.workspace, made.docx), ", ".join(history.told))


def kill(history: History) -> None:
    """The program is interrupted while it puts a file in its place."""
    with pytest.MonkeyPatch.context() as patch:
        cut_off_at(patch, history.random.choice(CUTS))
        try:
            run(history.workspace)
        except KeyboardInterrupt:
            history.told.append("(interrupted)")


STEPS_OF: tuple[Callable[[History], None], ...] = (
    *(
        save,
        save,
        save,
        save,
        edit_text,
        edit_text,
        edit_text,
        edit_degree,
        edit_other,
        move_away,
        move_away,
        settle,
        settle,
        finish,
        kill,
    ),
)


EDITS = (edit_text, edit_degree, edit_other)


def take(history: History, data: bytes) -> None:
    history.files.append(data)
    if history.stays is not None:
        history.stays = data


def paragraphs_of(history: History) -> list[Paragraph]:
    path = draft(history.workspace)
    return paragraphs(Document(str(path))) if path.exists() else []


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_no_word_of_anybody_is_lost(tmp_path: Path, seed: int) -> None:
    history = History(make_workspace_with_forms(tmp_path, extracts=[]), Random(seed))
    save(history)
    run(history.workspace)
    for _ in range(STEPS):
        step = history.random.choice(STEPS_OF)
        history.told.append(step.__name__)
        step(history)
        if step in EDITS and history.random.random() < 0.3:
            kill(history)
        if step in EDITS or history.random.random() < 0.7:
            history.told.append("run")
            run(history.workspace)
            check(history)
    run(history.workspace)
    check(history)


def check(history: History) -> None:
    story = ", ".join(history.told)
    workspace = history.workspace
    if history.stays is not None:
        assert draft(workspace).read_bytes() == history.stays, story
    assert all(archived(workspace, data) for data in history.files), story
    if not draft(workspace).exists():
        assert "finish" in history.told, story
        return
    present = aside(workspace) if aside(workspace).exists() else draft(workspace)
    values = printed(workspace, present)
    check_values(history, values, story)
    rows = "\n".join(row["Details"] for row in rows_of(workspace.outbox / "ratkaistavat.xlsx"))
    for text in ask(workspace, in_force):
        assert text in rows or any(text in value.split("\n") for value in values.values()), (text, story)


def check_values(history: History, values: dict[str, str], story: str) -> None:
    """Each officer's text is printed, or hers that was made of it; degrees are officers'."""
    scale = history.workspace.settings.degree_scale
    for (code, officer), text in history.texts.items():
        lines = values[f"g_{code.replace('.', '_')}_narrative"].split("\n")
        chosen = [line for line in lines if line == text or line in history.hers]
        assert chosen, (code, officer, text, lines, story)
    for code, given in history.degrees.items():
        found = values[f"g_{code.replace('.', '_')}_degree"].split("\n")
        labels = {scale.full_label(degree, "fi") for degree in given.values()}
        assert labels & {*found} and scale.full_label(5, "fi") not in found, (code, found, story)


def in_force(session: Session) -> list[str]:
    """Her texts that no later act replaced."""
    acts = [entry.record for entry in session.store.history.acts.in_force(session.period)]
    edits = [act for act in acts if isinstance(act, DraftEdit) and act.field == "narrative"]
    texts = [session.store.archive.read(act.after).decode() for act in edits]
    assert all(session.store.archive.has(act.digest) for act in acts if isinstance(act, EditedDraft))
    return [text for text in texts if text.startswith("Hänen")]
