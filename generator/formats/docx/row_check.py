"""Checks a single row once, when it is printed: its words must be in the XML, and nothing forbidden."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.formats.docx.forbidden_content import forbidden_faults
from generator.formats.docx.printed_values import read_text
from generator.formats.docx.required_content import WORDS, is_told
from generator.formats.docx.rows import RowOnDemand
from generator.formats.opc.wordml import TAG
from generator.formats.opc.xml import PackageError, parse_xml


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What was found in a row.

    `is_clean`: its values can be seen as they were printed, and nothing stands there that may not be published;
    `is_told`: the officers' words are among the values.
    """

    is_clean: bool
    is_told: bool


def check_row(part: bytes, row: RowOnDemand, values: Mapping[str, str], hidden: frozenset[str]) -> RowVerdict | None:
    """Reads a printed row and checks it; None if the row alone is not well-formed XML.

    Args:
        part: XML whose root is that of the document's part, and holds the row alone.
        row: what it must say.
        values: the texts that its bookmarks enclose, by name, as they were printed.
        hidden: the ids of the styles that hide text.
    """
    try:
        root = parse_xml(part)
    except PackageError:
        return None
    text = read_text(root, hidden)
    has_tag = any("{" in other and TAG.search(other) for other in text.others)
    is_clean = dict(text.values) == values and not has_tag and not forbidden_faults(root, "document")
    return RowVerdict(is_clean, says_words(row, values))


def says_words(row: RowOnDemand, values: Mapping[str, str]) -> bool:
    """True if the officers' words are among the values of a printed row."""
    return any(values.values()) and all(is_told(row.source, field, values, row.lang.names) for field in WORDS)


def shape_of(xml: str) -> str | None:
    """Returns a row's XML without its texts, so that equal shapes mean equal layout; None if a text must be looked at.

    What was found in a row is so in all of its shape, since words are escaped. A brace could be a tag that was left.
    """
    if "{" in xml or (not xml.isprintable() and _UNPRINTABLE.search(xml)) or ("&" in xml and _BARE.search(xml)):
        return None
    return _WORDS.sub("><", _OWN_NUMBER.sub("", xml))


_WORDS = re.compile(r">[^<]*<")
_OWN_NUMBER = re.compile(r' w:id="\d+"| w:name="g_[\d_]+')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BARE = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")
