import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.domain.base.text import (
    are_misspelt,
    clean_text,
    heading_key,
    is_blank,
    is_clean,
    letter_pairs,
    likeness,
    same_name,
    short_words,
    visible,
    words_in,
)


@given(st.text(st.characters(codec=None, categories=None)))
def test_cleaned_text_can_stand_in_xml_and_loses_no_letter(text: str) -> None:
    cleaned = clean_text(text)
    element = etree.Element("t")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text in (cleaned, cleaned or None)
    letters = [letter for letter in text if unicodedata.category(letter)[0] in "LNPSM"]
    assert [letter for letter in cleaned if unicodedata.category(letter)[0] in "LNPSM"] == letters


def test_line_ends_become_one_kind() -> None:
    assert clean_text("a\r\nb\rc\nd") == "a\nb\nc\nd"
    assert clean_text("a\x0bb\x00\ufffe") == "ab"
    assert is_clean("a\tb\n") and not is_clean("a\x07")


def test_headings_compare_by_their_letters() -> None:
    assert heading_key("Kokonais-\ntilanne") == heading_key("Kokonais\u00adtilanne ") == heading_key("KOKONAISTILANNE")


def test_every_letter_and_digit_of_any_script_counts_in_a_heading_and_nothing_else() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    letters = "".join(letter for letter in visible(unicodedata.normalize("NFC", every)).casefold() if letter.isalnum())
    assert heading_key(every) == letters


def test_names_compare_composed_and_case_folded_with_single_blanks() -> None:
    assert same_name("Kansliapa\u0308a\u0308llikko\u0308 ", " kansliapäällikkö")
    assert not same_name("Kansliapäällikkö", "Kansliapaallikko")


def test_invisible_characters_alone_are_blank() -> None:
    assert is_blank(" \u200b\ufeff\n\u00a0") and not is_blank("\u200b.")


def test_names_compare_without_what_nobody_can_see() -> None:
    assert same_name("Hallinto\u00adjohtaja\u200b", "hallintojohtaja")
    assert visible("a\u202eb\u2066c\ufe0f\u00ad") == "abc"


def test_words_are_compared_one_for_one_and_only_long_ones_may_have_a_letter_wrong() -> None:
    meant = words_in("Toteutus on aloitettu, ei vielä valmis")
    assert meant == ("toteutus", "on", "aloitettu", "ei", "vielä", "valmis")
    for text, misspelt in (
        ("Toteutus on aloitetu, ei vielä valmis", True),
        ("toteutus ON aloitettu ei vielä valmis", True),
        ("Toteutus on aloitettu, ei vielä", False),
        ("Toteutus ei aloitettu, ei vielä valmis", False),
        ("Toteutus on lopetettu, ei vielä valmis", False),
        ("aloitettu on Toteutus, ei vielä valmis", False),
    ):
        assert are_misspelt(words_in(text), meant) is misspelt
    assert not are_misspelt(words_in("vuonna 2025"), words_in("vuonna 2026"))


def test_short_words_and_numbers_decide_what_a_text_means() -> None:
    assert short_words("Toteutus ei ole vielä 3,5 valmis 2026") == ("ei", "ole", "3", "5", "2026")


@given(st.text(max_size=700), st.text(max_size=700))
def test_likeness_is_whole_for_the_same_and_nothing_below_its_least(one: str, other: str) -> None:
    assert likeness(one, one, 0.9) == (1.0 if one else likeness("", "", 0.9))
    assert likeness(one, other, 0.9) == 0 or likeness(one, other, 0.9) >= 0.9


def test_letter_pairs_are_those_of_the_letters_alone_however_long_the_text() -> None:
    assert letter_pairs("A b-C") == {"ab", "bc"}
    assert letter_pairs("ab" * 600) == {"ab", "ba"}
    assert words_in("Sana " * 200) == ("sana",) * 200
