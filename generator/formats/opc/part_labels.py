"""What people call the parts of a Word document; the words are messages of the catalogue."""

import re


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for a message that is translated later
    """Marks a message for the catalogue."""
    return message


_LABELS = {
    "document": N_("body text"),
    "header": N_("header"),
    "footer": N_("footer"),
    "footnotes": N_("footnotes"),
    "endnotes": N_("endnotes"),
    "styles": N_("styles"),
    "numbering": N_("lists"),
}
_NUMBER = re.compile("[0-9]*$")


def part_label(part: str) -> str:
    """`header` of `header1`; the part's own name where it has no other."""
    return _LABELS.get(_NUMBER.sub("", part), part)
