"""What a forged save comes to by each setting `identity`; docs/it.md has the same table."""

from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from generator.formats.xlsx.open_items_sheet import HEADING_ROW as DECISIONS_HEADING
from generator.workspace.folders import Workspace
from tests.builders import CLERK, HEADINGS, ROOT, line
from tests.workspaces import Answered, bookmarks, command, fill, make_workspace

FORGED = f"{CLERK}/uudet.xlsx"
OWN, FREE = "01.01", "01.01.01"
SETTINGS = ("confirm", "open", "folder", "signed")
SECTIONS = {
    "Saman vastuuhenkilön kaksi tiedostoa eroavat": "two files differ",
    "Allekirjoittamattomat tiedostot vastuuhenkilön oman lomakkeen rinnalla": "unsigned file beside the form",
    "Tarkistettavat lähettäjät": "sender to check",
    "Tiedostot, joiden lähettäjää ei tunneta (ei otettu vastaan)": "refused file",
    "Tarkistamattomien lähettäjien vastaukset": "unchecked sender",
}
MATTERS = {
    "Saman vastuuhenkilön kaksi tiedostoa eroavat": "two files differ",
    "Allekirjoittamaton tiedosto vastuuhenkilön oman lomakkeen rinnalla": "unsigned file beside the form",
    "Hyväksy lähettäjä": "accept the sender",
}
SENTENCES = {
    "Vastaan otetaan vain kunnan lomakkeita": "only forms are taken",
    "Vastuuhenkilön omassa lomakkeessa on toiset vastaukset, ja ne ovat voimassa": "the officer's form stands",
    "lähettäjä on ensin tarkistettava": "the sender is checked first",
    "koska se on tämän vastuuhenkilön kansiossa": "taken by its folder",
    "kukin rivi otettiin vastaan sillä mainitun vastuuhenkilön nimellä": "taken by the names on its rows",
    "Raportti tehdään tästä vastauksesta": "one answer taken",
}
TOP = (
    "| `identity` | goal that the officer's form answered | goal without an answer | `tilanne.html` "
    "| `ratkaistavat.xlsx` "
    "| receipt of the forged file | `status --json` |\n|---|---|---|---|---|---|---|\n"
)


def forged_workspace(root: Path, identity: str) -> Workspace:
    """The officer's form answers one goal; a workbook that is no form answers it and another in the officer's name."""
    workspace = make_workspace(root, identity=identity)
    command(root, "forms")
    fill(workspace.inbox / f"{CLERK}.xlsx", {OWN: {"degree": 3, "narrative": "Oma."}})
    command(root, "run")
    book = openpyxl.Workbook()
    for row in (
        HEADINGS,
        line(OWN, degree=5, narrative="Väärä.", officer=CLERK),
        line(FREE, degree=4, narrative="Uusi.", officer=CLERK),
    ):
        book.worksheets[0].append(row)
    forged = workspace.inbox / FORGED
    forged.parent.mkdir()
    book.save(forged)
    return workspace


def row_of(workspace: Workspace, name: str) -> str:
    """The row of docs/it.md: what a run prints, shows and tells."""
    ran = command(workspace.root, "run", "--json")
    values = bookmarks(Path(ran.json["report"]["docx"]))
    receipt = (workspace.inbox / FORGED.replace(".xlsx", ".kuittaus.html")).read_text(encoding="utf-8")
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    rows = openpyxl.load_workbook(workspace.outbox / "ratkaistavat.xlsx").worksheets[0].iter_rows(values_only=True)
    matters = {str(row[0]) for number, row in enumerate(rows, start=1) if number > DECISIONS_HEADING}
    told = (
        printed(values, OWN),
        printed(values, FREE),
        listed(word for label, word in SECTIONS.items() if f">{label}<" in page),
        listed(word for label, word in MATTERS.items() if label in matters),
        listed(word for sentence, word in SENTENCES.items() if sentence in receipt),
        fields(command(workspace.root, "status", "--json")),
    )
    return f"| {name} | {' | '.join(told)} |\n"


