"""Finds struck-through words in a document: a person may have meant to take them out, or to leave them for later."""

from itertools import groupby

from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

_MARKS = tuple(f"{w('rPr')}/{w(name)}" for name in ("strike", "dstrike"))
_OFF = ("0", "false", "off")


def struck_texts(root: Element) -> tuple[str, ...]:
    """Returns the struck-through words of each paragraph, those that follow each other as one text."""
    found = list[str]()
    for paragraph in root.iter(w("p")):
        runs = (run for run in paragraph.iter(w("r")) if next(run.iterancestors(w("p")), None) is paragraph)
        for is_struck, group in groupby(runs, _is_struck):
            text = "".join(each.text or "" for run in group for each in run.iterchildren(w("t"))).strip()
            found += [text] if is_struck and text else []
    return tuple(found)


def _is_struck(run: Element) -> bool:
    return any(mark is not None and str(mark.get(w("val"), "1")) not in _OFF for mark in map(run.find, _MARKS))
