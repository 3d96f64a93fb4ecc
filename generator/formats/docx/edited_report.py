"""What a report that somebody has edited says otherwise than ours, by the bookmarks that enclose each value."""

from generator.domain.follow_up.status import Difference
from generator.formats.docx.printed_values import PrintedValue, document_text
from generator.formats.opc.package import read_parts
from generator.formats.opc.xml import PackageError


def differences(edited: bytes, ours: bytes) -> tuple[Difference, ...] | None:
    """Where two reports differ: the goals' values in their order, and last, without a code, whatever else they say.

    None where the edited one is no Word document that can be read, or has lost the bookmarks of its values.
    """
    try:
        theirs, own = document_text(read_parts(edited)), document_text(read_parts(ours))
    except PackageError:
        return None
    if own.values and not theirs.values:
        return None
    found = _differing(dict(theirs.values), dict(own.values))
    return found if theirs.others == own.others else (*found, Difference("", ""))


def _differing(theirs: dict[str, str], own: dict[str, str]) -> tuple[Difference, ...]:
    changed = (name for name in {**own, **theirs} if own.get(name) != theirs.get(name))
    values = (PrintedValue(name, "") for name in changed)
    return tuple(Difference(value.code, value.field) for value in values)
