"""What Jinja says of a tag that it cannot read, in words that are translated."""

import re

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import BROKEN_TAG, Fault, TemplatePlace, make_error

_FILTER = re.compile(r"No (?:filter|test) named '(.*?)'", re.DOTALL)
_WORD = re.compile(r"Encountered unknown tag '(.*?)'", re.DOTALL)
_ENDED = re.compile(r".*(?:unexpected 'end of |got 'end of |unexpected end of |Unexpected end of )", re.DOTALL)
_CHARACTER = re.compile(r"(?:unexpected char |unexpected |.*got )'(.*?)'", re.DOTALL)


def syntax_error(reason: str, place: TemplatePlace) -> TemplateError:
    """The error for a tag that Jinja cannot read, given what it says."""
    for pattern, fault in _KNOWN:
        if found := pattern.match(reason):
            return make_error(fault, place, **({"name": found[1]} if pattern.groups else {}))
    return make_error(BROKEN_TAG, place, reason=reason)


NO_FILTER = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: there is no filter “{name}”. The cell reads: {near}"),
    N_("{part}: there is no filter “{name}”. The paragraph reads: {near}"),
    N_("Leave out the bar (|) and what follows it. Usual ones are upper, lower, length, first and last."),
)
UNKNOWN_WORD = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: no tag begins with “{name}”. The cell reads: {near}"),
    N_("{part}: no tag begins with “{name}”. The paragraph reads: {near}"),
    N_("Tags begin with for, if, elif, else, endfor, endif or set. All fields: seuranta template fields"),
)
ENDS_EARLY = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: the tag ends too early. The cell reads: {near}"),
    N_("{part}: the tag ends too early. The paragraph reads: {near}"),
    N_("Mend the tag. The fields and their tags: seuranta template fields"),
)
UNEXPECTED = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: “{name}” cannot stand there in a tag. The cell reads: {near}"),
    N_("{part}: “{name}” cannot stand there in a tag. The paragraph reads: {near}"),
    N_("Mend the tag. The fields and their tags: seuranta template fields"),
)
_KNOWN = ((_FILTER, NO_FILTER), (_WORD, UNKNOWN_WORD), (_ENDED, ENDS_EARLY), (_CHARACTER, UNEXPECTED))
# What else is said of tags that cannot be printed, as `reason`.
REASONS = (
    N_("division by zero"),
    N_("a list or a group of fields"),
    N_("whole paragraphs"),
    N_("too deep"),
    N_("maximum recursion depth exceeded"),
)
