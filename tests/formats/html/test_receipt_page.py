"""The receipt page says what was taken exactly, and every finding with its cell and what to do."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from generator.domain.base.finding import Finding, Place
from generator.domain.base.rule import Severity
from generator.domain.base.rules import RULES
from generator.domain.base.settings import Language, Rollup
from generator.domain.follow_up.file_rows import FileRow
from generator.domain.follow_up.merge import Decision, merge
from generator.domain.follow_up.status import StoredReply, StoredSave
from generator.domain.output.receipt import AnsweredFile, Receipt, make_receipt, receipt_name
from generator.domain.submission.answers import Answer, EntryCells
from generator.domain.submission.checks import Verdict
from generator.formats.html.pages import link_to
from generator.formats.html.receipt_page import receipt_page
from generator.i18n.words import Words, degree_options
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, SHEET, answer, entry
from tests.strategies import printable_texts

ENGLISH = Words(Language.ENGLISH)
TIME = "2026-08-12T14:05:00+03:00"
CELLS = EntryCells(f"{SHEET}!D5", f"{SHEET}!E5", f"{SHEET}!F5", f"{SHEET}!G5")
DEGREES = degree_options(SETTINGS.degree_scale, ENGLISH)
OUT_OF_SCALE = Finding("degree-out-of-scale", Place(SHEET, "F12"), "01.10", "6", DEGREES)
QUESTION = Finding("plan-officer-not-listed", Place(SHEET, "H3"), "01.01", "Rehtori", (CLERK,))
NOTE = Finding("unsigned")

marked_texts = st.builds("".join, st.lists(printable_texts | st.sampled_from(["<script>", "</style>", "&amp;", "'\""])))


def taken(code: str = "01.01", **changes: object) -> Answer:
    return answer(replace(entry(code, CLERK, main_risks="Resurssit eivät riitä", cells=CELLS), **changes))


def receipt(
    *answers: Answer,
    verdict: Verdict = Verdict.ACCEPTED,
    findings: tuple[Finding, ...] = (),
    waiting: tuple[str, ...] = (),
    is_late: bool = False,
) -> Receipt:
    held = StoredSave(1, f"{CLERK}.xlsx", TIME, CLERK, verdict, findings, len(answers))
    goals = tuple(PLAN.by_code[code] for code in waiting)
    rows = (FileRow(each.entry.code, each, is_own=True, is_refused=False, place=Place(SHEET, "F5")) for each in answers)
    return make_receipt(
        AnsweredFile(held, tuple(rows)), merge(PLAN, answers, Rollup.MEDIAN), waiting=goals, is_late=is_late
    )


def page(made: Receipt, words: Words = ENGLISH) -> html.HtmlElement:
    return html.document_fromstring(receipt_page(made, SETTINGS, words))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def verdict_and_next_step(made: Receipt) -> tuple[str, str]:
    found = page(made)
    return text(found.find(".//h1")), text(found.xpath("//h1/following-sibling::p")[0])


def cells(found: html.HtmlElement, row: int = 0) -> list[str]:
    """What stands in one row of the taken answers, exactly."""
    line = found.xpath("//section[@class='taken']//tbody/tr")[row]
    return [span.text_content() for span in line.xpath("./*/span[@class='said']")]


def cards(found: html.HtmlElement) -> list[str]:
    return [text(card) for card in found.xpath("//ul[@class='cards']/li")]


ERRORS = Verdict.NEEDS_CORRECTION
ELSEWHERE = "This workbook cannot be corrected as it is. The advice below says what to do instead."
MEND = "Open the same workbook, correct the cells named below, and save it in place."


@pytest.mark.parametrize(
    ("made", "verdict", "next_step"),
    [
        (receipt(taken()), "Taken: 1 answer.", "You need not do anything."),
        (receipt(taken(), taken("01.01.01")), "Taken: 2 answers.", "You need not do anything."),
        (
            receipt(taken(), waiting=("01.10",)),
            "Taken: 1 answer.",
            "Nothing needs correction; 1 of your goals is still unanswered.",
        ),
        (
            receipt(taken(), findings=(QUESTION,)),
            "Taken: 1 answer.",
            "Nothing needs correction, but please read the questions below.",
        ),
        (
            receipt(taken(), verdict=ERRORS, findings=(OUT_OF_SCALE,)),
            "1 answer was taken, 1 row needs correction.",
            MEND,
        ),
        (
            receipt(
                taken(),
                taken("01.01.01"),
                verdict=ERRORS,
                findings=(
                    OUT_OF_SCALE,
                    Finding("personal-identity-code", Place(SHEET, "G12")),
                    Finding("degree-missing", Place(SHEET, "F13")),
                ),
            ),
            "2 answers were taken, 2 rows need correction.",
            MEND,
        ),
        (
            receipt(verdict=ERRORS, findings=(OUT_OF_SCALE, OUT_OF_SCALE)),
            "Nothing was taken: 2 points need correction.",
            MEND,
        ),
        (
            receipt(verdict=ERRORS, findings=(Finding("wrong-workbook", allowed=("Action",)),)),
            "Nothing was taken: 1 point needs correction.",
            ELSEWHERE,
        ),
        (
            receipt(verdict=ERRORS, findings=(Finding("two-tables", Place(SHEET), value="A1, A9"),)),
            "Nothing was taken: 1 point needs correction.",
            "Follow the advice below.",
        ),
        (
            receipt(findings=(Finding("sender-waits", value="01.01"),)),
            "The answers wait for a check of their sender.",
            "Who makes the report checks the sender. Until then the report has no answers of this workbook.",
        ),
        (
            receipt(verdict=Verdict.UNREADABLE, findings=(Finding("empty-file"),)),
            "The file could not be read.",
            "Follow the advice below.",
        ),
        (
            receipt(findings=(Finding("nothing-filled"),), waiting=("01.10",)),
            "Nothing had been filled in.",
            "Choose a degree of progress for each of your goals, describe the progress, and save in place.",
        ),
        (
            receipt(findings=(Finding("copy", value="A.xlsx"),)),
            "The workbook is a copy: its answers have been taken already.",
            "You need not do anything.",
        ),
        (receipt(), "There were no new answers.", "You need not do anything."),
    ],
)
def test_the_verdict_and_the_next_step_come_first_in_a_sentence_each(
    made: Receipt, verdict: str, next_step: str
) -> None:
    assert verdict_and_next_step(made) == (verdict, next_step)


def test_the_verdicts_look_is_never_colour_alone() -> None:
    faulty = receipt(verdict=ERRORS, findings=(OUT_OF_SCALE,))
    verdicts = (receipt(taken()), faulty, receipt(verdict=Verdict.UNREADABLE), receipt())
    signs = [page(made).xpath("string(//span[@class='sign'])") for made in verdicts]
    assert signs == ["✓", "!", "✗", "○"]


def test_an_answer_stands_as_the_report_will_print_it() -> None:
    row = cells(page(receipt(taken(degree=3, overall_status="viivästynyt", narrative="Yksi.\n\n  Kaksi."))))
    label = SETTINGS.degree_scale.full_label(3, "en")
    assert row == ["01.01 Tavoite 01.01", label, "delayed", "Yksi.\n\n  Kaksi.", "F5"]


def test_an_overall_status_has_its_shape_beside_its_word() -> None:
    found = page(receipt(taken(overall_status="ei toteudu")))
    assert found.xpath("string(//td/span[@class='shape'])") == "■"


@pytest.mark.parametrize(
    ("changes", "column", "shown"),
    [
        ({"degree": None}, 1, "Cannot be assessed"),
        ({"overall_status": ""}, 2, "–"),
        ({"overall_status": "entinen tilanne"}, 2, "entinen tilanne"),
        ({"narrative": " \n"}, 3, "–"),
    ],
)
def test_what_is_missing_or_unknown_leaves_no_cell_blank(changes: dict[str, object], column: int, shown: str) -> None:
    assert cells(page(receipt(taken(**changes))))[column] == shown


@given(narratives=st.lists(marked_texts, min_size=1, max_size=3))
@example(narratives=["<script>alert(1)</script>", "\n]]> & \"'\n", "😀\u00a0ä"])
def test_every_taken_narrative_stands_exactly_and_no_text_becomes_markup(narratives: list[str]) -> None:
    found = page(receipt(*(taken(narrative=narrative) for narrative in narratives)))
    shown = [cells(found, row)[3] for row in range(len(narratives))]
    assert shown == [narrative if narrative.strip() else "–" for narrative in narratives]
    assert found.xpath("//script") == []
    assert {element.tag for element in found.xpath("//td//*")} == {"span"}


def test_line_breaks_are_kept() -> None:
    style = page(receipt(taken())).findtext(".//style")
    assert ".said { white-space: pre-wrap; }" in style


def test_risks_that_the_officer_changed_are_shown_and_those_of_the_plan_are_not() -> None:
    label = "Main risks to achieving the goal"
    for risks, notes in [
        ("Resurssit  eivät\nriitä", []),
        ("Uusi riski", [f"{label}: Uusi riski"]),
        ("", [f"{label}: –"]),
    ]:
        assert page(receipt(taken(main_risks=risks))).xpath("//td/span[@class='aside']/text()") == notes


def test_an_answer_whose_goal_has_left_the_plan_is_shown_by_its_code() -> None:
    found = page(receipt(taken("99.99")))
    assert cells(found)[0] == "99.99"
    assert found.xpath("string(//th/span[@class='aside'])") == "The plan no longer has this goal."


def test_findings_come_as_errors_then_questions_then_notes_each_with_its_place_and_goal() -> None:
    found = page(receipt(taken(), verdict=ERRORS, findings=(NOTE, QUESTION, OUT_OF_SCALE), waiting=("01.10",)))
    headings = [text(heading) for heading in found.iter("h2")]
    assert headings == ["To correct", "Questions", "In the report now", "Still unanswered", "Notes"]
    error, question, note = cards(found)
    assert error.startswith(f"{SHEET}, cell F12 01.10 Tavoite 01.10 “6” is not a degree of progress.")
    assert question.startswith(f"{SHEET}, cell H3 01.01 Tavoite 01.01 ")
    assert note.startswith("The whole file ")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("rule", RULES)
def test_a_finding_of_every_rule_stands_with_both_its_sentences(rule: str, language: Language) -> None:
    words = Words(language)
    allowed = ("ensimmäinen, joka on pitkä vaihtoehto", "toinen")
    finding = Finding(rule, Place(SHEET, "F12"), "01.10", "luettu <b>", allowed)
    found = page(receipt(verdict=ERRORS, findings=(finding,)), words)
    assert text(found.find(".//h3")) == words("{sheet}, cell {cell}", sheet=SHEET, cell="F12")
    assert found.xpath("string(//p[@class='message'])") == words.finding(finding)
    advice = found.xpath("string(//p[@class='advice'])")
    choices = tuple(found.xpath("//ul[@class='cards']//ul/li/text()"))
    whole = f"{advice} {words.list(choices)}." if choices else advice
    assert whole == words.advice(finding)
    assert choices in ((), allowed)


def test_long_choices_are_listed_and_short_ones_stand_in_a_line() -> None:
    codes = Finding("unknown-code", Place(SHEET, "A4"), None, "99", ("01", "01.01", "01.01.01") * 20)
    found = page(receipt(verdict=ERRORS, findings=(OUT_OF_SCALE, codes)))
    assert tuple(found.xpath("//ul[@class='cards']/li[1]/ul/li/text()")) == DEGREES
    assert found.xpath("//ul[@class='cards']/li[2]/ul") == []


@pytest.mark.parametrize("language", list(Language))
def test_the_scale_is_listed_once_and_named_at_every_later_mistake(language: Language) -> None:
    words = Words(language)
    options = degree_options(SETTINGS.degree_scale, words)
    names = ("degree-out-of-scale", "degree-missing", "degree-out-of-scale")
    faults = [Finding(rule, Place(SHEET, f"F{row}"), None, "9", options) for row, rule in enumerate(names, start=12)]
    found = page(receipt(verdict=ERRORS, findings=(NOTE, *faults)), words)
    first, *later = found.xpath("//section[contains(@class, 'error')]/ul/li")
    assert tuple(first.xpath("./ul/li/text()")) == options
    for card in later:
        assert card.xpath("./ul") == []
        assert words.place(faults[0].place) in card.xpath("string(p[@class='advice'])")
        assert options[0] not in text(card)
    assert all(text(found).count(option) == 1 for option in options[:-1])


def test_a_guess_is_offered_in_the_place_of_the_scale() -> None:
    guess = Finding("degree-unclear", Place(SHEET, "F12"), None, "taso 4", (DEGREES[3],))
    (card,) = cards(page(receipt(verdict=ERRORS, findings=(guess,))))
    assert f"Did you mean “{DEGREES[3]}”?" in card and DEGREES[2] not in card


def test_notes_never_say_beside_an_error_that_nothing_need_be_done() -> None:
    for language in Language:
        words = Words(language)
        notes = [
            Finding(rule.name) for rule in RULES.values() if rule.severity is Severity.NOTE and rule.name != "copy"
        ]
        said = [words.advice(note) for note in notes if not note.rule.startswith("plan-")]
        phrases = (
            words("You need not do anything.").rstrip("."),
            "Nothing",
            "Ei mitään",
            "Ingenting",
            "ei tarvitse tehdä",
        )
        assert [advice for advice in said if any(phrase.lower() in advice.lower() for phrase in phrases)] == []


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("Muu", "B2"), "Muu, cell B2"),
        (Place("Muu"), "Sheet Muu"),
        (Place(None, "B2"), "Cell B2"),
        (Place(), "The whole file"),
    ],
)
def test_a_place_is_told_in_words(place: Place, shown: str) -> None:
    found = page(receipt(verdict=ERRORS, findings=(Finding("cell-error", place, value="#N/A"),)))
    assert text(found.find(".//h3")) == shown


def test_what_a_cell_held_is_shown_even_if_no_page_can_hold_all_of_it() -> None:
    finding = Finding("degree-out-of-scale", Place("S\x01\ud800", "F1"), value="a\x00b\ud83d")
    found = page(receipt(verdict=ERRORS, findings=(finding,)))
    assert text(found.find(".//h3")) == "S, cell F1"
    assert found.xpath("string(//p[@class='message'])") == "“ab” is not a degree of progress."


def test_the_page_says_whose_save_it_answers_and_until_when_answers_are_taken() -> None:
    found = page(receipt(taken()))
    facts = {text(fact.find("dt")): text(fact.find("dd")) for fact in found.xpath("//dl/div")}
    assert facts == {
        "File": f"{CLERK}.xlsx",
        "Saved": "12 Aug 2026, 14:05",
        "Responsible officer": CLERK,
        "Reporting period": SETTINGS.period.label,
        "Due day": "14 August 2026",
    }


def test_an_officer_who_is_not_known_is_said_to_be_so() -> None:
    made = receipt(verdict=ERRORS, findings=(Finding("empty-file"),))
    found = page(replace(made, held=replace(made.held, officer=None)))
    assert "Not known" in text(found.find(".//dl"))


def test_a_late_save_is_told_to_be_late_and_taken_all_the_same() -> None:
    late = "The workbook was saved after the due day, 14 August 2026."
    assert f"{late} It was taken all the same." in text(page(receipt(taken(), is_late=True)))
    nothing = text(page(receipt(is_late=True)))
    assert late in nothing and "all the same" not in nothing
    assert "deadline," not in text(page(receipt(taken())))


def test_goals_that_wait_are_listed_with_their_titles() -> None:
    found = page(receipt(taken(), waiting=("01.01.01", "01.10")))
    waiting = found.xpath("//section[@class='waiting']//li/text()")
    assert waiting == ["01.01.01 Tavoite 01.01.01", "01.10 Tavoite 01.10"]


@pytest.mark.parametrize("language", list(Language))
def test_the_page_is_whole_without_help_and_can_be_read_by_anyone(language: Language) -> None:
    made = receipt(taken(), verdict=ERRORS, findings=(OUT_OF_SCALE, NOTE), waiting=("01.10",))
    found = page(made, Words(language))
    assert found.get("lang") == language.value
    assert f"{CLERK}.xlsx" in found.findtext(".//title")
    assert len(found.xpath("//h1")) == len(found.xpath("//main")) == 1
    assert found.xpath("//script|//link|//img|//iframe|//*[@src]|//form") == []
    assert {link[0] for link in found.xpath("//@href")} == {"#"}
    assert "url(" not in found.findtext(".//style") and "@import" not in found.findtext(".//style")
    for made_table in found.iter("table"):
        assert text(made_table.find("caption"))
        assert {heading.get("scope") for heading in made_table.xpath("thead//th")} == {"col"}
        assert {row[0].get("scope") for row in made_table.xpath("tbody/tr")} == {"row"}


def test_the_same_receipt_gives_the_same_bytes() -> None:
    made = receipt(taken(), verdict=ERRORS, findings=(OUT_OF_SCALE,), waiting=("01.10",))
    assert receipt_page(made, SETTINGS, ENGLISH) == receipt_page(made, SETTINGS, ENGLISH)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Rehtori.xlsx", "Rehtori.kuittaus.html"),
        ("Sivistys/Rehtori.XLSX", "Sivistys/Rehtori.kuittaus.html"),
        ("Rehtori.v2.xlsx", "Rehtori.v2.kuittaus.html"),
        ("Rehtori.ods", "Rehtori.ods.kuittaus.html"),
        ("Rehtori.xlsm", "Rehtori.xlsm.kuittaus.html"),
        ("Rehtori", "Rehtori.kuittaus.html"),
    ],
)
def test_a_receipt_is_named_after_its_file(file: str, name: str) -> None:
    assert receipt_name(file) == name


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("../inbox/Tekninen johtaja.xlsx", "../inbox/Tekninen%20johtaja.xlsx"),
        ("a#b?c%d.html", "a%23b%3Fc%25d.html"),
        ("åäö.html", "%C3%A5%C3%A4%C3%B6.html"),
        ("K\udce4ki.html", "K%E4ki.html"),
        ("K\ud800.html", "K%3F.html"),
    ],
)
def test_a_path_becomes_a_link(path: str, link: str) -> None:
    assert link_to(path) == link


def row_of(code: str, made: Answer | None, **changes: object) -> FileRow:
    return replace(FileRow(code, made, is_own=False, is_refused=False, place=Place(SHEET, "F5")), **changes)


def receipt_of(*rows: FileRow, answers: tuple[Answer, ...] = (), **changes: object) -> Receipt:
    held = StoredSave(1, f"{CLERK}.xlsx", TIME, CLERK, Verdict.ACCEPTED, (), 0)
    made = make_receipt(AnsweredFile(held, rows), merge(PLAN, answers, Rollup.MEDIAN), waiting=(), is_late=False)
    return replace(made, **changes)


def aside(made: Receipt) -> list[str]:
    return page(made).xpath("//section[@class='taken']//th/span[@class='aside']/text()")


def test_a_row_says_which_answer_stands_where_it_is_not_its_own() -> None:
    own, other = taken(), replace(taken("01.01.01"), file="Muu/Kopio.xlsx")
    rows = (row_of("01.01", own, is_refused=True), row_of("01.01.01", other), row_of("01.10", None, is_refused=True))
    made = receipt_of(*rows, answers=(own, other))
    assert aside(made) == [
        "This is an earlier answer, saved 2 Aug 2026, 09:00.",
        "This is another answer: Kopio.xlsx, saved 2 Aug 2026, 09:00.",
        "The row of this workbook was not taken.",
    ]
    assert cells(page(made), 2)[1:] == ["not reported", "–", "–", "F5"]
    waiting = receipt_of(row_of("01.10", None, is_waiting=True))
    assert cells(page(waiting))[1] == "waiting for a check of the sender"


def test_rows_without_an_answer_are_told_of_the_officers_own_goals_alone() -> None:
    made = receipt_of(row_of("02", None), row_of("99", None), row_of("01.01", None))
    assert [row.row.code for row in made.rows] == ["01.01"]


def test_officers_that_differ_are_never_nothing_to_do_and_a_settlement_is_told() -> None:
    mine, theirs = taken("01.10", degree=3), answer(entry("01.10", DIRECTOR, degree=5))
    made = receipt_of(row_of("01.10", mine, is_own=True), answers=(mine, theirs))
    assert "assess the goal differently: 01.10" in verdict_and_next_step(made)[1]
    assert aside(made) == ["Officers differ: the report shows each answer until who makes it settles the matter."]
    follow_up = merge(PLAN, (mine, theirs), Rollup.MEDIAN)
    about = follow_up.by_code["01.10"].answers_digest
    decision = Decision(SETTINGS.period.id, "01.10", DIRECTOR, about, "Sihteeri", TIME)
    settled = merge(PLAN, (mine, theirs), Rollup.MEDIAN, (decision,))
    rows = (row_of("01.10", mine, is_own=True),)
    made = make_receipt(AnsweredFile(made.held, rows), settled, waiting=(), is_late=False)
    label = SETTINGS.degree_scale.full_label(5, "en")
    assert aside(made) == [f"Officers differed; who makes the report settled it. The report says: {label}"]


def test_an_answer_whose_goal_has_another_officer_is_told_not_to_be_in_the_report() -> None:
    mine = taken("01.01.02")
    theirs = answer(entry("01.01.02", DIRECTOR))
    assert aside(receipt_of(row_of("01.01.02", mine, is_own=True), answers=(mine, theirs))) == [
        "The goal has another officer now, whose answer is in the report."
    ]


def test_the_answer_workbook_and_the_goals_rows_are_linked() -> None:
    name = "A # 50 %: åäö.korjattavaa.xlsx"
    made = receipt(taken("01.10"), verdict=ERRORS, findings=(OUT_OF_SCALE,), waiting=("01.01",))
    found = page(replace(made, answer_workbook=name))
    (link,) = found.xpath("//p[@class='open']/a")
    assert link.get("href") == "A%20%23%2050%20%25%3A%20%C3%A5%C3%A4%C3%B6.korjattavaa.xlsx"
    assert name in text(link)
    (goal,) = found.xpath("//p[@class='goal']/a")
    assert (goal.get("href"), text(goal)) == ("#g-01.10", "01.10 Tavoite 01.10")
    assert len(found.xpath("//*[@id='g-01.10']")) == len(found.xpath("//*[@id='report']")) == 1


def test_a_question_alone_says_that_the_answers_were_taken() -> None:
    asked = Finding("narrative-empty", Place(SHEET, "G5"), "01.01", key="0123456789ab")
    made = replace(receipt(taken(), findings=(asked,)), answer_workbook="A.korjattavaa.xlsx")
    verdict, step = verdict_and_next_step(made)
    assert verdict == "Taken: 1 answer."
    assert step.startswith("There is 1 question. Nothing stops the answers that were taken.")


def test_a_mistake_is_told_once_with_all_its_cells() -> None:
    faults = tuple(Finding("degree-missing", Place(SHEET, f"F{row}"), f"01.0{row}", "", DEGREES) for row in (4, 5, 7))
    found = page(receipt(verdict=ERRORS, findings=(*faults, Finding("degree-missing", Place("Muu"), allowed=DEGREES))))
    (card,) = cards(found)
    assert card.startswith(f"{SHEET}, cell F4, F5, F7, Sheet Muu 01.04, 01.05, 01.07 The row has answers but no degree")


def test_a_recorded_reply_is_told_to_have_been_heard() -> None:
    asked = Finding("narrative-empty", Place(SHEET, "G5"), "01.01", key="0123456789ab")
    reply = StoredReply(f"{CLERK}.xlsx", CLERK, TIME, asked, "Siirtyi syksyyn <b>")
    assert page(receipt_of(replies=(reply,))).xpath("//section[@class='replies']//li/text()") == [
        "Your reply to the question has been recorded: “Siirtyi syksyyn <b>” (The progress is empty.)"
    ]


def test_at_most_200_findings_are_told_errors_first_and_the_others_counted() -> None:
    faults = tuple(
        Finding("degree-out-of-scale", Place(SHEET, f"F{row}"), None, f"{row}", DEGREES) for row in range(10, 309)
    )
    made = receipt(verdict=ERRORS, findings=(NOTE, *faults))
    found = page(made)
    assert len(cards(found)) == 200
    assert "There are 100 more points: they are told when these have been corrected." in text(found)
    assert verdict_and_next_step(made)[0] == "Nothing was taken: 299 points need correction."
    assert len(receipt_page(made, SETTINGS, ENGLISH)) < 200_000
    assert "more point" not in text(page(receipt(verdict=ERRORS, findings=faults[:200])))
