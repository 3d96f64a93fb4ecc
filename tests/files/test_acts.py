from pathlib import Path

import pytest

from generator.domain.merge import Decision
from generator.errors import FolderError
from generator.files.acts import Acts, Final

FIRST = Decision("2026-1", "01.10", "Hallintojohtaja", "d1", "sihteeri", "2026-08-03T09:00:00+03:00")
SECOND = Decision("2026-1", "01.10", "Sivistysjohtaja", "d2", "sihteeri", "2026-08-04T09:00:00+03:00")
FINAL = Final("2026-1", "abc", "sihteeri", "2026-08-24T09:00:00+03:00", "kesken")


def test_acts_are_read_back_in_their_order_and_by_their_period(tmp_path: Path) -> None:
    acts = Acts(tmp_path / "state" / "acts.jsonl")
    assert (acts.decisions("2026-1"), acts.last_final("2026-1")) == ((), None)
    acts.add(FIRST, FINAL)
    acts.add(SECOND)
    again = Acts(tmp_path / "state" / "acts.jsonl")
    assert again.decisions("2026-1") == (FIRST, SECOND)
    assert again.last_final("2026-1") == FINAL
    assert (again.decisions("2026-2"), again.last_final("2026-2")) == ((), None)


@pytest.mark.parametrize("line", ['{"act": "dance"}', '{"act": "finalize", "period": 3}', '{"period": "x"}', "[]"])
def test_a_line_that_is_no_act_is_said(tmp_path: Path, line: str) -> None:
    record = tmp_path / "acts.jsonl"
    record.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(FolderError, match=r"acts\.jsonl"):
        Acts(record).last_final("2026-1")
