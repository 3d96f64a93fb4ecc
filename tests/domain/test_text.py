import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.domain.text import clean_text, heading_key, is_blank, is_clean, same_name


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


def test_names_compare_composed_and_case_folded_with_single_blanks() -> None:
    assert same_name("Kansliapa\u0308a\u0308llikko\u0308 ", " kansliapäällikkö")
    assert not same_name("Kansliapäällikkö", "Kansliapaallikko")


def test_invisible_characters_alone_are_blank() -> None:
    assert is_blank(" \u200b\ufeff\n\u00a0") and not is_blank("\u200b.")
