"""Whose answer counts, through the whole command: officers' files of every kind, what is printed, and what is told.

Each story ends without its ledger as it ended with it: `inbox` removes it and runs once more.
Source: DESIGN, section 6, Whose answer counts.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from generator.app.forms import write_forms
from generator.domain.base.settings import IdentityPolicy
from tests.builders import CLERK
from tests.inboxes import FORM, NOTHING_TO_DO, Inbox, said
from tests.workspaces import change_settings, fill

OLDER = f"{CLERK} (003).xlsx"
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    made = Inbox(tmp_path)
    yield made
    ends_alike_without_its_ledger(made)


def ends_alike_without_its_ledger(inbox: Inbox) -> None:
    before = inbox.state()
    inbox.forget_ledger()
    inbox.run()
    assert inbox.state() == before


# Own form and answer workbook in turns


@pytest.fixture
def corrected(inbox: Inbox) -> Inbox:
    """A form with a question, and an answer workbook in which another row was changed and the question answered."""
    inbox.save(g01_01=said(3), g01_01_01=said(4), g01_10=said(2, ""))
    inbox.run()
    inbox.correct(g01_01=said(5))
    inbox.reply("Työ alkaa syksyllä.")
    inbox.run()
    return inbox


def test_a_row_corrected_in_the_answer_workbook_stays_when_another_row_changes_in_the_form(corrected: Inbox) -> None:
    assert corrected.degrees() == {"01.01": "5", "01.01.01": "4", "01.10": "2"}
    corrected.save(g01_01_01=said(1))
    corrected.run()
    assert corrected.degrees() == {"01.01": "5", "01.01.01": "1", "01.10": "2"}
    assert corrected.told() == ["another-answer-stands", "completed-with-risk"], "the latter of the answer workbook"
    assert NOTHING_TO_DO not in corrected.receipt()


def test_the_forms_own_row_is_taken_when_its_officer_replies_that_it_is_right(corrected: Inbox) -> None:
    corrected.save(g01_01_01=said(1))
    corrected.run()
    corrected.reply("tämä")
    corrected.run()
    assert corrected.degrees() == {"01.01": "3", "01.01.01": "1", "01.10": "2"}
    assert corrected.told() == []


def test_a_row_changed_in_the_form_after_its_officer_saw_the_answer_workbook_is_a_choice(corrected: Inbox) -> None:
    corrected.save(g01_01=said(1))
    corrected.run()
    assert corrected.degrees()["01.01"] == "5"
    assert corrected.told() == ["files-differ", "completed-with-risk"], "the latter of the answer workbook"
    corrected.reply("tämä")
    corrected.run()
    assert corrected.degrees()["01.01"] == "1"
    assert corrected.told() == []


def test_form_and_answer_workbook_saved_in_one_pass_are_both_taken(inbox: Inbox) -> None:
    inbox.save(g01_01=said(3), g01_01_01=said(9), g01_10=said(2))
    inbox.run()
    inbox.correct(g01_01_01=said(2))
    inbox.save(g01_01=said(4))
    inbox.run()
    assert inbox.degrees() == {"01.01": "4", "01.01.01": "2", "01.10": "2"}
    assert "files-differ" not in inbox.told()


# An older workbook put beside the form

NAMES = (
    *("{} (003).xlsx", "{}[1].xlsx", "{}_v2.xlsx", "{}-DESKTOP-4F2.xlsx", "{} (Autosaved).xlsx"),
    *("{} [Palautettu].xlsx", "{} 2.xlsx", "{}_VANHA.xlsx", "{} - Kopio.xlsx", "Kansio/{}.xlsx"),
)


def put_older_beside(inbox: Inbox, *names: str) -> None:
    """The own form says 4 and 2; each older one beside it 3 and 1."""
    inbox.save(g01_01=said(2), g01_10=said(2))
    inbox.run()
    inbox.save(g01_01=said(4))
    inbox.run()
    for number, name in enumerate(names):
        inbox.save(name, g01_01=said(3, f"Vanha vastaus, versio {number}."), g01_10=said(1))
    inbox.run()


@pytest.fixture
def two_files(inbox: Inbox) -> Inbox:
    put_older_beside(inbox, OLDER)
    return inbox


def errors_of_the_clerk(inbox: Inbox) -> tuple[str, int]:
    clerk = next(officer for officer in inbox.status()["officers"] if officer["officer"] == CLERK)
    return clerk["state"], clerk["errors"]


def test_older_workbooks_beside_the_form_are_told_and_replace_nothing(inbox: Inbox) -> None:
    older = [name.format(CLERK) for name in NAMES]
    put_older_beside(inbox, *older)
    assert inbox.degrees() == {"01.01": "4", "01.10": "2"}
    assert {name: inbox.told(name) for name in older} == {name: ["files-differ"] for name in older}
    for receipt in map(inbox.receipt, older):
        assert "01.01: 3 / 4" in receipt and "01.10: 1 / 2" in receipt and FORM in receipt
    assert errors_of_the_clerk(inbox) == ("needs_correction", len(older))


@pytest.mark.parametrize("chosen", [FORM, FORM.upper()])
def test_the_reply_with_the_forms_name_settles_it_from_then_on(two_files: Inbox, chosen: str) -> None:
    two_files.reply(chosen, OLDER)
    two_files.run()
    assert two_files.degrees() == {"01.01": "4", "01.10": "2"}
    assert "files-differ" not in two_files.told(OLDER)
    two_files.save(OLDER, g01_01_01=said(5))
    two_files.run()
    assert two_files.degrees() == {"01.01": "4", "01.01.01": "5", "01.10": "2"}
    assert "files-differ" not in two_files.told(OLDER)


@pytest.mark.parametrize("chosen", ["tämä", OLDER])
def test_the_reply_with_the_own_name_takes_its_rows_and_it_knows_all_from_then_on(
    two_files: Inbox, chosen: str
) -> None:
    two_files.reply(chosen, OLDER)
    two_files.run()
    assert two_files.degrees() == {"01.01": "3", "01.10": "1"}
    assert two_files.told(OLDER) == []
    assert two_files.told() == ["another-answer-stands"] * 2
    assert NOTHING_TO_DO not in two_files.receipt()
    two_files.save(OLDER, g01_01=said(5))
    two_files.run()
    assert two_files.degrees() == {"01.01": "5", "01.10": "1"}


def test_removing_the_file_that_is_not_in_force_settles_it(two_files: Inbox) -> None:
    two_files.remove(OLDER)
    two_files.run()
    assert two_files.degrees() == {"01.01": "4", "01.10": "2"}
    assert errors_of_the_clerk(two_files) == ("partial", 0)
    assert "files-differ" not in two_files.told()


def test_removing_the_file_that_is_in_force_unsays_nothing(two_files: Inbox) -> None:
    two_files.remove(FORM)
    two_files.run()
    assert two_files.degrees() == {"01.01": "4", "01.10": "2"}
    assert two_files.told(OLDER) == ["files-differ"]


# The same bytes at another path

COPY = f"{CLERK} - Kopio.xlsx"


def test_a_copy_of_a_taken_workbook_says_that_it_was_taken(inbox: Inbox) -> None:
    inbox.put(COPY, inbox.save(g01_01=said(3)))
    inbox.run()
    assert inbox.degrees() == {"01.01": "3"}
    assert sorted(inbox.told(COPY) + inbox.told()) == ["copy"]


def test_a_copy_of_a_workbook_to_correct_says_so(inbox: Inbox) -> None:
    data = inbox.save(g01_01=said(9), g01_10=said(2))
    inbox.run()
    inbox.put(COPY, data)
    inbox.run()
    assert inbox.degrees() == {"01.10": "2"}
    assert inbox.told(COPY) == ["copy-needs-correction"] and FORM in inbox.receipt(COPY)
    assert NOTHING_TO_DO not in inbox.receipt(COPY)


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"%PDF-1.6\n", "not-a-workbook"), (PROTECTED, "encrypted-workbook")],
    ids=["unreadable", "protected"],
)
def test_a_copy_of_a_file_that_cannot_be_read_says_so(inbox: Inbox, data: bytes, rule: str) -> None:
    for path in (FORM, COPY):
        inbox.put(path, data)
        inbox.run()
    assert inbox.degrees() == {}
    assert inbox.told() == inbox.told(COPY) == [rule]
    assert NOTHING_TO_DO not in inbox.receipt(COPY)


def test_a_copy_of_a_refused_workbook_says_why(inbox: Inbox) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Kokouksen muistiinpanot"
    book.save(inbox.folder / "muistio.xlsx")
    inbox.run()
    inbox.put("muistio 2.xlsx", (inbox.folder / "muistio.xlsx").read_bytes())
    inbox.run()
    assert inbox.told("muistio.xlsx") == inbox.told("muistio 2.xlsx") == ["wrong-workbook"]


def test_a_copy_of_last_periods_workbook_says_so_wherever_it_lies(inbox: Inbox) -> None:
    last = inbox.save(g01_01=said(3))
    inbox.run()
    inbox.workspace = change_settings(inbox.workspace.root, id="2026-2", previous="2026-1")
    inbox.remove(FORM)
    write_forms(inbox.workspace, None, None)
    inbox.put(COPY, last)
    inbox.put("Vanhat/kausi.xlsx", last)
    _run_later_period(inbox)
    assert inbox.told(COPY) == inbox.told("Vanhat/kausi.xlsx") == ["another-period"]


def _run_later_period(inbox: Inbox) -> None:
    inbox.run()
    later = inbox.workspace.outbox / "seurantaraportti-2026-2-LUONNOS.docx"
    assert later.exists()


# Signed and unsigned


def unsigned(path: Path) -> None:
    """Takes the hidden sheet and the properties away, as Google Sheets and Numbers do."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(path)


