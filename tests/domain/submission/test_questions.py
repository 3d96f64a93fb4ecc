"""What is asked of an answer that counts: each question once, at its cell, and not again when it has been answered."""

from typing import Any

import pytest

from generator.domain.base.finding import Finding, Place
from generator.domain.plan.form import PreviousAnswer
from generator.domain.submission.answers import EntryCells
from generator.domain.submission.questions import ask
from tests.builders import CLERK, DIRECTOR, entry, rules

CELLS = EntryCells("Seuranta!D2", "Seuranta!E2", "Seuranta!F2", "Seuranta!G2")
LATE, GOOD = "viivästynyt", "suunnitelman mukaan"


def before(degree: int | None, narrative: str = "Ennen.", status: str = GOOD, officer: str = CLERK) -> PreviousAnswer:
    return PreviousAnswer("01.01", degree, narrative, status, officer)


def asked(degree: int | None, *previous: PreviousAnswer, **said: Any) -> list[tuple[str, str | None, str]]:
    answer = entry("01.01", CLERK, degree, **{"cells": CELLS, "narrative": "Nyt.", "overall_status": GOOD, **said})
    return [(found.rule, found.place.cell, found.value) for found in ask(answer, rules(previous=previous))]


@pytest.mark.parametrize(
    ("degree", "previous", "said", "questions"),
    [
        (3, None, {}, []),
        (3, None, {"narrative": ""}, [("narrative-empty", "G2", "")]),
        (3, None, {"narrative": "\u200b \u00a0"}, [("narrative-empty", "G2", "")]),
        (None, before(3), {"narrative": "Ennen."}, []),
        (3, before(3), {"narrative": "Ennen."}, [("narrative-unchanged", "G2", "Ennen.")]),
        (3, before(3), {"narrative": " Ennen.\n"}, [("narrative-unchanged", "G2", "Ennen.")]),
        (3, before(2), {"narrative": "Ennen."}, [("narrative-unchanged", "G2", "Ennen.")]),
        (3, before(2), {"narrative": ""}, [("narrative-empty", "G2", "")]),
        (4, before(2), {"narrative": "Ennen."}, [("degree-moved-without-word", "G2", "2 → 4")]),
        (1, before(2), {"narrative": ""}, [("degree-moved-without-word", "G2", "2 → 1")]),
        (1, before(2), {}, []),
        (4, before(None), {"narrative": "Ennen."}, [("narrative-unchanged", "G2", "Ennen.")]),
        (3, before(2, officer=DIRECTOR), {"narrative": "Ennen."}, []),
        (5, None, {"main_risks": "Tilat puuttuvat."}, [("completed-with-risk", "D2", "Tilat puuttuvat.")]),
        (5, None, {"main_risks": "\u200b"}, []),
        (4, None, {"main_risks": "Tilat puuttuvat."}, []),
        (3, before(2), {"overall_status": LATE}, [("status-against-degree", "E2", f"2 → 3, {GOOD} → {LATE}")]),
        (2, before(2), {"overall_status": LATE}, []),
        (3, before(2, status=LATE), {"overall_status": GOOD}, []),
        (3, before(2, status=""), {"overall_status": LATE}, []),
        (3, before(2), {"overall_status": ""}, []),
        (3, before(None), {"overall_status": LATE}, []),
        (None, before(2), {"overall_status": LATE}, []),
        (
            5,
            before(3),
            {"narrative": "Ennen.", "main_risks": "Riski", "overall_status": LATE},
            [
                ("degree-moved-without-word", "G2", "3 → 5"),
                ("completed-with-risk", "D2", "Riski"),
                ("status-against-degree", "E2", f"3 → 5, {GOOD} → {LATE}"),
            ],
        ),
    ],
)
def test_each_question_is_asked_where_it_must_be(
    degree: int | None,
    previous: PreviousAnswer | None,
    said: dict[str, str],
    questions: list[tuple[str, str | None, str]],
) -> None:
    assert asked(degree, *filter(None, (previous,)), **said) == questions


def test_a_risk_that_the_workbook_has_no_column_for_is_asked_at_the_degree() -> None:
    cells = EntryCells("", "", "Seuranta!F2", "Seuranta!G2")
    assert asked(5, main_risks="Riski", cells=cells) == [("completed-with-risk", "F2", "Riski")]


def test_a_question_without_a_place_has_none() -> None:
    answer = entry("01.01", CLERK, 3, narrative="")
    assert [(found.rule, found.place) for found in ask(answer, rules())] == [("narrative-empty", Place())]


def test_a_question_that_was_answered_for_the_same_values_is_not_asked_again() -> None:
    answer = entry("01.01", CLERK, 3, narrative="", cells=CELLS)
    (question,) = ask(answer, rules())
    assert len(question.key) == 12
    assert ask(answer, rules(replied=frozenset({question.key}))) == ()
    other = entry("01.01", CLERK, 4, narrative="", cells=CELLS)
    assert ask(other, rules(replied=frozenset({question.key}))) != ()


def test_the_key_tells_officers_periods_and_rules_apart_and_not_spellings_of_a_name() -> None:
    def key(officer: str = CLERK, code: str = "01.01", risks: str = "") -> str:
        found: tuple[Finding, ...] = ask(entry(code, officer, 3, narrative="", main_risks=risks), rules())
        return found[0].key

    assert key() == key(CLERK.upper())
    assert len({key(), key(DIRECTOR), key(code="01.10"), key(risks="Riski")}) == 4


@pytest.mark.parametrize(
    "text",
    [
        *("-", "–", "?", "…", "..", "xxx", "X", "TODO", "todo!", "ks. edellinen", "kts. liite", "Katso liite 2.", "👍"),
        *("sama kuin viimeksi", "se edellinen", "kuten edellisellä kaudella", "täydentyy", "lisätään myöhemmin", "ok"),
        *("se bilaga", "samma som förra", "se ovan", "kompletteras senare", "see attachment", "same as before", "n/a"),
    ],
)
def test_a_narrative_that_says_nothing_is_asked(text: str) -> None:
    question = [("narrative-says-nothing", "G2", text)]
    assert asked(3, narrative=text) == asked(None, narrative=text) == question
    assert asked(3, before(3, text), narrative=text) == question
    assert asked(1, before(3), narrative=text) == [("degree-moved-without-word", "G2", "3 → 1")]


@pytest.mark.parametrize(
    "text",
    [
        *("Ei muutoksia.", "Valmis.", "Työ kesken, jatkuu syksyllä.", "Sama tahti kuin viimeksi.", "Odottaa päätöstä"),
        *(
            "Liite hyväksyttiin.",
            "Edellinen vaihe valmistui.",
            "Inga ändringar.",
            "No changes.",
            "3 asukasiltaa",
            "sama " * 50,
        ),
    ],
)
def test_a_short_narrative_that_says_something_is_not_asked(text: str) -> None:
    assert asked(3, narrative=text) == []


def test_a_reason_is_asked_only_for_its_words() -> None:
    assert asked(None, before(3), narrative="Tiedot puuttuvat.") == []
    assert asked(None, before(3, "Tiedot puuttuvat."), narrative="Tiedot puuttuvat.") == []
