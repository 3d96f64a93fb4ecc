"""A command imports only the formats that it uses: a quick question does not wait for what makes documents."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.app.forms import write_forms
from tests.builders import CLERK
from tests.workspaces import make_workspace, process

ROOM = re.compile(r"generator\.formats\.(docx_accessibility|docx|html|legacy|pdf|xlsx)\b")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_workspace(tmp_path_factory.mktemp("kunta"))
    write_forms(made)
    process(made.root, "run")
    return made.root


@pytest.mark.parametrize(
    ("arguments", "rooms"),
    [
        (("--help",), set()),
        (("--version",), set()),
        (("plan", "check"), {"xlsx"}),
        (("plan", "check", "--json"), {"xlsx"}),
        (("forms",), {"xlsx"}),
        (("check", f"inbox/{CLERK}.xlsx"), {"xlsx"}),
        (("status",), {"xlsx"}),
        (("status", "--json"), {"xlsx"}),
        (("template", "check"), {"docx", "docx_accessibility"}),
        (("template", "fields"), {"docx"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_imports_only_the_formats_that_it_uses(
    root: Path, arguments: tuple[str, ...], rooms: set[str]
) -> None:
    told = [sys.executable, "-X", "importtime", "-m", "generator", *arguments]
    ended = subprocess.run(told, cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert set(ROOM.findall(ended.stderr)) == rooms
