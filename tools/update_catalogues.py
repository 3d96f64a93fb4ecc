"""Brings the catalogues up to the code: adds messages that are new, drops those that are gone, sorts the rest.

A new message has no translation yet; the tests fail until it has one. Each catalogue is also compiled (.mo), since
reading the .po takes longer than most commands: run this again after translating.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.help_pages import help_messages

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fi", "sv")
KEYWORDS = {"N_": None, "words": None, "plural": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]


def extracted() -> Catalog:
    """Every message that stands in the code and the pages, and the commands' help."""
    found = Catalog()
    for text in help_messages():
        found.add(text)
    for _, _, message, _, _ in extract_from_dir(ROOT / "generator", METHODS, keywords=KEYWORDS):
        found.add(message)
    return found


def catalogue_path(language: str) -> Path:
    return ROOT / "generator" / "i18n" / "locale" / language / "LC_MESSAGES" / "seuranta.po"


def read_catalogue(language: str) -> Catalog:
    return read_po(BytesIO(catalogue_path(language).read_bytes()), locale=language)


def update(language: str, messages: Catalog) -> None:
    kept, made = read_catalogue(language), Catalog(locale=language, fuzzy=False)
    made.header_comment = kept.header_comment
    for message in messages:
        if message.id:
            held = kept.get(message.id)
            made.add(message.id, held.string if held else "")
    buffer = BytesIO()
    write_po(buffer, made, sort_output=True, omit_header=False, width=0)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    undated = "".join(line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date')))
    catalogue_path(language).write_text(undated, encoding="utf-8", newline="\n")
    catalogue_path(language).with_suffix(".mo").write_bytes(compiled(language))


def compiled(language: str) -> bytes:
    """The catalogue as gettext reads it; its times are always the same, so that the same words are the same bytes."""
    buffer, catalogue = BytesIO(), read_catalogue(language)
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(buffer, catalogue)
    return buffer.getvalue()


if __name__ == "__main__":
    for language in LANGUAGES:
        update(language, extracted())
