"""The pages in a real browser, judged by axe-core: in three languages, on a desk and on a phone."""

import html
import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from generator.app.run import run as run_once
from generator.domain.base.settings import Language
from tests.builders import CLERK, DIRECTOR
from tests.conftest import PROGRAMS
from tests.flow.test_pass import clock
from tests.workspaces import fill, make_workspace_with_forms

pytestmark = pytest.mark.chromium

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
DESK, PHONE = 1100, 390
# The findings go out of the frame as text, for the page's own document is what is judged.
JUDGE = """
axe.run(document, {resultTypes: ["violations"]}).then(result => {
  const out = parent.document.createElement("pre");
  out.id = frameElement.title;
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


def judge(pages: tuple[Path, ...], folder: Path) -> dict[str, dict[str, Any]]:
    """What axe-core says of each page, in one start of the browser: `tilanne-390` is the page on a phone."""
    frames = {f"{page.stem}-{width}": _frame(page, width) for page in pages for width in (DESK, PHONE)}
    outer = folder / "pages.html"
    body = f'<body style="margin:0">{"".join(frames.values())}</body>'
    outer.write_text(f'<!DOCTYPE html><html lang="fi">{body}</html>', encoding="utf-8")
    browser = next(filter(None, map(shutil.which, PROGRAMS["chromium"])))
    command = [browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", outer.as_uri()]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True).stdout
    found = {name: re.search(rf'<pre id="{name}">(.*?)</pre>', shown, re.DOTALL) for name in frames}
    assert all(found.values()), shown[-500:]
    return {name: json.loads(html.unescape(said[1])) for name, said in found.items() if said}


def _frame(page: Path, width: int) -> str:
    """A frame of a width in pixels in which a page judges itself."""
    source = page.read_text(encoding="utf-8")
    source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    source = source.replace("</body>", f"<script>{AXE}</script><script>{JUDGE}</script></body>")
    style = f"border:0;width:{width}px;height:1400px"
    return f'<iframe title="{page.stem}-{width}" style="{style}" srcdoc="{html.escape(source)}"></iframe>'


@pytest.mark.parametrize("language", list(Language))
def test_receipt_and_status_page_are_accessible_and_fit_a_phone(tmp_path: Path, language: Language) -> None:
    workspace = make_workspace_with_forms(tmp_path / "w", languages=(language.value,), extracts=[])
    fill(
        workspace.inbox / f"{CLERK}.xlsx",
        {"01.01": {"degree": 9}, "01.01.01": {"degree": 3}, "01.10": {"degree": 2, "narrative": "Pitkä sana " * 40}},
    )
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 4, "narrative": "Toinen"}, "02": {"degree": 5}})
    run_once(workspace.root, clock())
    judged = judge((workspace.inbox / f"{CLERK}.kuittaus.html", workspace.outbox / "tilanne.html"), tmp_path)
    assert len(judged) == 4
    assert {name: (said["violations"], said["overflow"]) for name, said in judged.items()} == dict.fromkeys(
        judged, ([], 0)
    )
    assert all(said["rules"] > 20 for said in judged.values())
