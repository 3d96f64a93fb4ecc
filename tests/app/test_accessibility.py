"""What keeps a template's documents from being accessible is found in a sample; that nothing does is kept."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.app.accessibility import accessibility_faults
from generator.app.plans import read_current_plan
from generator.app.session import open_session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.disk.user_cache import cache_folder
from generator.workspace.templates import Templates
from tests.formats.docx.broken_templates import without_text
from tests.workspaces import make_workspace


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with open_session(make_workspace(tmp_path / "ws"), datetime.now(UTC)) as session:
        return make_snapshot(session, read_current_plan(session))


def kept_verdicts() -> list[str]:
    return [path.suffix for path in cache_folder().glob("*.accessible")]


def test_only_that_nothing_is_wrong_is_kept(snapshot: Snapshot) -> None:
    merged = without_text("{{p row.council_term_goal }}", "{% vm %}{{ section.heading }}")
    faulty = replace(snapshot, templates=Templates(merged))
    assert {fault.rule for fault in accessibility_faults(faulty, faulty.words)} == {"cells-merged"}
    assert kept_verdicts() == []
    accessible = replace(snapshot, templates=Templates(without_text("{{ closing }}", "{{ closing }} Kiitos.")))
    assert accessibility_faults(accessible, accessible.words) == ()
    assert kept_verdicts() == [".accessible"]
