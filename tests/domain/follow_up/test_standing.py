"""What an officer is told and asked where rows and answers in force differ, and what a reply settles."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from generator.domain.base.finding import Finding, Place
from generator.domain.base.rule import Severity
from generator.domain.base.rules import RULES
from generator.domain.base.text import name_key
from generator.domain.follow_up.standing import (
    STANDING_RULES,
    SavedFile,
    StandingFinding,
    StandingReplies,
    file_name,
    read_standing_replies,
    standing_findings,
    without_answered,
)
from generator.domain.follow_up.whose_answer import (
    WITHDRAWN,
    Contested,
    FileState,
    InForce,
    Key,
    entry_key,
)
from generator.domain.submission.answers import Answer, Entry
from generator.domain.submission.check_rules import ReplyWords
from generator.domain.submission.feedback import Reply
from generator.domain.submission.row_checks import Standing
from tests.builders import CLERK, NOWHERE, entry

PERIOD, OWN, OTHER = "2026-1", "Hallinto/Lomake.xlsx", "Hallinto/Lomake (1).xlsx"
TIME, TOLD = "2026-08-03T09:15:00+03:00", "03.08.2026 09:15"
CELLS = replace(NOWHERE, degree="Seuranta!F5")
WORDS = ReplyWords(
    withdraw=("Perun vastaukseni", "Jag återtar mitt svar", "I withdraw my answer", "perun"),
    this=("tämä", "den här", "this one"),
)


def row(code: str, degree: int | None = 3) -> Entry:
    return entry(code, CLERK, degree, cells=CELLS)


def key(code: str) -> Key:
    return code, name_key(CLERK)


def in_force(*rows: Entry, file: str = OTHER, since: int = 2, is_withdrawn: bool = False) -> dict[Key, InForce]:
    """These rows of another file are in force."""
    return {
        entry_key(each): InForce(Answer(each, since, file, TIME), since, is_withdrawn=is_withdrawn) for each in rows
    }


def saved(*rows: Entry, state: FileState, path: str = OWN) -> SavedFile:
    return SavedFile(path, PERIOD, tuple(Answer(each, 5, path, TIME) for each in rows), state)


def contested(*rows: Entry, why: Standing = Standing.DIFFERS, path: str = OWN) -> SavedFile:
    """A file whose rows wait for a person."""
    waiting = {entry_key(each): Contested(why, each.value) for each in rows}
    return saved(*rows, state=FileState(5, CLERK, contested=waiting), path=path)


def said(*rows: Entry, **changes: object) -> SavedFile:
    """A file whose rows were settled before."""
    state = FileState(5, CLERK, said={entry_key(each): each.value for each in rows})
    return saved(*rows, state=replace(state, **changes))  # type: ignore[arg-type]


def only(found: Iterable[StandingFinding]) -> Finding:
    (each,) = found
    return each.finding


# What is told


def test_two_files_that_differ_are_one_error_with_both_values_and_the_choice_of_the_two_names() -> None:
    rows = row("01.01", 3), row("01.10", None)
    (found,) = standing_findings(contested(*rows), in_force(row("01.01", 4), row("01.10", 2)))
    assert found.keys == (key("01.01"), key("01.10"))
    assert found.finding == Finding(
        "files-differ",
        Place("Seuranta", "F5"),
        None,
        f"01.01: 3 / 4 (Lomake (1).xlsx, {TOLD}); 01.10: – / 2 (Lomake (1).xlsx, {TOLD})",
        ("Lomake.xlsx", "Lomake (1).xlsx"),
        found.finding.key,
    )
    assert len(found.finding.key) == 12 and found.finding.severity is Severity.ERROR


def test_one_row_that_differs_names_its_goal() -> None:
    assert only(standing_findings(contested(row("01.01")), in_force(row("01.01", 4)))).code == "01.01"


def test_each_other_file_is_told_apart() -> None:
    rows = row("01.01"), row("01.01.01"), row("01.10")
    others = in_force(row("01.01", 4), row("01.10", 4)) | in_force(row("01.01.01", 4), file="X.xlsx")
    found = standing_findings(contested(*rows), others)
    assert [each.keys for each in found] == [(key("01.01"), key("01.10")), (key("01.01.01"),)]
    assert [each.finding.allowed[1] for each in found] == ["Lomake (1).xlsx", "X.xlsx"]
    assert found[0].finding.key != found[1].finding.key


@pytest.mark.parametrize(
    ("other", "names"),
    [
        ("Koulut/Lomake.xlsx", (OWN, "Koulut/Lomake.xlsx")),
        ("Koulut/LOMAKE.xlsx", (OWN, "Koulut/LOMAKE.xlsx")),
        ("Lomake.xlsx", (OWN, "Lomake.xlsx")),
        ("Koulut/Lomake.korjattavaa.xlsx", (OWN, "Koulut/Lomake.korjattavaa.xlsx")),
        ("Koulut/lomake.ods.korjattavaa-2.xlsx", (OWN, "Koulut/lomake.ods.korjattavaa-2.xlsx")),
        ("Koulut/Toinen.xlsx", ("Lomake.xlsx", "Toinen.xlsx")),
        ("Koulut/Lomakkeet.xlsx", ("Lomake.xlsx", "Lomakkeet.xlsx")),
    ],
)
def test_files_of_one_name_are_told_apart_by_their_folders(other: str, names: tuple[str, str]) -> None:
    found = only(standing_findings(contested(row("01.01")), in_force(row("01.01", 4), file=other)))
    assert found.allowed == names
    assert file_name(other) == other.rpartition("/")[2]


@pytest.mark.parametrize(("count", "ending"), [(20, ")"), (21, "; + 1"), (45, "; + 25")])
def test_more_than_twenty_rows_are_counted(count: int, ending: str) -> None:
    codes = [f"01.{number:02d}" for number in range(1, count + 1)]
    (found,) = standing_findings(contested(*(row(code) for code in codes)), in_force(*(row(code, 4) for code in codes)))
    assert len(found.keys) == count
    assert found.finding.value.endswith(ending) and found.finding.value.count(" / ") == 20


def test_a_row_that_came_to_say_the_same_is_told_no_more() -> None:
    assert standing_findings(contested(row("01.01")), in_force(row("01.01"))) == ()


def test_a_withdrawal_that_differs_is_told_by_a_cross_at_no_cell() -> None:
    state = FileState(5, CLERK, contested={key("01.01"): Contested(Standing.DIFFERS, WITHDRAWN)})
    found = only(standing_findings(saved(state=state), in_force(row("01.01", 4))))
    assert (found.place, found.value) == (Place(), f"01.01: × / 4 (Lomake (1).xlsx, {TOLD})")
    withdrawn = in_force(row("01.01", 4), is_withdrawn=True)
    assert only(standing_findings(contested(row("01.01", 4)), withdrawn)).value.startswith("01.01: 4 / × (")
    assert standing_findings(saved(state=state), withdrawn) == ()


def test_an_unsigned_row_against_a_signed_answer_is_told_without_a_choice() -> None:
    found = only(standing_findings(contested(row("01.01"), why=Standing.UNSIGNED), in_force(row("01.01", 4))))
    assert (found.rule, found.allowed, found.key) == ("signed-answer-stands", ("Hallinto/Lomake (1).xlsx",), "")
    # Who has not shown whose answer it is, is not told what the officer answered.
    assert (found.severity, found.value) == (Severity.ERROR, "01.01: 3")


def test_rows_that_wait_for_their_sender_are_one_note_whatever_is_in_force() -> None:
    rows = row("01.01"), row("01.10")
    (found,) = standing_findings(contested(*rows, why=Standing.WAITING), in_force(row("01.10", 4)))
    assert found.keys == (key("01.01"), key("01.10"))
    assert (found.finding.rule, found.finding.severity) == ("sender-waits", Severity.NOTE)
    assert found.finding.value == "01.01: 3; 01.10: 3"
    assert (found.finding.allowed, found.finding.key) == ((), "")


def test_a_row_that_repeats_while_another_answer_stands_is_a_question() -> None:
    own = row("01.01")
    found = only(standing_findings(said(own), in_force(row("01.01", 4), since=7)))
    assert (found.rule, found.severity, found.code) == ("another-answer-stands", Severity.QUESTION, "01.01")
    assert (found.place, found.value) == (Place("Seuranta", "F5"), f"01.01: 3 / 4 (Lomake (1).xlsx, {TOLD})")
    assert len(found.key) == 12


def test_what_its_author_compared_is_not_asked_about() -> None:
    own, now = row("01.01"), in_force(row("01.01", 4), since=7)
    assert standing_findings(said(own, seen={key("01.01"): 7}), now) == ()
    assert standing_findings(said(own), in_force(own, since=7)) == standing_findings(said(own), {}) == ()
    assert standing_findings(saved(own, state=FileState(5, CLERK)), now) == ()


def test_a_row_is_asked_about_though_its_answer_workbook_showed_the_other_answer() -> None:
    own, now = row("01.01"), in_force(row("01.01", 4), since=7)
    assert only(standing_findings(said(own, floor=7), now)).rule == "another-answer-stands"
    assert standing_findings(said(own, floor=7, seen={key("01.01"): 7}), now) == ()
    withdrawn = in_force(own, since=7, is_withdrawn=True)
    assert only(standing_findings(said(own, floor=7), withdrawn)).rule == "another-answer-stands"


def test_an_emptied_row_of_a_signed_form_is_a_question_while_what_it_said_stands() -> None:
    own, state = row("01.01"), FileState(5, CLERK, emptied=frozenset({key("01.01")}))
    emptied = saved(state=replace(state, said={key("01.01"): own.value}))
    now = in_force(own, file=OWN)
    found = only(standing_findings(emptied, now))
    assert (found.rule, found.severity, found.code, found.value) == ("row-emptied", Severity.QUESTION, "01.01", "3")
    assert (found.place, len(found.key)) == (Place(), 12)
    assert standing_findings(replace(emptied, state=replace(emptied.state, officer=None)), now) == ()
    assert standing_findings(emptied, in_force(row("01.01", 4))) == standing_findings(emptied, {}) == ()


def test_a_withdrawal_is_said_each_time() -> None:
    withdrawn = saved(state=FileState(5, CLERK, said={key("01.10"): WITHDRAWN, key("01.01"): WITHDRAWN}))
    found = [each.finding for each in standing_findings(withdrawn, in_force(row("01.01"), is_withdrawn=True))]
    assert found == [Finding("answer-withdrawn", code="01.01"), Finding("answer-withdrawn", code="01.10")]
    assert {each.severity for each in found} == {Severity.NOTE}


def test_a_file_without_a_difference_is_told_nothing() -> None:
    assert standing_findings(said(row("01.01")), in_force(row("01.01"))) == ()
    assert set(STANDING_RULES) <= set(RULES)


# Which question is which


@pytest.mark.parametrize(
    "file",
    [
        contested(row("01.01")),
        said(row("01.01")),
        saved(state=FileState(5, CLERK, said={key("01.01"): row("01.01").value}, emptied=frozenset({key("01.01")}))),
    ],
)
def test_a_question_is_another_one_when_another_answer_has_come_into_force(file: SavedFile) -> None:
    now = row("01.01") if file.state.emptied else row("01.01", 4)
    first, same, later = (only(standing_findings(file, in_force(now, since=since))).key for since in (7, 7, 8))
    assert first == same != later
    next_period = replace(file, period="2026-2")
    assert only(standing_findings(next_period, in_force(now, since=7))).key != first


def test_a_question_is_another_one_for_other_rows_and_another_file() -> None:
    now = in_force(row("01.01", 4), row("01.10", 4))
    elsewhere = in_force(row("01.01", 4), file="X.xlsx")
    asked = [
        only(standing_findings(contested(row("01.01")), now)).key,
        only(standing_findings(contested(row("01.01"), row("01.10")), now)).key,
        only(standing_findings(contested(row("01.01")), elsewhere)).key,
        only(standing_findings(said(row("01.01")), now)).key,
        only(standing_findings(said(row("01.01", 5)), now)).key,
    ]
    assert len(set(asked)) == len(asked)


def test_a_question_that_was_answered_is_not_told_again_and_an_error_is() -> None:
    differs = standing_findings(contested(row("01.01")), in_force(row("01.01", 4)))
    asks = standing_findings(said(row("01.10")), in_force(row("01.10", 4), since=7))
    found = (*differs, *asks)
    replied = {each.finding.key for each in found}
    assert without_answered(found, set()) == (differs[0].finding, asks[0].finding)
    assert without_answered(found, replied) == (differs[0].finding,)


# What a reply settles

DIFFERING = standing_findings(contested(row("01.01"), row("01.10")), in_force(row("01.01", 4), row("01.10", 4)))
STANDING = standing_findings(said(row("02")), in_force(row("02", 4), since=7))
ASKED = (*DIFFERING, *STANDING)
BOTH = (key("01.01"), key("01.10"))


def settled(*replies: Reply, own_names: tuple[str, ...] = (OWN,)) -> StandingReplies:
    return read_standing_replies(replies, ASKED, own_names, WORDS)


def reply(text: str, code: str = "") -> Reply:
    return Reply(DIFFERING[0].finding.key, text, code)


@pytest.mark.parametrize(
    "text",
    [
        "tämä",
        " Tämä ",
        "TÄMÄ",
        "ta\u0308ma\u0308",
        "den  här",
        "This one",
        "Lomake.xlsx",
        " lomake.XLSX",
        OWN,
        OWN.upper(),
    ],
)
def test_this_file_is_chosen_for_all_its_rows_by_a_word_or_by_its_name(text: str) -> None:
    assert settled(reply(text)) == StandingReplies(dict.fromkeys(BOTH, True), frozenset())


@pytest.mark.parametrize("text", ["Lomake (1).xlsx", "  LOMAKE  (1).xlsx "])
def test_the_other_file_is_chosen_by_its_name(text: str) -> None:
    assert settled(reply(text)) == StandingReplies(dict.fromkeys(BOTH, False), frozenset())


def test_an_answer_workbook_chooses_the_file_that_it_answers() -> None:
    answer_workbook = "Hallinto/Lomake.korjattavaa.xlsx"
    for text in ("Lomake.korjattavaa.xlsx", "Lomake.xlsx", "tämä"):
        assert settled(reply(text), own_names=(answer_workbook, OWN)).chosen == dict.fromkeys(BOTH, True)


@pytest.mark.parametrize(
    ("own", "other", "text", "choice"),
    [
        (OWN, "Koulut/Lomake.xlsx", OWN, True),
        (OWN, "Koulut/Lomake.xlsx", "koulut/lomake.xlsx", False),
        (OWN, "Koulut/Lomake.xlsx", "Lomake.xlsx", None),
        (OWN, "Lomake.xlsx", "Lomake.xlsx", False),
        ("Lomake.xlsx", OWN, "Lomake.xlsx", True),
        ("Lomake.xlsx", OWN, "tämä", True),
    ],
)
def test_files_of_one_name_are_chosen_by_their_paths(own: str, other: str, text: str, choice: bool | None) -> None:  # noqa: FBT001
    asked = standing_findings(contested(row("01.01"), path=own), in_force(row("01.01", 4), file=other))
    read = read_standing_replies((Reply(asked[0].finding.key, text),), asked, (own,), WORDS)
    assert read.chosen.get(key("01.01")) is choice


def test_the_file_that_was_answered_is_the_other_one_where_it_was_saved_again() -> None:
    own = "Hallinto/Lomake.korjattavaa.xlsx"
    asked = standing_findings(contested(row("01.01"), path=own), in_force(row("01.01", 4), file=OWN))
    read = read_standing_replies((Reply(asked[0].finding.key, "Lomake.xlsx"),), asked, (own, OWN), WORDS)
    assert read.chosen == {key("01.01"): False}


def test_an_answer_that_repeats_is_put_in_force_again_by_a_word() -> None:
    assert settled(Reply(STANDING[0].finding.key, "tämä", "02")).chosen == {key("02"): True}


@pytest.mark.parametrize(
    "text",
    ["Perun vastaukseni", " perun  vastaukseni.", "PERUN", "Jag återtar mitt svar", "i withdraw my answer"],
)
def test_an_answer_is_withdrawn_by_a_reply_in_any_language_whatever_was_asked(text: str) -> None:
    replies = reply(text, "01.01"), Reply("0" * 12, text, "01.01.01")
    assert settled(*replies) == StandingReplies({}, frozenset({"01.01", "01.01.01"}))
    assert settled(reply(text)) == StandingReplies({}, frozenset())


@pytest.mark.parametrize("text", ["", "kyllä", "tämä on oikein", "Lomake", "Toinen.xlsx", "peruna", "ks. liite", "3"])
def test_any_other_reply_settles_nothing(text: str) -> None:
    assert settled(reply(text, "01.01")) == StandingReplies({}, frozenset())


def test_a_reply_to_another_question_chooses_nothing() -> None:
    assert settled(Reply("0" * 12, "tämä", "01.01"), Reply("", "tämä")) == StandingReplies({}, frozenset())
    waits = standing_findings(contested(row("01.01"), why=Standing.WAITING), {})
    assert read_standing_replies((Reply("", "tämä"),), waits, (OWN,), WORDS) == StandingReplies({}, frozenset())
