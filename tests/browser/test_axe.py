"""The pages in a real browser, judged by axe-core: in three languages, on a desk and on a phone."""

import html
import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from generator.app.forms import write_forms
from generator.app.run import run as run_once
from generator.domain.base.settings import Language
from tests.builders import CLERK, DIRECTOR
from tests.conftest import PROGRAMS
from tests.flow.test_pass import clock
from tests.workspaces import change_settings, fill, make_workspace

pytestmark = pytest.mark.chromium

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
DESK, PHONE = 1100, 390
# The findings go out of the frame as text, for the page's own document is what is judged.
JUDGE = """
axe.run(document, {resultTypes: ["violations"]}).then(result => {
  const out = parent.document.createElement("pre");
  out.id = "judged";
  out.textContent = JSON.stringify({
    rules: result.passes.length,
    violations: result.violations.map(found => [found.id, found.nodes.map(node => node.target.join(" "))]),
    overflow: Math.max(0, document.documentElement.scrollWidth - innerWidth),
  });
  parent.document.body.append(out);
});
"""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=8000",
    "--dump-dom",
]


def judge(page: Path, width: int, folder: Path) -> dict[str, object]:
    """What axe-core says of a page in a frame of a width in pixels."""
    source = page.read_text(encoding="utf-8")
    source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    source = source.replace("</body>", f"<script>{AXE}</script><script>{JUDGE}</script></body>")
    frame = (
        f'<iframe title="page" style="border:0;width:{width}px;height:1400px" srcdoc="{html.escape(source)}"></iframe>'
    )
    outer = folder / f"{page.stem}-{width}.html"
    outer.write_text(f'<!DOCTYPE html><html lang="fi"><body style="margin:0">{frame}</body></html>', encoding="utf-8")
    browser = next(filter(None, map(shutil.which, PROGRAMS["chromium"])))
    command = [browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", outer.as_uri()]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True).stdout
    found = re.search(r'<pre id="judged">(.*?)</pre>', shown, re.DOTALL)
    assert found, shown[-500:]
    judged: dict[str, object] = json.loads(html.unescape(found[1]))
    return judged


@pytest.mark.parametrize("language", list(Language))
def test_receipt_and_status_page_are_accessible_and_fit_a_phone(tmp_path: Path, language: Language) -> None:
    change_settings(make_workspace(tmp_path / "w", extracts=[]).root, languages=[language.value])
    workspace = change_settings(tmp_path / "w", quiet_seconds=0)
    write_forms(workspace, None, None)
    fill(
        workspace.inbox / f"{CLERK}.xlsx",
        {"01.01": {"degree": 9}, "01.01.01": {"degree": 3}, "01.10": {"degree": 2, "narrative": "Pitkä sana " * 40}},
    )
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 4, "narrative": "Toinen"}, "02": {"degree": 5}})
    run_once(workspace.root, clock())
    for page in (workspace.inbox / f"{CLERK}.kuittaus.html", workspace.outbox / "tilanne.html"):
        for width in (DESK, PHONE):
            judged = judge(page, width, tmp_path)
            assert (judged["violations"], judged["overflow"]) == ([], 0), (page.name, width)
            assert isinstance(judged["rules"], int) and judged["rules"] > 20
