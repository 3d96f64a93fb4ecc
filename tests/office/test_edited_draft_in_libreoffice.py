"""The draft after LibreOffice saved it: nothing differs that nobody changed, and each kind of edit is found."""

import subprocess
from collections.abc import Callable

import pytest
from docx.document import Document as Docx

from generator.formats.docx.document_difference import differences
from generator.formats.pdf.conversion import find_soffice
from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import (
    HERS,
    NARRATIVE,
    OFFICERS,
    OTHERS,
    archived,
    aside,
    draft,
    edit,
    printed,
    replacing,
    run,
    workspace,
)
from tests.flow.test_retyped_cells import MORE, added_below, retyped

__all__ = ["workspace"]

pytestmark = pytest.mark.libreoffice


def saved(workspace: Workspace, change: Callable[[Docx], None]) -> bytes:
    """The draft with a change, saved by LibreOffice in its place."""
    edit(workspace, change)
    folder = workspace.root / "saved"
    profile = f"-env:UserInstallation={(workspace.root / 'profile').as_uri()}"
    command = (str(find_soffice()), profile, "--headless", "--convert-to", "docx", "--outdir", str(folder))
    subprocess.run((*command, str(draft(workspace))), capture_output=True, timeout=120, check=True)
    data = (folder / draft(workspace).name).read_bytes()
    draft(workspace).write_bytes(data)
    return data


def nothing(document: Docx) -> None:
    del document


def test_nothing_differs_in_a_draft_that_was_only_saved(workspace: Workspace) -> None:
    ours = draft(workspace).read_bytes()
    hers = saved(workspace, nothing)
    assert differences(hers, ours) == ()
    run(workspace)
    assert draft(workspace).read_bytes() not in (hers, b"") and not aside(workspace).exists()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (replacing(OFFICERS, HERS), HERS),
        (retyped(OFFICERS, HERS), HERS),
        (added_below(OFFICERS, MORE), f"{OFFICERS}\n{MORE}"),
    ],
    ids=["changed", "typed anew", "gone on in"],
)
def test_an_edited_text_is_carried_on(workspace: Workspace, change: Callable[[Docx], None], expected: str) -> None:
    hers = saved(workspace, change)
    run(workspace)
    assert printed(workspace)[NARRATIVE] == expected and archived(workspace, hers) and not aside(workspace).exists()


@pytest.mark.parametrize("kind", [*OTHERS])
def test_anything_else_keeps_the_file(workspace: Workspace, kind: str) -> None:
    hers = saved(workspace, OTHERS[kind])
    run(workspace)
    assert draft(workspace).read_bytes() == hers and archived(workspace, hers)
    assert differences(hers, aside(workspace).read_bytes())
