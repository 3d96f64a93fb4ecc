"""What a report that somebody has edited says otherwise than ours, by the bookmarks that enclose each value."""

from generator.domain.follow_up.status import Difference
from generator.errors import TemplateError
from generator.formats.docx.package import read_package
from generator.formats.docx.printed_values import PrintedValue, document_text


def differences(edited: bytes, ours: bytes) -> tuple[Difference, ...] | None:
    """Where two reports differ: the goals' values in their order, and last, without a code, whatever else they say.

    None where the edited one is no Word document that can be read, or has lost the bookmarks of its values.
    """
    try:
        theirs, own = document_text(read_package(edited)), document_text(read_package(ours))
    except TemplateError:
        return None
    if own.values and not theirs.values:
        return None
    found = _differing(dict(theirs.values), dict(own.values))
    return found if theirs.others == own.others else (*found, Difference("", ""))


def _differing(theirs: dict[str, str], own: dict[str, str]) -> tuple[Difference, ...]:
    changed = (name for name in {**own, **theirs} if own.get(name) != theirs.get(name))
    values = (PrintedValue(name, "") for name in changed)
    return tuple(Difference(value.code, value.field) for value in values)
