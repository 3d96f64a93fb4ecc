import re
from datetime import date
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from generator.domain.base.rules import RULES
from generator.domain.base.settings import Language
from generator.i18n.words import Words, reply_words, withdraw_choice
from tools.update_catalogues import LANGUAGES, catalogue_path, extracted, read_catalogue

PLACES = re.compile(r"\{\w*\}")


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids_of(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_translated_and_no_other_stands_in_the_catalogue(language: str) -> None:
    catalogue = read_catalogue(language)
    assert ids(catalogue) == ids(extracted())
    assert [message.id for message in catalogue if message.id and not all(texts(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_translations(language: str) -> None:
    """After a change of a .po run tools/update_catalogues.py."""
    made = read_mo(BytesIO(catalogue_path(language).with_suffix(".mo").read_bytes()))
    told, translated = (
        {tuple(ids_of(each)): texts(each) for each in held} for held in (made, read_catalogue(language))
    )
    del told[("",)], translated[("",)]
    assert told == translated


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_its_messages_places(language: str) -> None:
    for message in read_catalogue(language):
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        places = {place for text in originals for place in PLACES.findall(text)}
        for text in texts(message):
            assert set(PLACES.findall(text)) <= places, message.id
        if isinstance(message.id, str):
            assert set(PLACES.findall(texts(message)[0])) == places, message.id


def test_every_rule_says_what_is_wrong_and_what_to_do_in_every_language() -> None:
    for language in Language:
        words = Words(language)
        for rule in RULES.values():
            assert words(rule.message) and words(rule.advice)


def test_an_answer_is_withdrawn_by_the_lists_choice_in_every_language_and_by_a_word_of_it() -> None:
    choices = tuple(withdraw_choice(Words(language)) for language in Language)
    assert choices == ("Perun vastaukseni", "Jag återtar mitt svar", "I withdraw my answer")
    assert reply_words().withdraw == (*choices, "perun", "withdraw", "återtar")


def test_dates_and_moments_are_written_as_each_language_writes_them() -> None:
    day = date(2026, 8, 4)
    assert [Words(language).date(day) for language in Language] == ["4.8.2026", "4.8.2026", "4 August 2026"]
    moments = [Words(language).moment("2026-08-04T09:05:00+03:00") for language in Language]
    assert moments == ["4.8.2026 klo 9.05", "4.8.2026 kl. 9.05", "4 Aug 2026, 09:05"]


def test_counts_have_their_plural() -> None:
    words = Words(Language.ENGLISH)
    assert [words.plural("{count} answer", "{count} answers", count) for count in (1, 2)] == ["1 answer", "2 answers"]


# DESIGN 2: one thing has one name, and an act of an organ is no word for a choice in a workbook.
FORBIDDEN = {
    "fi": r"määräpäiv|määräaik|\baskel|malliasiakirj|\bpäätö[sk]|\btunnus\b|sihteeri|eriävät"
    r"|kaikki on kunnossa|on valmis:",
    "sv": r"\bbeslut|formulär|sekreterar|sista inlämningsdag|allt är i ordning|rapporten är klar",
    "en": r"\bdeadline\b|everything is|report is ready",
}
# A column that officers will not see, a line of the command line, and one of forms that the example holds ready-made.
OF_OTHERS = {
    "Identifier",
    "The workspace is ready: {folder}",
    "You may save it unfinished and go on later, as many times as you like until the deadline.",
}


def said(language: Language) -> list[str]:
    """Every message of a language but the names that hold a word on other grounds."""
    messages = [message for message in extracted() if message.id and message.id not in OF_OTHERS]
    if language is Language.ENGLISH:
        return [text for message in messages for text in ([message.id] if isinstance(message.id, str) else message.id)]
    catalogue = read_catalogue(language.value)
    return [text for message in messages for text in texts(catalogue[message.id])]


@pytest.mark.parametrize("language", list(Language))
def test_messages_use_the_names_that_things_have(language: Language) -> None:
    unwanted = re.compile(FORBIDDEN[language.value], re.IGNORECASE)
    assert [text for text in said(language) if unwanted.search(PLACES.sub("", text))] == []


@pytest.mark.parametrize("language", list(Language))
def test_officers_never_read_of_a_workspace(language: Language) -> None:
    words = Words(language)
    rules = [rule for rule in RULES.values() if not rule.name.startswith("plan-")]
    told = [words(message) for rule in rules for message in (rule.message, rule.advice)]
    assert [text for text in told if re.search("työtila|arbetsyta|workspace", text, re.IGNORECASE)] == []
