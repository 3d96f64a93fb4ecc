"""Machines are killed and the database restarts while everybody saves: nothing is lost, doubled or left undone."""

from pathlib import Path

import pytest

from benchmarks.hosted import Evening, crashes, play

pytestmark = pytest.mark.postgres


def test_an_evening_of_crashes_ends_as_a_quiet_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are compared with those that `seuranta run` makes of the same saves on one machine."""
    monkeypatch.setenv("SEURANTA_DATABASE", "")  # put back after the evening
    outcome = play(Evening(municipalities=4, workers=2, seconds=10), tmp_path, crashes(kills=5, restarts=2, seconds=12))
    assert outcome.faults == () and len(outcome.waits) == 4
