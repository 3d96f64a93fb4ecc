"""The sample report has a row in every state, on whatever scale, so that a template meets them all."""

from dataclasses import replace

import pytest

from generator.domain.base.scale import OverallStatuses, Scale
from generator.domain.base.settings import ScopeKind
from generator.domain.follow_up.merge import GoalState
from generator.domain.output.frame import Frame, frame_of
from generator.domain.output.movement import Change
from generator.domain.output.sample import SampleKind, sample_report
from tests.builders import SETTINGS

FRAME = frame_of(SETTINGS, SETTINGS.language)


def test_every_state_and_every_change_of_a_row_is_in_the_sample() -> None:
    rows = sample_report(SampleKind.EVERY_STATE, FRAME).rows
    assert {row.state for row in rows} == set(GoalState)
    assert {row.movement.change for row in rows if row.movement} == set(Change)
    assert any(row.unchecked for row in rows) and any(row.disagreement for row in rows)
    assert any(len(row.narratives) > 1 and not row.disagreement for row in rows)
    assert any(row.degrees and row.degree is None and len(row.degrees) == 1 for row in rows)
    words = [voice for row in rows for voice in row.narratives]
    assert max(len(voice.text) for voice in words) > 600 and any("\n" in voice.text for voice in words)
    assert {"fi", "sv"} <= {voice.language for voice in words}


def test_each_sample_has_what_the_others_lack() -> None:
    brief = sample_report(SampleKind.BRIEF, FRAME)
    assert brief.is_brief and brief.compared and brief.disagreements + brief.not_reported
    first, extract, smallest, well = (
        sample_report(kind, FRAME)
        for kind in (SampleKind.FIRST_PERIOD, SampleKind.EXTRACT, SampleKind.SMALLEST, SampleKind.ALL_WELL)
    )
    assert not first.frame.is_draft and not first.compared
    assert extract.scope.kind is ScopeKind.OFFICER and not extract.is_brief and len(extract.rows) < len(first.rows)
    assert [row.state for row in smallest.rows] == [GoalState.UNOWNED] and not smallest.frame.period.case_number
    assert not (well.lowest or well.not_reported or well.disagreements or well.compared)
    assert len({row.goal.officers for row in well.rows}) == len(well.rows)


@pytest.mark.parametrize(
    "frame",
    [
        replace(FRAME, scale=Scale(FRAME.scale.degrees[:2])),
        replace(FRAME, statuses=OverallStatuses(FRAME.statuses.statuses[:1])),
        replace(FRAME, statuses=OverallStatuses(())),
    ],
)
def test_a_sample_is_made_on_any_scale_and_with_any_statuses(frame: Frame) -> None:
    for kind in SampleKind:
        assert sample_report(kind, frame).rows
