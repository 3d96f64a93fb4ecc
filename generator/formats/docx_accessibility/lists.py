"""Checks that list bullets in use are characters of a text font."""

import re
from collections.abc import Iterator

from generator.formats.docx_accessibility.faults import DocumentFault
from generator.formats.docx_accessibility.model import DocumentContent, Location, root_of
from generator.formats.docx_accessibility.run_format import DocumentStyles
from generator.formats.opc.wordml import MAIN_TYPE, w
from generator.formats.opc.xml import Element

_SYMBOL_FONTS = re.compile(
    r"(symbol|opensymbol|starsymbol|standard symbols.*|wingdings.*|webdings|marlett|(itc )?zapf ?dingbats)( \w+)?"
)
_NUMBERING_TYPE = MAIN_TYPE.replace("document.main", "numbering")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


def check_bullets(reading: DocumentContent) -> Iterator[DocumentFault]:
    """Checks the bullets in use; programs define nine levels for each list, and an unused one does no harm."""
    used = sorted({paragraph.text_format.bullet for paragraph in reading.paragraphs if paragraph.text_format.bullet})
    numbering = root_of(reading.parts, _NUMBERING_TYPE)
    for number, level in used:
        bullet = None if numbering is None else _level(numbering, (number, level), reading.styles)
        fault = None if bullet is None else _fault_of(bullet)
        if fault:
            yield Location("numbering", f"list {number}, level {level + 1}").fault("list-bullet-symbol-font", fault)


def _level(numbering: Element, at: tuple[str, int], styles: DocumentStyles) -> Element | None:
    number = _by_id(numbering, "num", at[0])
    if number is None:
        return None
    for override in number.iterchildren(w("lvlOverride")):
        own = override.find(w("lvl"))
        if own is not None and own.get(w("ilvl")) == str(at[1]):
            return own
    definition = _by_id(numbering, "abstractNum", _value(number, "abstractNumId"))
    levels = () if definition is None else _defining(numbering, definition, styles).iterchildren(w("lvl"))
    return next((level for level in levels if level.get(w("ilvl")) == str(at[1])), None)


def _defining(numbering: Element, definition: Element, styles: DocumentStyles) -> Element:
    """Returns the definition itself, or the one of the list style that it refers to."""
    number = styles.list_of(_value(definition, "numStyleLink"))
    linked = None if number is None else _by_id(numbering, "num", number)
    found = None if linked is None else _by_id(numbering, "abstractNum", _value(linked, "abstractNumId"))
    return definition if found is None else found


def _fault_of(level: Element) -> str | None:
    if _value(level, "numFmt") != "bullet":
        return None
    if level.find(w("lvlPicBulletId")) is not None:
        return "picture"
    bullet = _value(level, "lvlText")
    fonts = level.find(f"{w('rPr')}/{w('rFonts')}")
    named = () if fonts is None else (str(fonts.get(w(name)) or "") for name in ("ascii", "hAnsi", "cs"))
    symbol = next((font for font in named if _SYMBOL_FONTS.fullmatch(font.casefold())), "")
    if symbol or _PRIVATE_USE.search(bullet):
        return " ".join((symbol, *(f"U+{ord(character):04X}" for character in bullet))).strip()
    return None


def _by_id(numbering: Element, kind: str, number: str) -> Element | None:
    name = w("numId") if kind == "num" else w(f"{kind}Id")
    return next((item for item in numbering.iterchildren(w(kind)) if item.get(name) == number), None)


def _value(holder: Element, name: str) -> str:
    element = holder.find(w(name))
    return "" if element is None else str(element.get(w("val")) or "")
