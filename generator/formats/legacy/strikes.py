"""Finds which styles of an .ods strike their text through.

Source: OpenDocument 1.3 part 3 §16.2 style:style and its parent, §16.4 style:default-style, §20.373 and §20.375
    style:text-line-through-style and -type.
"""

from typing import TypeAlias

from generator.formats.opc.meter import Meter

Attributes: TypeAlias = dict[str, str]
CELL, TEXT, PARAGRAPH = "table-cell", "text", "paragraph"
_DEFAULT = "Default"  # the style of a cell that names none
_LONGEST_LINE = 50  # parents of a style


class Strikes:
    """Collects the styles as they are parsed, and says of each whether it strikes through."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._parents: dict[tuple[str, str], str] = {}
        self._own: dict[tuple[str, str], bool] = {}
        self._style = ("", "")

    def start_style(self, style: Attributes) -> None:
        """Takes a style's name, family and parent; the next `take_text` is about this style."""
        self._meter.add("marks", 1)
        family = style.get("style:family", "")
        self._style = family, style.get("style:name", "")
        self._own.pop(self._style, None)
        self._parents[self._style] = style.get("style:parent-style-name", "")

    def take_text(self, text: Attributes) -> None:
        """Takes the text properties of the style that was begun last."""
        said = [text.get(f"style:text-line-through-{what}") for what in ("style", "type")]
        if any(said):
            self._own[self._style] = "none" not in said

    def of_cell(self, name: str) -> bool:
        """True if a cell style strikes the cell's text through."""
        return bool(self._find(CELL, name or _DEFAULT))

    def of_text(self, family: str, name: str) -> bool | None:
        """True or False if a style of a paragraph or of words decides it; None if its surroundings decide."""
        return self._find(family, name) if name else None

    def _find(self, family: str, name: str) -> bool | None:
        for _ in range(_LONGEST_LINE):
            own = self._own.get((family, name))
            if own is not None or not name:  # the family's default style has no name
                return own
            name = self._parents.get((family, name), "")
        return None
