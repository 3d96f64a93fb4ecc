"""The formatting of tags in a template, which the printed values take over."""

import re
from collections.abc import Mapping
from copy import deepcopy

from generator.formats.docx.package import parse_xml
from generator.formats.docx.runs import Role, TagFormat, TagRunFormat
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import STYLES_TYPE, w
from generator.formats.opc.xml import Element, to_text

MOST_WIDTH = 31_680  # twips, Word's own limit

# The order of w:rPr in the schema: the elements before the colour.
_BEFORE_COLOUR = re.compile(
    "rStyle|rFonts|b|bCs|i|iCs|caps|smallCaps|d?strike|outline|shadow|emboss|imprint|noProof|snapToGrid|vanish|webHidden"
)
# The elements after the language.
_AFTER_LANGUAGE = re.compile("eastAsianLayout|specVanish|oMath")
_NAMESPACES = re.compile(r'\sxmlns(:\w+)?="[^"]*"')


def style_ids(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Returns the ids of the paragraph styles by name: programs change ids, but keep names."""
    found: dict[str, str] = {}
    for part in parts_of_type(parts, STYLES_TYPE):
        for style in parse_xml(parts[part]).iter(w("style")):
            name = style.find(w("name"))
            if name is not None and style.get(w("type")) == "paragraph":
                found[str(name.get(w("val"))).casefold()] = str(style.get(w("styleId")))
    return found


def read_tag_format(paragraph: Element, styles: Mapping[str, str]) -> TagFormat:
    """Reads the format of a paragraph with one tag; lines in another role take that role's style, if there is one."""
    properties = paragraph.find(w("pPr"))
    own = paragraph.makeelement(w("pPr")) if properties is None else deepcopy(properties)
    for section in own.findall(w("sectPr")):
        own.remove(section)
    return TagFormat({role: _in_style(own, styles.get(role.casefold())) for role in Role}, _run_format(paragraph))


def text_width(root: Element) -> int:
    """Returns the line width of the part's last section, in twips; 0 if it has none."""
    sections = tuple(root.iter(w("sectPr")))
    size, margins = (sections[-1].find(w(name)) if sections else None for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return 0
    width = _number(size, "w") - sum(_number(margins, side) for side in ("left", "right", "gutter"))
    return max(0, min(width, MOST_WIDTH))


def default_font(parts: Mapping[str, bytes]) -> str:
    """Returns the default font of the styles; an empty string if it is the theme's."""
    path = "/".join(map(w, ("docDefaults", "rPrDefault", "rPr", "rFonts")))
    found = (parse_xml(parts[part]).find(path) for part in parts_of_type(parts, STYLES_TYPE))
    return next((str(fonts.get(w("ascii"), "")) for fonts in found if fonts is not None), "")


def heading_levels(styles: Mapping[str, str]) -> dict[str, int]:
    """Returns the heading levels of the paragraph styles, by the styles' ids."""
    names = {f"heading {level}": level for level in range(1, 10)}
    return {style: names[name] for name, style in styles.items() if name in names}


def _number(element: Element, name: str) -> int:
    text = str(element.get(w(name), "0"))
    return int(text) if text.lstrip("-").isdecimal() else 0


def _in_style(properties: Element, style: str | None) -> str:
    styled = deepcopy(properties)
    if style is not None:
        for old in styled.findall(w("pStyle")):
            styled.remove(old)
        styled.insert(0, styled.makeelement(w("pStyle"), {w("val"): style}))
    return _xml(styled) if len(styled) else ""


def _run_format(paragraph: Element) -> TagRunFormat:
    runs = (run for run in paragraph.iter(w("r")) if any((text.text or "").strip() for text in run.iter(w("t"))))
    properties = next((run.find(w("rPr")) for run in runs), None)
    children = () if properties is None else tuple(properties)
    names = [str(child.tag).rpartition("}")[2] for child in children]
    xml = tuple(zip(names, map(_xml, children), strict=True))
    return TagRunFormat(
        before="".join(text for name, text in xml if _BEFORE_COLOUR.fullmatch(name)),
        colour="".join(text for name, text in xml if name == "color"),
        after="".join(text for name, text in xml if _stands_between(name)),
        language="".join(text for name, text in xml if name == "lang"),
        last="".join(text for name, text in xml if _AFTER_LANGUAGE.fullmatch(name)),
    )


def _stands_between(name: str) -> bool:
    placed = name in ("color", "lang") or _BEFORE_COLOUR.fullmatch(name) or _AFTER_LANGUAGE.fullmatch(name)
    return not placed


def _xml(element: Element) -> str:
    """Returns the element as XML without namespace declarations, since the part's root has them all."""
    return _NAMESPACES.sub("", to_text(element))