def printed(values: dict[str, str], code: str) -> str:
    """Whose answer the report prints, by its degree and narrative; else the words in the cell of the degree."""
    name = f"g_{code.replace('.', '_')}"
    degree, narrative = values[f"{name}_degree"].strip(), values[f"{name}_narrative"].strip()
    known = {("3", "Oma."): "the form's", ("5", "Väärä."): "the forged one", ("4", "Uusi."): "the forged one"}
    return known.get((degree[:1], narrative)) or f"*{degree}*"


def listed(words: Iterable[str]) -> str:
    return "; ".join(words) or "–"


def fields(status: Answered) -> str:
    """The lists of `status --json` that name the forged file, with the goals."""
    found = status.json
    lists = {
        "contested": [each["code"] for each in found["contested"] if each["file"] == FORGED],
        **{
            name: [code for each in found[name] if each["file"] == FORGED for code in each["codes"]]
            for name in ("waiting", "unchecked")
        },
    }
    goals = {OWN: "first", FREE: "second"}
    told = [f"`{name}`: {', '.join(goals[code] for code in codes)}" for name, codes in lists.items() if codes]
    refused = ["`refused`: the file"] if any(each["file"] == FORGED for each in found["refused"]) else []
    return listed(told + refused)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    rows = []
    for identity in SETTINGS:
        workspace = forged_workspace(tmp_path_factory.mktemp(identity), identity)
        rows.append(row_of(workspace, f"`{identity}`"))
        if identity == "confirm":
            assert command(workspace.root, "confirm", FORGED, "--because", "Soitettu.").code == 0
            rows.append(row_of(workspace, "`confirm`, after `seuranta confirm`"))
            assert command(workspace.root, "confirm", FORGED).code == 1
    return TOP + "".join(rows)


def test_the_page_for_it_has_the_table_of_what_a_forged_save_comes_to(table: str) -> None:
    text = (ROOT / "docs" / "it.md").read_text(encoding="utf-8")
    marked = text.partition("<!-- identity: tests/flow/test_identity.py -->\n")[2]
    assert marked.partition("<!-- /identity -->")[0] == table


def test_no_setting_prints_a_forged_answer_over_that_of_the_officers_form(table: str) -> None:
    assert [row.split(" | ")[1] for row in table.splitlines()[2:]] == ["the form's"] * (len(SETTINGS) + 1)


def test_the_command_tells_who_waits_and_what_was_refused(tmp_path: Path) -> None:
    waiting = forged_workspace(tmp_path / "confirm", "confirm")
    book = openpyxl.load_workbook(waiting.inbox / FORGED)
    book.worksheets[0].delete_rows(2)
    book.save(waiting.inbox / FORGED)
    command(waiting.root, "run")
    assert "odottaa lähettäjän tarkistusta" in command(waiting.root, "status").out
    signed = forged_workspace(tmp_path / "signed", "signed")
    command(signed.root, "run")
    told = command(signed.root, "status").out
    assert "joiden lähettäjää ei tunneta" in told and FORGED in told
    folder = forged_workspace(tmp_path / "folder", "folder")
    (folder.inbox / FORGED).rename(folder.inbox / "uudet.xlsx")
    command(folder.root, "run")
    assert command(folder.root, "status", "--json").json["refused"] == [
        {"file": "uudet.xlsx", "rule": "folder-of-nobody"}
    ]


def test_the_goals_of_an_unchecked_sender_are_listed_in_the_order_of_the_plan(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, identity="open")
    book = openpyxl.Workbook()
    for row in (HEADINGS, line("01.10", degree=3, officer=CLERK)):
        book.worksheets[0].append(row)
    book.save(workspace.inbox / "uudet.xlsx")
    command(workspace.root, "run")
    book.worksheets[0].append(line(OWN, degree=3, officer=CLERK))
    book.save(workspace.inbox / "uudet.xlsx")
    command(workspace.root, "run")
    assert ">01.01; 01.10<" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
