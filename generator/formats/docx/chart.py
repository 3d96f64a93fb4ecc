"""The summary's chart: a native Word chart, with its numbers in a workbook inside the document.

Shares of each bar differ by lightness, from light to dark, and by patterns where there is no degree; each part bears
its count, so that the chart reads the same in grey and without colours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from generator.formats.docx.runs import Role, TagFormat, escape_text

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_EMU_PER_TWIP = 635
_HEIGHT, _HEIGHT_PER_BAR = 430_000, 195_000  # EMU: the legend and the air around, and a bar
_SMALLEST_WIDTH = 5_000  # twips; less is no width that a page could have
_CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACE_NS = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_LIGHT, _DARK = (222, 235, 247), (8, 48, 107)
_PATTERNS = ("wdUpDiag", "ltVert", "pct10", "ltHorz")
_LINES = "8C8C8C"  # light enough for a count to be read on it, 3 : 1 against white
_TEXT_DARK, _TEXT_LIGHT = "1A1A1A", "FFFFFF"


@dataclass(frozen=True, slots=True)
class Series:
    """A series of the chart: its label, and its count in each bar; `is_degree` False: no degree, shown by a pattern."""

    name: str
    values: tuple[int, ...]
    is_degree: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars, one a category; the title and the description are its alternative text."""

    title: str
    description: str
    language: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """Where a chart is placed: the line's width (twips), and the id of the relationship to the chart's part."""

    width: int
    chart_relation: str


def drawing_xml(chart: Chart, tag_format: TagFormat, page: ChartPlace, number: int) -> str:
    """Makes the paragraph with the chart, as wide as a line; `number` is unique among the document's drawings."""
    width = max(page.width, _SMALLEST_WIDTH) * _EMU_PER_TWIP
    height = _HEIGHT + _HEIGHT_PER_BAR * len(chart.categories)
    title, description = escape_text(chart.title), escape_text(chart.description)
    return (
        f'<w:p>{tag_format.paragraphs[Role.TEXT]}<w:r><w:drawing><wp:inline xmlns:wp="{_PLACE_NS}" distT="0" distB="0" '
        f'distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="{title}" '
        f'descr="{description}" title="{title}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING_NS}">'
        f'<a:graphicData uri="{_CHART_NS}"><c:chart xmlns:c="{_CHART_NS}" xmlns:r="{_RELATIONS_NS}" '
        f'r:id="{page.chart_relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def chart_xml(chart: Chart, font: str, book_relation: str) -> str:
    """Makes the chart's part; `book_relation` is its relationship to the workbook that `cells_of` describes."""
    series = "".join(_series_xml(chart, index, fill) for index, fill in enumerate(_fills(chart)))
    typeface = f'<a:latin typeface="{escape_text(font)}"/>' if font else ""
    return (
        f'<c:chartSpace xmlns:c="{_CHART_NS}" xmlns:a="{_DRAWING_NS}" xmlns:r="{_RELATIONS_NS}"><c:date1904 val="0"/>'
        f'<c:lang val="{chart.language}"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        '<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="percentStacked"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="1"/>'
        f'<c:axId val="2"/></c:barChart>{_AXES}</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/>'
        '</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/>'
        f'</a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="850"><a:solidFill><a:srgbClr '
        f'val="{_TEXT_DARK}"/></a:solidFill>{typeface}</a:defRPr></a:pPr><a:endParaRPr lang="{chart.language}"/></a:p>'
        f'</c:txPr><c:externalData r:id="{book_relation}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def cells_of(chart: Chart) -> tuple[tuple[str | int, ...], ...]:
    """Returns the rows of the chart's workbook: series names in the first row, then a category a row."""
    heads: tuple[str | int, ...] = ("", *(series.name for series in chart.series))
    counts = zip(*(series.values for series in chart.series), strict=True)
    return (heads, *((name, *values) for name, values in zip(chart.categories, counts, strict=True)))


def column(index: int) -> str:
    """The letters of a workbook's column, 0-based: A, B, …, Z, AA."""
    before, last = divmod(index, 26)
    return (column(before - 1) if before else "") + chr(ord("A") + last)


SHEET = "Sheet1"
_LINE = f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{_TEXT_DARK}"/></a:solidFill></a:ln>'
_AXES = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
    '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
    '<c:noMultiLvlLbl val="0"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
    '<c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="0%" sourceLinked="0"/><c:majorTickMark val="none"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/>'
    '<c:crossBetween val="between"/></c:valAx>'
)


@dataclass(frozen=True, slots=True)
class _Fill:
    """How a series is filled, and the colours of the labels on it: text, and background (None: none)."""

    xml: str
    text: str
    behind: str | None = None


def _fills(chart: Chart) -> Iterator[_Fill]:
    steps = sum(series.is_degree for series in chart.series)
    degrees, states = count(), count()
    for series in chart.series:
        yield _solid(next(degrees), steps) if series.is_degree else _pattern(next(states))


def _solid(step: int, steps: int) -> _Fill:
    share = step / max(1, steps - 1)
    channels = [round(light + (dark - light) * share) for light, dark in zip(_LIGHT, _DARK, strict=True)]
    colour = "".join(f"{channel:02X}" for channel in channels)
    text = _TEXT_DARK if share < 0.55 else _TEXT_LIGHT  # 4.5 : 1 and more on either side
    return _Fill(f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>', text)


def _pattern(index: int) -> _Fill:
    xml = (
        f'<a:pattFill prst="{_PATTERNS[index % len(_PATTERNS)]}"><a:fgClr><a:srgbClr val="{_LINES}"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )
    return _Fill(xml, _TEXT_DARK, "FFFFFF")


def _series_xml(chart: Chart, index: int, fill: _Fill) -> str:
    series, letter, last = chart.series[index], column(index + 1), len(chart.categories) + 1
    name = _reference("str", f"${letter}$1", (series.name,))
    categories = _reference("str", f"$A$2:$A${last}", chart.categories)
    values = _reference("num", f"${letter}$2:${letter}${last}", tuple(map(str, series.values)))
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx>{name}</c:tx><c:spPr>{fill.xml}{_LINE}</c:spPr>'
        f'<c:invertIfNegative val="0"/>{_labels_xml(fill)}<c:cat>{categories}</c:cat><c:val>{values}</c:val></c:ser>'
    )


def _labels_xml(fill: _Fill) -> str:
    """Makes the labels with the counts on the bars; a count of zero has none."""
    behind = f'<a:solidFill><a:srgbClr val="{fill.behind}"/></a:solidFill>' if fill.behind else "<a:noFill/>"
    return (
        f'<c:dLbls><c:numFmt formatCode="0;;;" sourceLinked="0"/><c:spPr>{behind}</c:spPr><c:txPr><a:bodyPr/><a:p>'
        f'<a:pPr><a:defRPr sz="850" b="1"><a:solidFill><a:srgbClr val="{fill.text}"/></a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr><c:dLblPos val="ctr"/><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )


def _reference(kind: str, cells: str, values: tuple[str, ...]) -> str:
    """Makes a reference to cells of the workbook, with their values."""
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape_text(value)}</c:v></c:pt>' for i, value in enumerate(values))
    code = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    cache = f'<c:{kind}Cache>{code}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache>'
    return f"<c:{kind}Ref><c:f>{SHEET}!{cells}</c:f>{cache}</c:{kind}Ref>"