def test_a_form_that_lost_its_signature_goes_on_as_its_officers(inbox: Inbox) -> None:
    inbox.save(g01_01=said(3), g01_10=said(2))
    inbox.run()
    inbox.save(g01_01=said(4))
    unsigned(inbox.folder / FORM)
    inbox.run()
    assert inbox.degrees() == {"01.01": "4", "01.10": "2"}
    assert inbox.told() == ["signature-lost"] and CLERK in inbox.receipt()
    assert inbox.status()["disagreements"] == []
    inbox.save(g01_01=said(2))
    inbox.run()
    assert inbox.degrees() == {"01.01": "2", "01.10": "2"}
    assert inbox.told() == ["signature-lost"]


@pytest.mark.parametrize("identity", [IdentityPolicy.OPEN, IdentityPolicy.CONFIRM])
@pytest.mark.parametrize("row", [said(3, "Jotakin aivan muuta."), said(5)], ids=["narrative", "degree"])
def test_an_unsigned_workbook_beside_a_signed_answer_changes_nothing_and_is_told(
    inbox: Inbox, identity: str, row: dict[str, object]
) -> None:
    change_settings(inbox.workspace.root, identity=identity)
    inbox.save(g01_01=said(3))
    inbox.run()
    before = inbox.state()[0]
    forged = inbox.folder / "vastaus.xlsx"
    forged.write_bytes(inbox.blank)
    unsigned(forged)
    fill(forged, {"01.01": {**row, "officer": CLERK, "main_risks": "Uusi riski"}})
    inbox.run()
    assert inbox.state()[0] == before
    assert "signed-answer-stands" in inbox.told("vastaus.xlsx")
    assert inbox.status()["disagreements"] == []
    assert "signed-answer-stands" not in inbox.told()


