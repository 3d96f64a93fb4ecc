"""Through the commands: words that nobody reads, and an identity code that nothing repeats."""

from pathlib import Path

import openpyxl

from tests.builders import CLERK
from tests.workspaces import command, make_workspace

CODE = "131052-9993"


def test_what_differs_from_the_issued_form_is_named_and_a_code_is_repeated_nowhere(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    assert command(tmp_path, "forms").code == 0
    path = tmp_path / "inbox" / f"{CLERK}.xlsx"
    untouched = command(tmp_path, "check", str(path), "--json").json
    assert [finding["rule"] for finding in untouched[0]["findings"]] == ["nothing-filled"]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["L4"], book.worksheets[1]["D4"] = "Siirtyy syksyyn", "Miksi?"
    book.worksheets[0]["F4"] = f"{CODE[:6]} - {CODE[7:]}"
    book.save(path)
    answered = command(tmp_path, "check", str(path), "--json")
    found = {finding["rule"]: finding for finding in answered.json[0]["findings"]}
    assert "L4 ”Siirtyy syksyyn”; Ohje!D4 ”Miksi?”" in found["not-read"]["message"]
    assert found["personal-identity-code"]["cell"] == "F4"
    assert command(tmp_path, "run").code == 0
    receipt = (tmp_path / "inbox" / f"{CLERK}.kuittaus.html").read_text(encoding="utf-8")
    status = (tmp_path / "outbox" / "tilanne.html").read_text(encoding="utf-8")
    assert "Siirtyy syksyyn" in receipt
    for text in (answered.out, receipt, status):
        assert "131052" not in text
