import pytest

from generator.domain.base.scale import Degree, OverallStatus, OverallStatuses, Scale
from tests.builders import SETTINGS

SCALE = SETTINGS.degree_scale
STATUSES = SETTINGS.statuses


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("3.", 3),
        ("3.0", 3),
        ("3,0", 3),
        ("3 Toteutus on aloitettu, ei vielä valmis", 3),
        ("3= Toteutus on aloitettu, ei vielä valmis", 3),
        ("3 – toteutus on  aloitettu,\nei vielä valmis", 3),
        ("Toteutus on aloitettu, ei vielä valmis", 3),
        ("2 I planeringsskedet, har framskridit något", 2),
        ("5 The action has been completed and taken into use according to the programme", 5),
        ("3\u200b", 3),
        ("3 (Toteutus on aloitettu, ei vielä valmis)", 3),
        ("2 Suunnittelu", 2),
    ],
)
def test_a_degree_is_read_by_number_by_label_and_by_both(typed: str, value: int) -> None:
    reading = SCALE.read(typed)
    assert (reading.value, reading.misspelt) == (value, False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4 Toteutusvaiheessa lähellä valmistumista, ei vielä viimeistely/käyttöönotettu", 4),
        ("1 Toteutuksessa ei ole edetty tai toimenpide ei vaadi toimenpiteitä ko. toimialalta", 1),
        ("Suunitteluvaihessa, on edetty hieman", 2),
        ("5 Toimenpide on toteutettu ja käyttöohjelman toteutusohjelman mukaan", 5),
    ],
)
def test_a_label_with_a_slip_of_the_pen_is_read_and_said(typed: str, value: int) -> None:
    reading = SCALE.read(typed)
    assert (reading.value, reading.misspelt) == (value, True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        "6",
        "-3",
        "3.5",
        "3,5",
        "60 %",
        "kolme",
        "٣",
        "3 4",
        "3 Suunnitteluvaiheessa, on edetty hieman",
        "30",
        "3–4",
        "3 ehkä",
        *("3?", "3+", "3-", "3–", "3 %", "3 €", "(3)", "3 To", "3 Toteutus ei"),
        "3 Toteutus ei ole aloitettu, ei vielä valmis",
        "3 Toteutus on aloitettu, ei vielä valmis 4",
        "Toteutus on lopetettu, ei vielä valmis",
        "Suunnitteluvaiheessa, ei edetty hieman",
        "3 Genomförandet har inletts, ännu klart",
    ],
)
def test_what_names_no_single_step_is_not_guessed(typed: str) -> None:
    assert SCALE.read(typed).value is None


def test_every_option_of_the_drop_downs_is_read_as_its_own_degree() -> None:
    for language in ("fi", "sv", "en"):
        assert [SCALE.read(option).value for option in SCALE.options(language)] == [1, 2, 3, 4, 5]


def test_every_status_is_read_by_option_word_and_shape() -> None:
    for status in STATUSES.statuses:
        texts = (status.text("fi"), status.words["sv"], status.words["fi"].upper(), status.shape)
        assert [STATUSES.read(text) for text in texts] == [status] * len(texts)


def test_a_status_with_another_ones_shape_is_neither() -> None:
    assert STATUSES.read("▲ suunnitelman mukaan") is None
    assert STATUSES.read("●\ufe0e suunnitelman\u200b mukaan") == STATUSES.statuses[0]


def test_a_letter_may_be_a_shape_and_stand_in_another_ones_word() -> None:
    words = {"fi": "vihreä", "sv": "grön", "en": "green"}, {"fi": "viivästynyt", "sv": "försenat", "en": "delayed"}
    statuses = OverallStatuses(
        tuple(OverallStatus(shape, "000000", word) for shape, word in zip("vd", words, strict=True))
    )
    assert [statuses.read(text) for text in ("v", "d", "viivästynyt", "delayed")] == [
        statuses.statuses[index] for index in (0, 1, 1, 1)
    ]


def test_two_steps_of_one_label_are_not_told_apart_without_the_number() -> None:
    labels = {"fi": "Työ etenee", "sv": "Arbetet pågår", "en": "In progress"}
    scale = Scale((Degree(1, labels), Degree(2, labels)))
    assert (scale.read("Työ etenee").value, scale.read("Työ eteneee").value) == (None, None)
    assert scale.read("2").value == 2


@pytest.mark.parametrize("text", ["", "hyvin", "●▲", "suunnitelman", "-"])
def test_other_words_are_no_status(text: str) -> None:
    assert STATUSES.read(text) is None


def test_a_status_that_the_settings_lost_is_not_found() -> None:
    assert STATUSES.get("muu") is None
    assert STATUSES.get("viivästynyt") is not None