# Emptied, withdrawn


@pytest.fixture
def answered(inbox: Inbox) -> Inbox:
    inbox.save(g01_01=said(3), g01_10=said(2))
    inbox.run()
    return inbox


def delete_row(path: Path, number: int) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(number)
    book.save(path)


def test_an_emptied_row_is_a_question_and_its_answer_stands(answered: Inbox) -> None:
    answered.save(g01_01=said(None, ""))
    answered.run()
    assert answered.degrees() == {"01.01": "3", "01.10": "2"}
    assert answered.told() == ["row-emptied"]
    assert NOTHING_TO_DO not in answered.receipt()


def test_a_deleted_row_is_a_question_and_its_answer_stands(answered: Inbox) -> None:
    delete_row(answered.folder / FORM, 4)
    answered.run()
    assert answered.degrees() == {"01.01": "3", "01.10": "2"}
    assert answered.told() == ["row-emptied"]


@pytest.mark.parametrize("typed", ["Perun vastaukseni", "perun"])
def test_an_answer_is_withdrawn_in_the_degrees_cell(answered: Inbox, typed: str) -> None:
    answered.save(g01_01=said(typed))
    answered.run()
    assert answered.degrees() == {"01.10": "2"}
    assert answered.told() == ["answer-withdrawn"]
    answered.save(g01_01_01=said(1))
    answered.run()
    assert answered.degrees() == {"01.01.01": "1", "01.10": "2"}
    answered.save(g01_01=said(4))
    answered.run()
    assert answered.degrees() == {"01.01": "4", "01.01.01": "1", "01.10": "2"}
    assert answered.told() == []


def test_an_emptied_row_is_withdrawn_by_a_reply_and_the_emptied_form_brings_nothing_back(answered: Inbox) -> None:
    answered.save(g01_01=said(None, ""))
    answered.run()
    answered.reply("perun")
    answered.run()
    assert answered.degrees() == {"01.10": "2"}
    assert answered.told() == ["answer-withdrawn"]
    answered.save(g01_10=said(1))
    answered.run()
    assert answered.degrees() == {"01.10": "1"}


def test_what_was_withdrawn_by_a_reply_returns_only_by_a_changed_row(inbox: Inbox) -> None:
    inbox.save(g01_01=said(3, ""), g01_10=said(2))
    inbox.run()
    inbox.reply("perun", code="01.01")
    inbox.run()
    assert inbox.degrees() == {"01.10": "2"}
    inbox.save(g01_10=said(1))
    inbox.run()
    assert inbox.degrees() == {"01.10": "1"}
    inbox.save(g01_01=said(4))
    inbox.run()
    assert inbox.degrees() == {"01.01": "4", "01.10": "1"}


