"""Finds what a document shows without words: pictures, charts, drawn shapes, equations and symbols."""

from collections.abc import Iterator, Mapping

from generator.disk.digests import sha256_of
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import TEXT_TYPES, w
from generator.formats.opc.xml import Element, parse_xml

_PICTURES = "word/media/"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART_TEXTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}v",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}t",
)
_EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_SHOWN = (w("drawing"), w("pict"), w("object"), w("sym"), _EQUATION)
# The same once more, for programs that do not know the newer form.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def wordless_content(parts: Mapping[str, bytes], root: Element) -> frozenset[str]:
    """Returns the digests of the pictures, what the charts say, and how many things are shown without words.

    A program may write a shape in another form when it saves; their number stays.

    Args:
        root: the main part, with its tracked changes accepted.
    """
    margins = (parse_xml(parts[name]) for name in parts_of_type(parts, *TEXT_TYPES[1:]))
    number = sum(1 for each in (root, *margins) for _ in _shown(each))
    pictures = (sha256_of(data) for name, data in parts.items() if name.startswith(_PICTURES))
    charts = (_chart(parts[name]) for name in parts_of_type(parts, _CHART_TYPE))
    return frozenset((*pictures, *charts, f"{number} shown"))


def _shown(root: Element) -> Iterator[Element]:
    return (each for each in root.iter(*_SHOWN) if next(each.iterancestors(_FALLBACK), None) is None)


def _chart(part: bytes) -> str:
    texts = (each.text or "" for each in parse_xml(part).iter(*_CHART_TEXTS))
    return "\n".join(("chart", *texts))
