from itertools import permutations

from generator.domain.base.settings import Rollup
from generator.domain.follow_up.merge import merge
from generator.domain.follow_up.open_items import Obstacle, OpenItemKind, RejectedChoice, list_open_items
from tests.builders import PLAN

# The hour from three to four comes twice when summer time ends: the second is later, and is the smaller text.
SUMMER, WINTER = "2026-10-25T03:30:00.000+03:00", "2026-10-25T03:10:00.000+02:00"


def test_an_item_tells_the_choice_that_was_rejected_last() -> None:
    subject = next(iter(list_open_items(merge(PLAN, (), Rollup.MEDIAN)))).subject
    rejected = [
        RejectedChoice(
            "2026-1", "", OpenItemKind.MISSING.value, "ehkä", Obstacle.NOT_YES.value, "A", time, subject=subject
        )
        for time in ("2026-10-24T23:00:00.000+03:00", SUMMER, WINTER)
    ]
    for order in permutations(rejected):
        items = list_open_items(merge(PLAN, (), Rollup.MEDIAN), rejected=order)
        told = next(item for item in items if item.subject == subject)
        assert told.rejected and told.rejected.time == WINTER