# Renamed, moved, put back

PLACES = (f"{CLERK} kevät.xlsx", f"Kansio/{FORM}")


@pytest.mark.parametrize("place", PLACES)
def test_a_moved_form_goes_on(answered: Inbox, place: str) -> None:
    answered.move(FORM, place)
    answered.run()
    assert answered.degrees() == {"01.01": "3", "01.10": "2"}
    assert answered.told(place) == ["form-moved"] and FORM in answered.receipt(place)
    answered.save(place, g01_01=said(4))
    answered.run()
    assert answered.degrees() == {"01.01": "4", "01.10": "2"}
    assert answered.told(place) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_form_that_is_moved_and_changed_goes_on_from_its_last_save(answered: Inbox, place: str) -> None:
    away = answered.workspace.root / "away.xlsx"
    (answered.folder / FORM).rename(away)
    answered.run()
    answered.put(place, away.read_bytes())
    answered.save(place, g01_01=said(4))
    answered.run()
    assert answered.degrees() == {"01.01": "4", "01.10": "2"}
    assert answered.told(place) == ["form-moved"] and FORM in answered.receipt(place)


@pytest.mark.parametrize("place", [*PLACES, f"Kansio/{CLERK} kevät.xlsx"])
def test_a_form_that_is_moved_and_changed_between_two_runs_goes_on_from_its_last_save(
    answered: Inbox, place: str
) -> None:
    answered.move(FORM, place)
    answered.save(place, g01_01=said(4))
    answered.run()
    assert answered.degrees() == {"01.01": "4", "01.10": "2"}
    assert answered.told(place) == ["form-moved"] and FORM in answered.receipt(place)


@pytest.mark.parametrize("place", [*PLACES, f"Kansio/{CLERK} kevät.xlsx"])
def test_a_changed_form_beside_the_one_that_is_still_there_is_asked_about(answered: Inbox, place: str) -> None:
    answered.save(place, g01_01=said(4))
    answered.run()
    assert answered.degrees() == {"01.01": "3", "01.10": "2"}
    assert answered.told(place) == ["files-differ"]
    answered.remove(FORM)
    answered.run()
    assert answered.told(place) == ["files-differ"], "it stood beside the other one, and does not go on from it"
    answered.reply("tämä", place)
    answered.run()
    assert answered.degrees() == {"01.01": "4", "01.10": "2"}
    assert answered.told(place) == []


def test_a_form_with_errors_that_is_moved_tells_them_where_it_lies_now(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9), g01_10=said(2))
    inbox.run()
    inbox.move(FORM, PLACES[1])
    inbox.run()
    assert sorted(inbox.told(PLACES[1])) == ["degree-out-of-scale", "form-moved"]
    inbox.correct(PLACES[1], g01_01=said(4))
    inbox.run()
    assert inbox.degrees() == {"01.01": "4", "01.10": "2"}
    assert inbox.told(PLACES[1]) == []


def test_older_bytes_put_back_are_a_new_save_and_told(answered: Inbox) -> None:
    older = (answered.folder / FORM).read_bytes()
    answered.save(g01_01=said(5), g01_10=said(4))
    answered.run()
    assert answered.degrees() == {"01.01": "5", "01.10": "4"}
    answered.put(FORM, older)
    answered.run()
    assert answered.degrees() == {"01.01": "3", "01.10": "2"}
    assert answered.told() == ["returned"]
    assert re.search(r"\d{1,2}\.\d{1,2}\.\d{4} klo \d{1,2}\.\d\d", answered.receipt())


# The ledger is made anew at any point


@pytest.mark.parametrize("forgotten", range(5))
def test_a_ledger_that_is_removed_at_any_point_gives_the_same(inbox: Inbox, forgotten: int) -> None:
    """Own form, answer workbook, an older file, a reply and a withdrawal, with the ledger gone before one run."""
    steps = (
        lambda: inbox.save(g01_01=said(3), g01_01_01=said(9), g01_10=said(2)),
        lambda: inbox.correct(g01_01=said(5), g01_01_01=said(4)),
        lambda: inbox.save(OLDER, g01_01=said(1), g01_10=said(4)),
        lambda: inbox.reply("tämä", OLDER),
        lambda: inbox.save(OLDER, g01_10=said("Perun vastaukseni")),
    )
    for number, step in enumerate(steps):
        step()
        if number == forgotten:
            inbox.forget_ledger()
        inbox.run()
    assert inbox.degrees() == {"01.01": "1", "01.01.01": "4"}
    assert inbox.told(OLDER) == ["answer-withdrawn"]
