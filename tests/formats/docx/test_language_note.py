"""The sentence on the language of the officers' texts, in each language of a document."""

from dataclasses import replace

import pytest

from generator.domain.base.settings import Language
from generator.domain.output.report import Report, Section
from generator.formats.docx.language_note import language_note
from generator.i18n.words import Words
from tests.formats.docx.reports import opened, report, write


def spoken(made: Report, *languages: str) -> Report:
    """The report with its officers' texts in these languages in turn; without any, it has no text."""
    sections = tuple(_spoken(section, languages) for section in made.sections)
    return replace(made, sections=sections)


def _spoken(section: Section, languages: tuple[str, ...]) -> Section:
    rows = list(section.rows)
    for index, row in enumerate(rows):
        voices = [
            replace(voice, language=languages[(index + place) % len(languages)])
            for place, voice in enumerate(row.narratives)
            if languages
        ]
        rows[index] = replace(row, main_risks=(), narratives=tuple(voices))
    return replace(section, rows=tuple(rows))


@pytest.mark.parametrize(
    ("language", "spoken_in", "note"),
    [
        ("fi", ("",), ""),
        ("sv", ("",), "De ansvarigas texter är på finska."),
        ("en", ("",), "The responsible officers' texts are in Finnish."),
        ("fi", ("sv",), "Vastuuhenkilöiden tekstit ovat ruotsiksi."),
        ("fi", ("fi", "sv"), "Osa vastuuhenkilöiden teksteistä on ruotsiksi."),
        ("sv", ("fi", "sv"), "En del av de ansvarigas texter är på finska."),
        ("en", ("", "sv"), "The responsible officers' texts are in Finnish and in Swedish."),
        ("sv", ("sv",), ""),
        ("en", (), ""),
    ],
)
def test_a_sentence_says_in_which_language_the_officers_texts_are(
    language: str, spoken_in: tuple[str, ...], note: str
) -> None:
    made, words = spoken(report(), *spoken_in), Words(Language(language))
    assert language_note(made, words) == note
    texts = "\n".join(paragraph.text for paragraph in opened(write(made, words=words)).paragraphs)
    assert (note in texts) and (bool(note) or words("in Finnish") not in texts)


def test_a_template_may_leave_the_sentence_out_and_no_blank_remains() -> None:
    (read,) = (p.text for p in opened(write()).paragraphs if p.text.startswith("Tavoitteen kokonaistilanne"))
    assert read == read.strip() and "  " not in read
