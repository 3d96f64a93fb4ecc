import re
from datetime import date

import pytest
from babel.messages.catalog import Catalog, Message

from generator.domain.base.rules import RULES
from generator.domain.base.settings import Language
from generator.i18n.words import Words, withdraw_choice, withdrawal_words
from tools.update_catalogues import LANGUAGES, extracted, read_catalogue

PLACES = re.compile(r"\{\w*\}")


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_translated_and_no_other_stands_in_the_catalogue(language: str) -> None:
    catalogue = read_catalogue(language)
    assert ids(catalogue) == ids(extracted())
    assert [message.id for message in catalogue if message.id and not all(texts(message))] == []


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
    assert withdrawal_words() == (*choices, "perun", "withdraw", "återtar")


def test_dates_and_moments_are_written_as_each_language_writes_them() -> None:
    day = date(2026, 8, 4)
    assert [Words(language).date(day) for language in Language] == ["4.8.2026", "4.8.2026", "4 August 2026"]
    moments = [Words(language).moment("2026-08-04T09:05:00+03:00") for language in Language]
    assert moments == ["4.8.2026 klo 9.05", "4.8.2026 kl. 9.05", "4 Aug 2026, 09:05"]


def test_counts_have_their_plural() -> None:
    words = Words(Language.ENGLISH)
    assert [words.plural("{count} answer", "{count} answers", count) for count in (1, 2)] == ["1 answer", "2 answers"]
