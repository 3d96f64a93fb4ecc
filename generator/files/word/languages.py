"""Marks a goal's title with its language where it is another than the document's, so that it is read aloud right."""

import re

from generator.files.word.guards import put_before
from generator.files.word.package import Element, add_element
from generator.files.word.tags import Tag, w

_TITLE = re.compile(r"(\w+)\.(?:title|heading)")
# Source: ISO/IEC 29500-1, 17.3.2.28, the order of what a run's properties hold.
_AFTER_LANGUAGE = (w("eastAsianLayout"), w("specVanish"), w("oMath"), w("rPrChange"))


def mark_languages(root: Element, tags: tuple[Tag, ...]) -> None:
    """Has each run that prints nothing but a goal's title tell its language. Source: WCAG 2.1, 3.1.2."""
    goals = {tag.text: found[1] for tag in tags if tag.is_value and (found := _TITLE.fullmatch(tag.words))}
    if goals:
        for run in list(root.iter(w("r"))):
            if goal := goals.get("".join(text.text or "" for text in run.iter(w("t"))).strip()):
                _mark(run, goal)


def _mark(run: Element, goal: str) -> None:
    look = run.find(w("rPr"))
    if look is None:
        look = add_element(run, w("rPr"))
        run.insert(0, look)
    for own in look.findall(w("lang")):
        look.remove(own)
    language = add_element(look, w("lang"), {w("val"): f"{{{{ {goal}.language }}}}"})
    following = next((child for child in look if child.tag in _AFTER_LANGUAGE), None)
    if following is not None:
        following.addprevious(language)
    put_before(language, f"{{% if {goal}.language %}}")
    language.tail = "{% endif %}"
