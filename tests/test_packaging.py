"""What is shipped: the wheel's contents, and the dependencies that are declared."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.builders import EXAMPLE, ROOT

# A distribution's import name, where it is another.
IMPORT_NAMES = {"page-validation": "page", "python-docx": "docx"}
# Declared and not imported by us: zoneinfo needs tzdata on Windows.
NOT_IMPORTED = {"tzdata"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a checkout in which the program has been used."""
    checkout, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copyfile(ROOT / name, checkout / name)
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for place in ("inbox/Salainen.xlsx", "outbox/luonnos.docx", "plan.xlsx", "seuranta.toml", ".seuranta/key"):
        (checkout / place).parent.mkdir(exist_ok=True)
        (checkout / place).write_bytes(b"somebody's")
    build = ("pip", "wheel", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "-w", str(out), ".")
    subprocess.run([sys.executable, "-m", *build], cwd=checkout, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_has_the_program_and_the_example_and_nothing_that_anybody_saved(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = ROOT / "generator"
    files = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    expected = {path.relative_to(ROOT).as_posix() for path in files}
    assert packed == expected | {"generator/example/templates/report.docx"}
    assert "generator/py.typed" in packed


def test_an_installed_program_makes_the_example(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    command = [sys.executable, "-P", "-m", "generator", "init", "kunta", "--example"]
    environment = {"PYTHONPATH": str(tmp_path / "installed")}
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=environment)
    made, own = tmp_path / "kunta", sorted((EXAMPLE / "inbox").rglob("*.xlsx"))
    assert (made / "templates" / "report.docx").read_bytes() == (ROOT / "templates" / "report.docx").read_bytes()
    assert (made / "plan.xlsx").read_bytes() == (EXAMPLE / "plan.xlsx").read_bytes()
    names = {path.relative_to(EXAMPLE / "inbox").as_posix() for path in own}
    assert {path.relative_to(made / "inbox").as_posix() for path in (made / "inbox").rglob("*.xlsx")} == names


def test_every_library_that_is_imported_is_declared_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = (*project["dependencies"], *project["optional-dependencies"]["hosted"])
    names = [re.split(r"[<>=;\[ ]", line)[0] for line in needed]
    declared = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}
    imported: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(str(node.module).partition(".")[0])
    assert imported - sys.stdlib_module_names - {"generator"} == declared - NOT_IMPORTED
