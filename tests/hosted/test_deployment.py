"""The files that an administrator copies: systemd takes the units, and their commands and settings are ours."""

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.hosted.jobs import QUEUES
from tests.builders import ROOT

UNITS = sorted((ROOT / "docs" / "deploy").glob("*.service"))


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """With a program of this machine in the place of ours, since systemd looks whether it is there."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/seuranta/bin/seuranta", str(shutil.which("true")))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    instances = [unit.name.replace("@.", f"@{queue}.") for unit in UNITS if "@" in unit.name for queue in QUEUES]
    names = [*(unit.name for unit in UNITS if "@" not in unit.name), *instances]
    paths = [tmp_path / name for name in names]
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, check=False, text=True
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert len(names) == 4


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_units_command_is_one_of_ours(unit: Path) -> None:
    line = next(line for line in unit.read_text(encoding="utf-8").splitlines() if line.startswith("ExecStart="))
    command = line.partition("bin/")[2].replace("%i", QUEUES[0]).split()
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"## `{command[0]} {command[1]}`" in page
    assert all(f"`{option}" in page for option in command if option.startswith("--"))
