"""Prepares tags that print a value within a paragraph, beside other text: `{{r row.narrative }}`."""

from collections.abc import Mapping
from copy import deepcopy

from generator.formats.docx.run_format import read_tag_format
from generator.formats.docx.runs import TagFormat
from generator.formats.docx.tags import RUN_PRINTER, Tag
from generator.formats.opc.wordml import own_texts, w
from generator.formats.opc.xml import Element

_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def prepare_run_tags(tags: tuple[Tag, ...], styles: Mapping[str, str], first: int) -> tuple[TagFormat, ...]:
    """Makes each tag print its value in the format of its own run. Returns these formats, numbered from `first`."""
    return tuple(_prepare(tag, styles, number) for number, tag in enumerate(tags, first))


def _prepare(tag: Tag, styles: Mapping[str, str], number: int) -> TagFormat:
    run = _alone_in_its_run(tag)
    for text in run.iter(w("t")):
        text.text = f"{{{{r ({tag.words})|{RUN_PRINTER}({number}) }}}}"
    return read_tag_format(run, styles)


def _alone_in_its_run(tag: Tag) -> Element:
    """Splits a tag's run from the text before and after it, whose format docxtpl would drop. Returns the tag's run."""
    piece = next(text for text in own_texts(tag.element) if tag.text in (text.text or ""))
    run = next(piece.iterancestors(w("r")))
    before, _, after = (piece.text or "").partition(tag.text)
    content = [child for child in run if child.tag != w("rPr")]
    number = content.index(piece)
    own, rest = deepcopy(run), deepcopy(run)
    run.addnext(own)
    own.addnext(rest)
    _keep(run, slice(0, number + 1), before)
    _keep(own, slice(number, number + 1), tag.text)
    _keep(rest, slice(number, len(content)), after, at=0)
    return own


def _keep(run: Element, kept: slice, text: str, at: int = -1) -> None:
    """Keeps only some of a run's content, and replaces the text at one end of it."""
    content = [child for child in run if child.tag != w("rPr")]
    left = content[kept]
    for child in content:
        if child not in left:
            run.remove(child)
    left[at].text = text
    left[at].set(_PRESERVE, "preserve")
