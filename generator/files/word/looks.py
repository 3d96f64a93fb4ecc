"""How tags stand in a template: the formatting that the values printed in their place take over."""

import re
from collections.abc import Mapping
from copy import deepcopy

from generator.files.word.package import STYLES_TYPE, Element, parse_xml, parts_of_type, to_text
from generator.files.word.runs import Look, Role, RunLook
from generator.files.word.tags import w

# The order of w:rPr in the schema: what stands before the colour.
_BEFORE_COLOUR = re.compile(
    "rStyle|rFonts|b|bCs|i|iCs|caps|smallCaps|d?strike|outline|shadow|emboss|imprint|noProof|snapToGrid|vanish|webHidden"
)
_NAMESPACES = re.compile(r'\sxmlns(:\w+)?="[^"]*"')


def style_ids(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The ids of the paragraph styles by their names: programs rename ids, but keep names."""
    found: dict[str, str] = {}
    for part in parts_of_type(parts, STYLES_TYPE):
        for style in parse_xml(parts[part]).iter(w("style")):
            name = style.find(w("name"))
            if name is not None and style.get(w("type")) == "paragraph":
                found[str(name.get(w("val"))).casefold()] = str(style.get(w("styleId")))
    return found


def read_look(paragraph: Element, styles: Mapping[str, str]) -> Look:
    """The look of a paragraph that holds one tag; lines in another role take that role's style, where there is one."""
    properties = paragraph.find(w("pPr"))
    own = paragraph.makeelement(w("pPr")) if properties is None else deepcopy(properties)
    for section in own.findall(w("sectPr")):
        own.remove(section)
    return Look({role: _in_style(own, styles.get(role.casefold())) for role in Role}, _run_look(paragraph))


def _in_style(properties: Element, style: str | None) -> str:
    styled = deepcopy(properties)
    if style is not None:
        for old in styled.findall(w("pStyle")):
            styled.remove(old)
        styled.insert(0, styled.makeelement(w("pStyle"), {w("val"): style}))
    return _xml(styled) if len(styled) else ""


def _run_look(paragraph: Element) -> RunLook:
    runs = (run for run in paragraph.iter(w("r")) if any((text.text or "").strip() for text in run.iter(w("t"))))
    properties = next((run.find(w("rPr")) for run in runs), None)
    children = () if properties is None else tuple(properties)
    names = [str(child.tag).rpartition("}")[2] for child in children]
    xml = tuple(zip(names, map(_xml, children), strict=True))
    return RunLook(
        before="".join(text for name, text in xml if _BEFORE_COLOUR.fullmatch(name)),
        colour="".join(text for name, text in xml if name == "color"),
        after="".join(text for name, text in xml if name != "color" and not _BEFORE_COLOUR.fullmatch(name)),
    )


def _xml(element: Element) -> str:
    """The element without namespace declarations: the part's root has them all."""
    return _NAMESPACES.sub("", to_text(element))
