"""A command imports only the formats that it uses: a quick question does not wait for what makes documents."""

import ast
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.builders import CLERK
from tests.workspaces import command, make_workspace_with_forms

ROOM = re.compile(r"generator\.formats\.(docx_accessibility|docx|html|legacy|pdf|xlsx)\b")
# Libraries that take long to import.
LIBRARY = re.compile(
    r"\| +(babel|docx|docxtpl|filelock|jinja2|lxml|openpyxl|pikepdf|pydantic|rich|tomlkit|typer|watchdog|xlrd)$", re.M
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_workspace_with_forms(tmp_path_factory.mktemp("kunta"))
    command(made.root, "run")
    return made.root


@pytest.mark.parametrize(
    ("arguments", "rooms", "libraries"),
    [
        (("--help",), set(), set()),
        (("--version",), set(), {"typer"}),
        (("plan", "check"), {"xlsx"}, {"lxml", "openpyxl", "pydantic", "typer"}),
        (("plan", "check", "--json"), {"xlsx"}, {"lxml", "openpyxl", "pydantic", "typer"}),
        (("forms",), set(), {"filelock", "pydantic", "typer"}),  # nothing is made for a form that has not changed
        (("check", f"inbox/{CLERK}.xlsx"), {"xlsx"}, {"lxml", "pydantic", "typer"}),
        # What is known of the last run depends on where LibreOffice is.
        (("status",), {"pdf"}, {"pydantic", "typer"}),
        (("status", "--json"), {"pdf"}, {"pydantic", "typer"}),
        (("template", "check"), {"docx", "docx_accessibility"}, {"lxml", "pydantic", "typer"}),
        (("template", "fields"), {"docx"}, {"lxml", "pydantic", "typer"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_imports_only_the_formats_and_libraries_that_it_uses(
    root: Path, arguments: tuple[str, ...], rooms: set[str], libraries: set[str]
) -> None:
    imported = imports_of(root, *arguments)
    assert set(ROOM.findall(imported)) == rooms
    assert set(LIBRARY.findall(imported)) == libraries


def imports_of(root: Path, *arguments: str) -> str:
    """What Python tells of each module that a command imports."""
    told = [sys.executable, "-X", "importtime", "-m", "generator", *arguments]
    return subprocess.run(told, cwd=root, capture_output=True, encoding="utf-8", check=True).stderr


HELP = {name: {"cli"} for name in ("--help", "plan --help", "plan check --lang sv --help")}


def test_a_run_imports_nothing_of_the_hosted_form(root: Path) -> None:
    assert re.findall(r"\| +(?:psycopg|procrastinate)|generator\.hosted|store\.postgres", imports_of(root, "run")) == []


def test_help_imports_nothing_of_what_the_commands_do(root: Path) -> None:
    own = {name: set(re.findall(r"\bgenerator\.(\w+)", imports_of(root, *name.split()))) for name in HELP}
    assert own == HELP


def test_a_run_and_a_status_with_nothing_new_import_no_library(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, today = time.time_ns, time.localtime()
    with monkeypatch.context() as later:
        later.setattr("time.time_ns", lambda: real() + 3600 * 10**9)
        later.setattr("time.localtime", lambda _seconds: today)  # an hour later may be tomorrow
        assert command(root, "run").code == 0
    for asked in ("run", "status"):
        imported = imports_of(root, asked)
        assert (ROOM.findall(imported), LIBRARY.findall(imported)) == (["pdf", "pdf"], [])


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Such a circle works or not by which module is imported first, so that another command breaks."""
    root = Path(__file__).parent.parent
    paths = {".".join(path.relative_to(root).with_suffix("").parts): path for path in root.glob("generator/**/*.py")}
    graph = {name: set(_imported_at_once(path)) & paths.keys() for name, path in paths.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def _imported_at_once(path: Path) -> Iterator[str]:
    """The modules that a module imports while it is itself imported."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
