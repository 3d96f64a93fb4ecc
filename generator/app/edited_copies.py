"""Finds edited drafts whose edits are not carried on: extracts, and the report in further languages."""

from collections.abc import Iterator
from pathlib import Path

from generator.app.editions import editions, whole_edition
from generator.app.session import Session
from generator.domain.plan.goals import Plan


def edited_copies(session: Session, plan: Plan) -> Iterator[Path]:
    """Yields such drafts that somebody has edited, so that the new ones stand beside them."""
    whole = whole_edition(session.settings, session.words)
    for edition in editions(plan, session.settings):
        path = session.workspace.outbox / edition.draft_name
        has_other_beside = path.with_name(f"{path.stem}-uusi.docx").exists()
        if edition.draft_name != whole.draft_name and has_other_beside and session.placer.is_edited(path):
            yield path
