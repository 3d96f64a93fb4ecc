"""The example's documents as a council gets them: valid, accessible, and in PDFs that keep what they claim."""

from pathlib import Path

import pytest

from generator.app import maintenance
from generator.app.finalize import Finalized, make_final
from generator.app.run import run as run_once
from generator.app.run import system_clock
from generator.domain.follow_up.open_items import Signature
from tests.workspaces import change_settings
from tools.judge_documents import docx_faults, pdf_faults

pytestmark = pytest.mark.libreoffice


def test_nothing_is_found_in_any_document_of_the_example_draft_or_final(tmp_path: Path) -> None:
    maintenance.init_example(tmp_path)
    workspace = change_settings(tmp_path, languages=["fi", "sv"], section="85 §", attachment="3", quiet_seconds=0)
    passed = run_once(workspace.root, system_clock())
    final = make_final(workspace, Signature("sihteeri", "2026-08-24T09:00:00+03:00", "Valtuusto kokoontuu."))
    assert isinstance(final, Finalized)
    documents = sorted(workspace.outbox.rglob("*.docx"))
    assert len(documents) == 2 * len(passed.documents)
    assert [fault for path in documents for fault in docx_faults(path)] == []
    wholes = [path for path in documents if path.with_suffix(".pdf").exists()]
    assert len(wholes) == 4
    assert [fault for path in wholes for fault in pdf_faults(path)] == []
