"""The values that cells name by number: styles and shared texts, with struck-through words."""

from dataclasses import dataclass
from typing import TypeAlias

from generator.domain.base.number_format import usable_format
from generator.domain.base.text import is_blank, struck_words
from generator.formats.opc.meter import Meter
from generator.formats.opc.xml import Element
from generator.formats.xlsx.elements import TRUE, Elements, is_inside, local_name
from generator.formats.xlsx.escapes import unescaped


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """A cell style: number format, whether its font is struck through, and the colour of its fill (None: no fill)."""

    number_format: str = "General"
    is_struck: bool = False
    colour: str | None = None


def read_styles(found: Elements) -> tuple[SheetStyle, ...]:
    """Reads the cell styles; `s` of a cell is an index of them."""
    codes, styles = {str(number): code for number, code in enumerate(_BUILT_IN_FORMATS)}, []
    struck_fonts, fonts = set(), 0
    colour: str | None = None
    colours: list[str | None] = []
    for name, element in found:
        if name == "numFmt" and is_inside(element, "numFmts"):  # conditional formats have some, too
            codes[element.get("numFmtId", "")] = usable_format(element.get("formatCode", ""))
        elif name == "strike" and is_inside(element, "font") and element.get("val", "1") in TRUE:
            struck_fonts.add(str(fonts))
        elif name == "font" and is_inside(element, "fonts"):
            fonts += 1
        elif name == "fgColor" and is_inside(element, "patternFill"):
            colour = _colour(element)
        elif name == "fill" and is_inside(element, "fills"):
            colours.append(colour)
            colour = None
        elif name == "xf" and is_inside(element, "cellXfs"):
            code = codes.get(element.get("numFmtId", "0"), "General")
            fill = int(element.get("fillId", "0"))
            own = colours[fill] if 0 <= fill < len(colours) else None
            styles.append(SheetStyle(code, element.get("fontId", "0") in struck_fonts, own))
    return tuple(styles)


def _colour(element: Element) -> str | None:
    """Returns `FFF6CC` of a solid fill, or the attributes of another colour; empty for other patterns."""
    pattern = element.getparent()
    if pattern is None or pattern.get("patternType") != "solid":
        return None
    if rgb := element.get("rgb", ""):
        return rgb[-6:].upper()
    return " ".join(f"{key!s}={value!s}" for key, value in sorted(element.attrib.items())) or None


@dataclass(frozen=True, slots=True)
class RichText:
    """A text with runs, its words struck through by its own runs, and those in a cell with a struck-through font."""

    text: str
    struck: str | None = None
    struck_by_font: str | None = None


CellText: TypeAlias = str | RichText


def words_of(text: CellText, style: SheetStyle) -> tuple[str, str | None]:
    """Returns a text in a cell of a style as it is read, and its struck-through words; None if there are none."""
    if isinstance(text, RichText):
        return text.text, text.struck_by_font if style.is_struck else text.struck
    return text, text if style.is_struck and not is_blank(text) else None


def read_rich_text(element: Element, meter: Meter) -> CellText:
    """Joins the runs of a rich text, without `rPh`, which only says how it is pronounced."""
    runs = [t for t in element.iter("{*}t") if not is_inside(t, "rPh")]
    parents = {run.getparent() for run in runs}
    rich = {child for child in element if local_name(child.tag) == "r"}
    if len(parents) < len(runs) or not parents <= (rich or {element}):
        raise ValueError("two texts where one may stand: programs differ on which of them they show")
    text = meter.text(unescaped([run.text or "" for run in runs]))
    if not rich:
        return text
    parts = [(unescaped([run.text or ""]), _own_strike(run)) for run in runs]
    own, inherited = (
        struck_words((part, default if is_struck is None else is_struck) for part, is_struck in parts)
        for default in (False, True)
    )
    return RichText(text, own, inherited)


def _own_strike(run: Element) -> bool | None:
    """True or False if a run's own font decides whether it is struck through; None if it has only its cell's font."""
    fonts = [font for font in run.itersiblings(preceding=True) if local_name(font.tag) == "rPr"]
    strikes = [mark.get("val", "1") in TRUE for font in fonts for mark in font if local_name(mark.tag) == "strike"]
    return any(strikes) if fonts else None


# Number formats that a workbook may use without writing them down. Source: ECMA-376 part 1, §18.8.30 (numFmt).
# Ids 23 to 36 differ between languages; these codes are those of en-US, which every program shows in its own way.
_BUILT_IN_FORMATS = (
    'General|0|0.00|#,##0|#,##0.00|"$"#,##0_);("$"#,##0)|"$"#,##0_);[Red]("$"#,##0)|"$"#,##0.00_);("$"#,##0.00)|'
    '"$"#,##0.00_);[Red]("$"#,##0.00)|0%|0.00%|0.00E+00|# ?/?|# ??/??|mm-dd-yy|d-mmm-yy|d-mmm|mmm-yy|h:mm AM/PM|'
    f"h:mm:ss AM/PM|h:mm|h:mm:ss|m/d/yy h:mm|{'General|' * 14}#,##0_);(#,##0)|#,##0_);[Red](#,##0)|"
    '#,##0.00_);(#,##0.00)|#,##0.00_);[Red](#,##0.00)|_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)|'
    '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)|_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)|'
    '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)|mm:ss|[h]:mm:ss|mmss.0|##0.0E+0|@'
).split("|")
