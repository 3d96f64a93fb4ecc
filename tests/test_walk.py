"""The whole walk, inbox to outbox, through the command and with real files."""

from pathlib import Path

import pytest

from tests.builders import CLERK, DIRECTOR, PLAN
from tests.workspaces import (
    bookmarks,
    change_settings,
    command,
    fill,
    make_workspace,
    make_workspace_with_forms,
    process,
    report_codes,
)

TEXT = 'Päätös & <jatkuu> "hyvin"\nrivi 2 – åäö 🙂 kunnan\u00adhallitus'


def test_saved_workbooks_become_the_councils_document(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    assert process(tmp_path, "forms").code == 0
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(
        form,
        {
            "01.01": {"degree": "3 Toteutus on aloitettu, ei vielä valmis", "narrative": TEXT},
            "01.01.01": {"degree": 9},
            "01.10": {"degree": 2, "overall_status": "▲ viivästynyt", "narrative": "Yksi"},
        },
    )
    other = workspace.inbox / f"{DIRECTOR}.xlsx"
    fill(other, {"01.10": {"degree": "3", "narrative": "Kaksi"}}, to=workspace.inbox / "alikansio" / "vastaus.xlsx")

    ran = process(tmp_path, "run", "--json")
    assert ran.code == 0, ran.err
    answer = ran.json
    assert [(file["file"], file["verdict"], file["officer"]) for file in answer["files"]] == [
        (f"{CLERK}.xlsx", "needs_correction", CLERK),
        ("alikansio/vastaus.xlsx", "accepted", DIRECTOR),
    ]
    finding = answer["files"][0]["findings"][0]
    assert (finding["rule"], finding["code"], finding["value"]) == ("degree-out-of-scale", "01.01.01", "9")
    assert answer["goals"] == {"expected": 5, "reported": 2, "missing": 3}
    assert answer["report"]["changed"] and answer["report"]["draft"]

    values = bookmarks(Path(answer["report"]["docx"]))
    assert report_codes(values) == [goal.code for goal in PLAN.goals]
    assert values["g_01_01_narrative"].strip("\n") == TEXT
    assert "3 Toteutus on aloitettu, ei vielä valmis" in values["g_01_01_degree"]
    assert "Yksi" in values["g_01_10_narrative"] and "Kaksi" in values["g_01_10_narrative"]
    assert "ei raportoitu" in values["g_02_degree"].casefold()

    receipt = (workspace.inbox / f"{CLERK}.kuittaus.html").read_text(encoding="utf-8")
    assert finding["cell"] in receipt and finding["message"] in receipt
    assert (workspace.inbox / "alikansio" / "vastaus.kuittaus.html").exists()
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert CLERK in page and DIRECTOR in page


def test_what_is_held_is_not_read_again_and_the_report_stands(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    first = process(tmp_path, "run", "--json").json
    again = process(tmp_path, "run", "--json").json
    assert [file["file"] for file in first["files"]] == [f"{CLERK}.xlsx"]
    assert again["files"] == []
    assert not again["report"]["changed"] and again["report"]["sha256"] == first["report"]["sha256"]


@pytest.mark.libreoffice
def test_the_example_makes_a_report_anywhere_and_the_same_one(tmp_path: Path) -> None:
    digests = set()
    for name, zone in (("a", "Europe/Helsinki"), ("b", "America/Lima")):
        root = tmp_path / name
        assert process(tmp_path, "init", name, "--example").code == 0
        change_settings(root, pdf=name == "a")  # one PDF is enough: the digest is the report's
        ran = process(root, "run", "--json", TZ=zone)
        assert ran.code == 0, ran.err
        digests.add(ran.json["report"]["sha256"])
        assert ran.json["goals"]["reported"] > 80
        assert Path(root, "outbox", "tilanne.html").exists()
    assert len(digests) == 1


def test_an_extract_is_the_officers_rows_and_their_ancestors(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3, "narrative": "Etenee."}})
    whole = bookmarks(Path(command(tmp_path, "run", "--json").json["report"]["docx"]))
    made = command(tmp_path, "report", "--officer", DIRECTOR)
    extract = bookmarks(tmp_path / made.out.strip())
    assert report_codes(extract) == ["01", "01.01", "01.01.02", "01.10", "02"]
    assert all(whole[name] == text for name, text in extract.items() if name.startswith("g_"))
    out = tmp_path / "ote.docx"
    assert command(tmp_path, "report", "--division", "konsernipalvelut", "--out", str(out)).code == 0
    assert report_codes(bookmarks(out)) == ["01", "01.01", "01.01.01", "01.10"]
