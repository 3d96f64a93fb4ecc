"""What a final printed is read back from the record in the archive, and from the provenance of earlier versions."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.app.provenance import Digests, PdfProof, Proof, printed_record, provenance_bytes, read_printed_goals
from generator.domain.base.settings import Rollup
from generator.domain.follow_up.comparison import printed_goals
from generator.domain.follow_up.merge import Decision, FollowUp, merge
from generator.domain.submission.answers import EntryCells
from tests.builders import CLERK, DIRECTOR, PLAN, answer, entry

PROOF = Proof(Digests("", "", "", ""), PdfProof())
CELLS = EntryCells("S!D4", "S!E4", "S!F4", "S!G4")
degrees = st.none() | st.integers(1, 5)
statuses = st.sampled_from(["", "suunnitelman mukaan", "viivästynyt"])


@st.composite
def follow_ups(draw: st.DrawFn) -> FollowUp:
    """Some goals of the plan answered by any of their officers; a disagreement may be settled."""
    pairs = [(goal.code, name) for goal in PLAN.goals for name in goal.officers]
    given = draw(st.lists(st.sampled_from(pairs), unique=True))
    answers = [
        answer(entry(code, name, draw(degrees), overall_status=draw(statuses), cells=CELLS)) for code, name in given
    ]
    open_items = merge(PLAN, answers, Rollup.MEDIAN).disputed
    decisions = (
        Decision("2026-1", item.goal.code, draw(st.sampled_from((CLERK, DIRECTOR))), item.answers_digest, "x", "y")
        for item in open_items
        if draw(st.booleans())
    )
    return merge(PLAN, answers, Rollup.MEDIAN, tuple(decisions))


def provenance(follow_up: FollowUp) -> bytes:
    return provenance_bytes("2026-1", follow_up, {}, PROOF)


@given(follow_ups())
def test_the_record_tells_what_the_final_printed_and_nothing_that_officers_wrote(follow_up: FollowUp) -> None:
    record = printed_record(provenance(follow_up))
    assert read_printed_goals(record, PLAN) == printed_goals(follow_up)
    assert b"Ty" not in record and CLERK.encode() not in record


@given(follow_ups())
def test_the_provenance_of_an_earlier_version_tells_the_same(follow_up: FollowUp) -> None:
    values: dict[str, Any] = json.loads(provenance(follow_up))
    for goal in values["goals"]:
        del goal["differed"], goal["counts"]
    assert read_printed_goals(json.dumps(values).encode(), PLAN) == printed_goals(follow_up)


def test_bytes_that_are_no_record_tell_nothing() -> None:
    for data in (b"", b"{}", b'{"goals": [{"code": "01"}]}', b'{"goals": [{"code": "01", "degree": "3"}]}'):
        assert read_printed_goals(data, PLAN) is None
