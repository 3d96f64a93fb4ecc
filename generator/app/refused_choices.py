"""The choices in the secretary's workbook that could not be carried out, for `run`, `status` and the page."""

from collections.abc import Iterable

from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.domain.follow_up.council_version import KIND as VERSION_KIND
from generator.domain.follow_up.open_items import Obstacle, OpenItem, RejectedChoice, is_about, list_open_items
from generator.domain.follow_up.settlements import is_undo
from generator.domain.output.text_rows import KIND as TEXT_KIND


def refused_choices(session: Session, snapshot: Snapshot) -> tuple[RejectedChoice, ...]:
    """Returns the refused choices about what is still open, unless the person has taken them back."""
    found = session.store.history.rejected(session.period)
    items = list_open_items(
        snapshot.follow_up,
        contested=snapshot.contested,
        senders=snapshot.senders,
        edits=snapshot.open_edits,
        lost=snapshot.lost,
    )
    return tuple(each for each in found if each.obstacle != Obstacle.TAKEN_BACK and not is_of_closed(each, items))


def count_refused(session: Session, snapshot: Snapshot) -> int:
    """Returns how many choices were refused, and the request for a final with them, if that was."""
    is_final_refused = session.store.history.rejected_final(session.period) is not None
    return len(refused_choices(session, snapshot)) + is_final_refused


def is_of_closed(refused: RejectedChoice, items: Iterable[OpenItem]) -> bool:
    """True if a refused choice was about a matter that is open no more; texts, versions and undoing are no matters."""
    is_elsewhere = is_undo(refused.subject) or refused.kind in (TEXT_KIND, VERSION_KIND)
    return not is_elsewhere and not any(is_about(refused, item) for item in items)
