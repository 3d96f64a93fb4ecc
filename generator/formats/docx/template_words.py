"""Finds words that stand in a template itself: they are printed in the reports of every language that it makes."""

import re
from collections.abc import Iterator

from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import name_key
from generator.errors import TemplateError
from generator.formats.docx.faults import Fault, make_error
from generator.formats.docx.package import parse_text_part, read_package
from generator.formats.docx.places import Places
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import TAG, TEXT_TYPES, own_text, part_stem, w

_WORD = re.compile(r"[^\W\d_]{2,}")


def find_own_words(template: bytes, languages: tuple[Language, ...], names: tuple[str, ...]) -> Iterator[TemplateError]:
    """Yields a question for each paragraph with words of its own beside the tags.

    Args:
        languages: those of the reports that the template makes.
        names: the names of the municipality and its organ, which may stand in the template.

    Raises:
        TemplateError: it is no Word document.
    """
    parts = read_package(template)
    known = frozenset(map(name_key, names))
    for name in parts_of_type(parts, *TEXT_TYPES):
        root = parse_text_part(parts[name])
        places = Places(root, part_stem(name))
        for paragraph in root.iter(w("p")):
            words = TAG.sub(" ", own_text(paragraph))
            if _WORD.search(words) and name_key(words) not in known:
                yield make_error(OWN_WORDS, places.of(paragraph), languages=", ".join(languages))


OWN_WORDS = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: words that stand in the reports of each language "
        "({languages}): {near}"
    ),
    N_("{part}: words that stand in the reports of each language ({languages}): {near}"),
    N_(
        "If the words are in one language, save a copy of the template for each other one, such as report.sv.docx or "
        "report.en.docx beside it, and translate them there. Texts of one period are written on the sheet Texts of "
        "ratkaistavat.xlsx, which has a column for each language."
    ),
)
