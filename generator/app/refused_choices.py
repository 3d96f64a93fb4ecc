"""The choices in the secretary's workbook that could not be carried out, for `run`, `status` and the page."""

from generator.app.session import Session
from generator.domain.follow_up.open_items import Obstacle, RejectedChoice


def refused_choices(session: Session) -> tuple[RejectedChoice, ...]:
    """Returns the refused choices that nobody has taken back or made anew; a refused request for a final is none."""
    found = session.store.history.rejected(session.period)
    return tuple(each for each in found if each.obstacle != Obstacle.TAKEN_BACK)


def count_refused(session: Session) -> int:
    """Returns how many choices were refused, and the request for a final with them, if that was."""
    return len(refused_choices(session)) + (session.store.history.rejected_final(session.period) is not None)
