"""Finds what a template's file may not contain: macros, another kind of document, tags in parts never filled in."""

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from generator.domain.base.finding import shown
from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import MACROS
from generator.formats.docx.package import parse_xml
from generator.formats.opc.package import CONTENT_TYPES, in_order, parts_of_type
from generator.formats.opc.relationships import RELATIONSHIP
from generator.formats.opc.wordml import MAIN_TYPE, TAG, TEXT_TYPES, w
from generator.formats.opc.xml import to_xml

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OF_MACROS = ("vbaproject.bin", "vbadata.xml")
# What a report does not take over from its template.
_LEFT_OUT = ("docProps/", "word/comments")
COMMENT_AUTHOR = "Seuranta"
_NOT_PRINTED = (*_LEFT_OUT, "customXml/", "word/glossary/")


def require_well_formed(parts: Mapping[str, bytes]) -> None:
    """Raises TemplateError if a part without tags is damaged: Word could not open a report made from it."""
    for name in parts:
        if name.endswith((".xml", ".rels")) and not name.startswith("customXml/"):
            parse_xml(parts[name])


def require_transitional(parts: Mapping[str, bytes]) -> None:
    """Raises TemplateError if the file is “Strict Open XML”, whose elements have other names."""
    for name in parts_of_type(parts, MAIN_TYPE):
        if str(parse_xml(parts[name]).tag).startswith(f"{{{_STRICT}}}"):
            raise TemplateError(*STRICT)


def part_faults(parts: Mapping[str, bytes], own: str = "") -> Iterator[TemplateError]:
    """Yields an error for each forbidden part of the file, and for each tag that would be printed as it is.

    Args:
        own: words of the plan and of officers, in which a tag is none.
    """
    if any(name.lower().endswith(_OF_MACROS) for name in parts):
        yield TemplateError(*MACROS)
    filled = frozenset(parts_of_type(parts, *TEXT_TYPES))
    for name in in_order(parts):
        if name.endswith(".rels"):
            yield from _tags_in_links(parts[name])
        elif name.endswith(".xml") and name not in filled and (kind := _kind(name)):
            for tag in _tags_in(parts[name]):
                if tag not in own:
                    yield TemplateError(*kind, tag=shown(tag))


def part_questions(parts: Mapping[str, bytes]) -> Iterator[TemplateError]:
    """Yields a question for each tag in comments and properties: a report does not take these over."""
    for name in in_order(parts):
        if name.startswith(_LEFT_OUT):
            for tag in _tags_in(_without_ours(parts[name])):
                yield TemplateError(*(COMMENT_TAG if "comments" in name else PROPERTY_TAG), tag=shown(tag))


def _kind(name: str) -> tuple[str, str] | None:
    """Returns the kind of error that a tag in this part is; None if the part is not printed."""
    if name == CONTENT_TYPES or name.startswith(_NOT_PRINTED):
        return None
    if "/diagrams/" in name:
        return None if "/drawing" in name else DIAGRAM
    return CHART if "/charts/" in name else OTHER_PART


def _tags_in(part: bytes) -> list[str]:
    if b"{" not in part:
        return []
    root = parse_xml(part)
    texts = ["".join(map(str, root.itertext()))]
    texts += [str(value) for element in root.iter("*") for value in element.attrib.values()]
    return list(dict.fromkeys(tag for text in texts for tag in TAG.findall(text)))


def _without_ours(part: bytes) -> bytes:
    """A part without the comments of `seuranta template comments`, which quote tags."""
    if COMMENT_AUTHOR.encode() not in part:
        return part
    root = parse_xml(part)
    for comment in [each for each in root if each.get(w("author")) == COMMENT_AUTHOR]:
        root.remove(comment)
    return to_xml(root)


def _tags_in_links(part: bytes) -> Iterator[TemplateError]:
    for relation in parse_xml(part).iter(RELATIONSHIP):
        for tag in TAG.findall(unquote(str(relation.get("Target", "")))):
            yield TemplateError(*LINK, tag=shown(tag))


_MOVE = N_("Write the tag as text of the document, outside it.")
STRICT = (
    N_("The template is saved as a “Strict Open XML Document”, which cannot be filled in."),
    N_("Open the template in Word, choose Save as, and choose Word document (.docx), not the strict one."),
)
DIAGRAM = (N_("A SmartArt graphic holds {tag}, which would be printed as it is."), _MOVE)
CHART = (N_("A chart holds {tag}, which would be printed as it is."), _MOVE)
LINK = (N_("The address of a link holds {tag}, which would stay as it is."), _MOVE)
OTHER_PART = (N_("A part of the template that is never filled in holds {tag}."), _MOVE)
COMMENT_TAG = (
    N_("A comment holds {tag}. Comments are left out of reports."),
    N_("Nothing needs to be done, if the tag was not meant to be printed."),
)
PROPERTY_TAG = (
    N_("A property of the template holds {tag}. Each report gets properties of its own."),
    N_("Nothing needs to be done: the program writes the title, the case number and the municipality."),
)
