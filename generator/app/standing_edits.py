"""The edited drafts that keep a report from being made final, and where each differs from what the final would say."""

from contextlib import suppress
from pathlib import Path

from generator.app.documents import Draft, make_draft
from generator.app.draft_places import usual_place
from generator.app.editions import editions
from generator.app.outbox import Outbox
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.domain.follow_up.status import Difference, EditedReport
from generator.errors import SeurantaError


def standing_edits(session: Session, snapshot: Snapshot, source: Path | None) -> tuple[EditedReport, ...]:
    """Returns the edited drafts whose words would not be in the final. One that differs in its looks alone is none.

    Args:
        source: the edited document that is to be the report; None: the report is made from the data.
    """
    outbox = session.workspace.outbox
    drafts = {outbox / each.draft_name: each for each in editions(snapshot.plan, snapshot.settings)}
    names = Outbox(session).edited_drafts(snapshot)
    others = (name for name in names if source is None or (outbox / name).resolve() != source.resolve())
    found = (
        EditedReport(name, _differences(outbox / name, make_draft(snapshot, drafts[usual_place(outbox / name)])))
        for name in others
    )
    return tuple(edit for edit in found if edit.differences != ())


def _differences(path: Path, draft: Draft) -> tuple[Difference, ...] | None:
    from generator.formats.docx.document_difference import differences

    with suppress(SeurantaError, OSError):  # the refusal is told all the same
        return differences(path.read_bytes(), draft.document())
    return None
