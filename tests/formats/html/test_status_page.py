"""The secretary's page: who has reported, what needs correction, what disagrees, and links that lead there."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import pytest
from hypothesis import example, given
from lxml import html

from generator.domain.base.finding import Finding, Place
from generator.domain.base.settings import Language, Rollup
from generator.domain.base.text import name_key
from generator.domain.follow_up.merge import merge
from generator.domain.follow_up.status import ReportFile, Status, StoredSave, make_status
from generator.domain.output.receipt import receipt_name
from generator.domain.plan.goals import Plan
from generator.domain.submission.answers import Answer
from generator.domain.submission.checks import Verdict
from generator.formats.html.status_page import StatusLinks, status_page
from generator.i18n.words import Words
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, SHEET, answer, entry, goal
from tests.strategies import printable_texts

ENGLISH = Words(Language.ENGLISH)
TIME = "2026-08-12T14:05:00+03:00"
REPORT = ReportFile("seurantaraportti-2026-1-LUONNOS.docx", "0" * 64, TIME)
LINKS = StatusLinks(report=REPORT)
OUT_OF_SCALE = Finding("degree-out-of-scale", Place(SHEET, "F12"), "01.01", "6", ("1", "2"))
ALL_ANSWERS = tuple(
    answer(entry(code, officer))
    for code, officer in [
        ("01.01", CLERK),
        ("01.01.01", CLERK),
        ("01.01.02", DIRECTOR),
        ("01.10", CLERK),
        ("01.10", DIRECTOR),
        ("02", DIRECTOR),
    ]
)


def status(*answers: Answer, held: tuple[StoredSave, ...] = (), plan: Plan = PLAN) -> Status:
    last_saved = {name_key(save.officer): save.time for save in held if save.officer}
    merged = merge(plan, answers, Rollup.MEDIAN)
    return make_status(SETTINGS.period, plan, merged, files=held, last_saved=last_saved)


def save(file: str, officer: str | None, *findings: Finding) -> StoredSave:
    return StoredSave(99, file, TIME, officer, Verdict.NEEDS_CORRECTION, findings, 0)


def page(made: Status, links: StatusLinks = LINKS, words: Words = ENGLISH) -> html.HtmlElement:
    return html.document_fromstring(status_page(made, links, SETTINGS, words))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(found: html.HtmlElement, section: str) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in found.xpath(f"//section[@class='{section}']//tbody/tr")]


def facts(found: html.HtmlElement) -> dict[str, str]:
    return {text(fact.find("dt")): text(fact.find("dd")) for fact in found.xpath("//dl/div")}


def test_the_period_its_deadline_the_counts_and_the_report_stand_first() -> None:
    found = page(status(*ALL_ANSWERS[:2]))
    assert text(found.find(".//h1")) == f"Reporting status: {SETTINGS.period.label}"
    assert text(found.xpath("//p[@class='sum']")[0]) == "3 goals are still to be reported."
    assert facts(found) == {
        "Goals to report": "5",
        "Reported": "2",
        "Missing": "3",
        "Reporting period": SETTINGS.period.label,
        "Due day": "14 August 2026",
        "Report": f"{REPORT.name} changed 12 Aug 2026, 14:05",
    }


def test_before_the_first_report_there_is_no_link() -> None:
    found = page(status(), StatusLinks(report=None))
    assert facts(found)["Report"] == "No report has been made yet."
    assert found.xpath("//a") == []


def test_officers_stand_worst_first_then_in_the_plans_order_each_with_shape_and_word() -> None:
    plan = Plan((goal("01", "A"), goal("02", "B", "C"), goal("03", "D", "C"), goal("04", "E", division="Tekninen")))
    answers = (answer(entry("01", "A")), answer(entry("02", "C"), 4))
    found = page(status(*answers, held=(save("d.xlsx", "D", OUT_OF_SCALE),), plan=plan))
    saved = "12 Aug 2026, 14:05"
    assert rows(found, "officers") == [
        ["D", "–", "✗ Needs correction", "0/1", "1", saved],
        ["B", "–", "○ Not reported", "0/1", "0", "–"],
        ["E", "Tekninen", "○ Not reported", "0/1", "0", "–"],
        ["C", "–", "◐ Partly reported", "1/2", "0", "–"],
        ["A", "–", "✓ All reported", "1/1", "0", "–"],
    ]


def test_what_needs_correction_is_told_with_file_officer_place_and_sentence() -> None:
    unreadable = save("muistio.xlsb", None, Finding("save-as-xlsx", value="xlsb"))
    found = page(status(held=(save(f"{CLERK}.xlsx", CLERK, OUT_OF_SCALE), unreadable)))
    assert rows(found, "faults") == [
        [f"{CLERK}.xlsx", CLERK, f"{SHEET}, cell F12", "01.01: “6” is not a degree of progress."],
        ["muistio.xlsb", "Not known", "The whole file", "This format cannot be read: xlsb."],
    ]


@pytest.mark.parametrize(
    "file", ["Sivistys ja hyvinvointi/Päällikkö #2.xlsx", "100 % valmis?.xlsx", "Ålands år.ods", "a&b='c'.xlsx"]
)
def test_a_file_leads_to_its_receipt_in_the_inbox(file: str) -> None:
    found = page(status(held=(save(file, CLERK, OUT_OF_SCALE),)))
    (link,) = found.xpath("//section[@class='faults']//a")
    target = urlparse(urljoin("file:///tyotila/outbox/tilanne.html", link.get("href")))
    assert (target.query, target.fragment, target.params) == ("", "", "")
    assert unquote(target.path) == f"/tyotila/inbox/{receipt_name(file)}"
    assert text(link) == file


def test_links_can_be_followed_from_the_outbox(tmp_path: Path) -> None:
    name = "Päällikkö 100 % #2.xlsx"
    report = replace(REPORT, name="raportti-kevät #1.docx")
    for folder, file in [("inbox", receipt_name(name)), ("outbox", report.name)]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / file).touch()
    found = page(status(held=(save(name, CLERK, OUT_OF_SCALE),)), replace(LINKS, report=report))
    for link in found.xpath("//a/@href"):
        assert (tmp_path / "outbox" / unquote(link)).exists()
        assert link.isascii()


def test_goals_not_reported_stand_under_each_officer_who_has_not_reported_them() -> None:
    found = page(status(*(made for made in ALL_ANSWERS if made.entry.code != "01.10"), answer(entry("01.10", CLERK))))
    (group,) = found.xpath("//section[@class='missing']/div/div")
    assert text(group) == f"{DIRECTOR} 01.10 Tavoite 01.10"


def test_disagreements_show_each_officers_degree_and_status() -> None:
    answers = (
        answer(entry("01.10", CLERK, 2, overall_status="viivästynyt")),
        answer(entry("01.10", DIRECTOR, None, overall_status="")),
    )
    found = page(status(*answers))
    label = SETTINGS.degree_scale.full_label(2, "en")
    assert rows(found, "disputes") == [
        ["01.10 Tavoite 01.10", CLERK, label, "▲ delayed"],
        ["01.10 Tavoite 01.10", DIRECTOR, "Cannot be assessed", "–"],
    ]


def test_an_empty_plan_is_not_called_reported() -> None:
    found = page(status(plan=Plan(())))
    assert text(found.xpath("//p[@class='sum']")[0]) == "The plan has no goals to report yet."
    assert found.xpath("//progress|//table|//p[@class='well']") == []


def test_files_that_change_or_were_left_behind_are_named() -> None:
    links = replace(LINKS, unsettled=("A <b>.xlsx",), stranded=("Tekniset/3F2A9C10",))
    files = page(status(), links).xpath("//section[@class='files']")
    assert [text(section.find("h2")) for section in files] == [
        "Files that are still changing or could not be read",
        "Saves that Excel did not finish",
    ]
    assert [section.xpath(".//li/text()") for section in files] == [["A <b>.xlsx"], ["Tekniset/3F2A9C10"]]


@pytest.mark.parametrize(("count", "sentence"), [(1, "The plan has 1 error."), (2, "The plan has 2 errors.")])
def test_the_plans_errors_are_counted_with_the_command_that_shows_them(count: int, sentence: str) -> None:
    (notice,) = page(status(), replace(LINKS, plan_errors=count)).xpath("//p[@class='notice']")
    assert text(notice).startswith(sentence) and "seuranta plan check" in text(notice)


def test_when_nothing_waits_the_page_says_so_and_holds_no_empty_section() -> None:
    found = page(status(*ALL_ANSWERS))
    assert text(found.xpath("//p[@class='sum']")[0]) == "Every goal has been reported."
    assert found.xpath("string(//p[@class='well'])") == "There are no open matters."
    assert [text(heading) for heading in found.iter("h2")] == ["Responsible officers"]


@pytest.mark.parametrize(
    ("made", "links"),
    [
        (status(*ALL_ANSWERS[1:]), LINKS),
        (status(*ALL_ANSWERS, held=(save("x.xlsx", None, Finding("empty-file")),)), LINKS),
        (status(*ALL_ANSWERS[1:], answer(entry("01.01", CLERK)), answer(entry("02", CLERK, 1))), LINKS),
        (status(*ALL_ANSWERS), replace(LINKS, unsettled=("a.xlsx",))),
        (status(*ALL_ANSWERS), replace(LINKS, stranded=("3F2A9C10",))),
        (status(*ALL_ANSWERS), replace(LINKS, plan_errors=1)),
    ],
    ids=["missing", "fault", "foreign answer", "unsettled", "stranded", "plan"],
)
def test_nothing_is_called_done_that_is_not(made: Status, links: StatusLinks) -> None:
    waits = made.follow_up.missing or made.follow_up.disputed or made.faults or links != LINKS
    assert bool(page(made, links).xpath("//p[@class='well']")) is not bool(waits)


@given(words=printable_texts)
@example(words="<script>alert(1)</script>")
@example(words="</title></style><img src=x onerror=alert(1)>")
def test_no_text_becomes_markup(words: str) -> None:
    plan = Plan((goal("01", f"A{words}", title=f"T{words}", division=words),))
    finding = Finding("cell-error", Place(f"S{words}", "F1"), "01", words)
    links = replace(LINKS, unsettled=(words,), stranded=(words,), report=replace(REPORT, name=f"r{words}"))
    found = page(status(held=(save(f"f{words}", f"A{words}", finding),), plan=plan), links)
    assert found.xpath("//script|//img") == []
    assert found.xpath("//section[@class='missing']//li")[0].text == f"01 T{words}"
    assert found.xpath("//section[@class='faults']//a")[0].text == f"f{words}"


@pytest.mark.parametrize("language", list(Language))
def test_the_page_is_whole_without_help_and_can_be_read_by_anyone(language: Language) -> None:
    disputed = (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 3)))
    found = page(status(*disputed, held=(save("a.xlsx", CLERK, OUT_OF_SCALE),)), LINKS, Words(language))
    assert found.get("lang") == language.value
    assert SETTINGS.municipality in found.findtext(".//title")
    assert len(found.xpath("//h1")) == len(found.xpath("//main")) == 1
    assert found.xpath("//script|//link|//img|//iframe|//*[@src]|//form") == []
    assert len(found.xpath("//table")) == 3
    for made_table in found.iter("table"):
        assert text(made_table.find("caption"))
        assert {heading.get("scope") for heading in made_table.xpath("thead//th")} == {"col"}
        assert {row[0].get("scope") for row in made_table.xpath("tbody/tr")} == {"row"}
        assert all(text(cell) for cell in made_table.xpath(".//td|.//th"))
    assert all(text(link) for link in found.iter("a"))


def test_the_same_status_gives_the_same_bytes_at_any_time() -> None:
    made = status(*ALL_ANSWERS[:3], held=(save("a.xlsx", CLERK, OUT_OF_SCALE),))
    assert status_page(made, LINKS, SETTINGS, ENGLISH) == status_page(made, LINKS, SETTINGS, ENGLISH)
