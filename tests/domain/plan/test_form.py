from dataclasses import replace

from generator.domain.plan.form import (
    IDENTITY_SHEET,
    PROPERTY_PREFIX,
    AnswerStamp,
    Identity,
    PreviousAnswer,
    make_form,
    read_claim,
    read_stamp,
    reporters,
)
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.workbook import SheetState, Unreadable, Workbook
from tests.builders import CLERK, DIRECTOR, PLAN, sheet

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
IDENTITY = Identity("2026-1", CLERK, PLAN.digest, 7)


def test_a_signed_identity_is_known_again_by_its_own_key_only() -> None:
    pairs = IDENTITY.pairs(KEY)
    claim = read_claim(pairs, KEY)
    assert claim and claim.signed and claim.identity == IDENTITY
    other = read_claim(pairs, OTHER_KEY)
    assert other and not other.signed


def test_every_altered_value_breaks_the_signature() -> None:
    pairs = IDENTITY.pairs(KEY)
    for index, (name, value) in enumerate(pairs[:-1]):
        altered = (*pairs[:index], (name, value + "1"), *pairs[index + 1 :])
        claim = read_claim(altered, KEY)
        assert claim and not claim.signed, name


def test_a_half_identity_is_none() -> None:
    assert read_claim(IDENTITY.pairs(KEY)[1:], KEY) is None
    assert read_claim((*IDENTITY.pairs(KEY), ("base", "seitsemän")), KEY) is None
    unsigned = read_claim(IDENTITY.pairs(KEY)[:-1], KEY)
    assert unsigned and not unsigned.signed


def test_the_sender_is_read_from_the_hidden_sheet_or_the_properties_whichever_is_signed() -> None:
    hidden = sheet(IDENTITY.pairs(KEY), IDENTITY_SHEET, SheetState.VERY_HIDDEN)
    properties = tuple((PROPERTY_PREFIX + name, value) for name, value in IDENTITY.pairs(KEY))
    forged = replace(IDENTITY, officer=DIRECTOR).pairs(OTHER_KEY)
    for workbook in (
        Workbook((hidden,)),
        Workbook((), properties),
        Workbook((sheet(forged, IDENTITY_SHEET),), properties),
    ):
        assert read_sender(workbook, "", KEY).signer == CLERK
    assert read_sender(Workbook(()), "Kansio/a.xlsx", KEY).claim is None
    assert read_sender(Unreadable("empty-file", ""), "Kansio/a.xlsx", KEY).folder == "Kansio"
    assert read_sender(Workbook(()), "a.xlsx", KEY).folder == ""


def test_a_form_holds_the_officers_goals_and_last_answers() -> None:
    previous = (PreviousAnswer("01.01", 2, "Aloitettu."), PreviousAnswer("02", 4, "Muu"))
    form = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=previous)
    assert [row.goal.code for row in form.rows] == ["01.01", "01.01.01", "01.10"]
    assert [row.previous for row in form.rows] == [previous[0], None, None]
    assert form.has_previous
    assert not make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=()).has_previous


def test_the_reporter_of_unowned_goals_gets_them_in_a_form() -> None:
    assert reporters(PLAN, "") == reporters(PLAN, CLERK.upper()) == (CLERK, DIRECTOR)
    assert reporters(PLAN, "Strategiapäällikkö") == (CLERK, DIRECTOR, "Strategiapäällikkö")
    form = make_form(PLAN, "Strategiapäällikkö", unowned_reporter="Strategiapäällikkö", language="fi", previous=())
    assert [row.goal.code for row in form.rows] == ["01"]


def test_an_answer_workbooks_stamp_is_known_again_by_its_own_key_only() -> None:
    stamp = AnswerStamp(7, 12)
    text = stamp.text(KEY)
    assert text.startswith("answer 7 12 ") and read_stamp(text, KEY) == stamp
    assert read_stamp(text, OTHER_KEY) is None
    assert read_stamp(stamp.text(OTHER_KEY), KEY) is None


def test_every_altered_letter_of_a_stamp_makes_it_none() -> None:
    text = AnswerStamp(7, 12).text(KEY)
    for place, letter in enumerate(text):
        altered = text[:place] + ("0" if letter != "0" else "1") + text[place + 1 :]
        assert read_stamp(altered, KEY) is None, altered
    signature = text.rpartition(" ")[2]
    others = ("", "answer", f"answer 7 12 {signature.upper()}", f" {text}", f"{text} ", f"answer 71 2 {signature}")
    for other in (*others, f"answer -7 12 {signature}", f"answer ٧ 12 {signature}", f"answer 7 {'1' * 13} {signature}"):
        assert read_stamp(other, KEY) is None, other
