"""What Jinja and Python say of a tag that cannot be read or printed, in words that are translated."""

import re

import jinja2

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import BROKEN_TAG, NOT_PRINTABLE, Fault, TemplatePlace, make_error

_FILTER = re.compile(r"No (?:filter|test) named '(.*?)'", re.DOTALL)
_WORD = re.compile(r"Encountered unknown tag '(.*?)'", re.DOTALL)
_ENDED = re.compile(r".*(?:unexpected 'end of |got 'end of |unexpected end of |Unexpected end of )", re.DOTALL)
_CHARACTER = re.compile(r"(?:unexpected char |unexpected |.*got )'(.*?)'", re.DOTALL)


def syntax_error(reason: str, place: TemplatePlace) -> TemplateError:
    """The error for a tag that Jinja cannot read, given what it says."""
    for pattern, fault in _KNOWN:
        if found := pattern.match(reason):
            return make_error(fault, place, **({"name": found[1]} if pattern.groups else {}))
    known = _known_reason(reason)
    return make_error(BROKEN_TAG, place, reason=known) if known else make_error(NOT_READ, place, said=reason)


def printing_error(error: Exception, place: TemplatePlace) -> TemplateError:
    """The error for a tag that cannot be printed, given what was raised; what has no translation is quoted."""
    said = str(error) or type(error).__name__
    if found := _FILTER.match(said):
        return make_error(NO_FILTER, place, name=found[1])
    kinds = (reason for kind, reason in _KINDS if isinstance(error, kind))
    reason = _known_reason(said) or next(kinds, None)
    return make_error(NOT_PRINTABLE, place, reason=reason) if reason else make_error(NOT_PRINTED, place, said=said)


def _known_reason(said: str) -> str | None:
    return next((reason for pattern, reason in _REASONS if pattern.search(said)), None)


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
# What nobody has translated is quoted as `said`.
NOT_READ = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the tag cannot be read (in English: {said}). "
        "The cell reads: {near}"
    ),
    N_("{part}: the tag cannot be read (in English: {said}). The paragraph reads: {near}"),
    N_("Mend the tag. The fields and their tags: seuranta template fields"),
)
NOT_PRINTED = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the tag cannot be printed (in English: {said}). "
        "The cell reads: {near}"
    ),
    N_("{part}: the tag cannot be printed (in English: {said}). The paragraph reads: {near}"),
    N_("Mend the tag. The fields and their tags: seuranta template fields"),
)
NESTED_TOO_DEEP = N_("too deep")
_TOO_LARGE, _NO_SUCH = N_("the result is too large"), N_("what the tag asks for does not exist")
# By what is said, the first that fits. Our own sandbox says the first three itself.
_REASONS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        ("^the result is too large$", _TOO_LARGE),
        ("^a list or a group of fields$", N_("a list or a group of fields")),
        ("^whole paragraphs$", N_("whole paragraphs")),
        ("(?:division|modulo) by zero|to a negative power", N_("division by zero")),
        ("recursion", NESTED_TOO_DEEP),
        ("is unsafe", N_("a template may not use that")),
        ("not iterable|non-iterable|has no len|was not a sequence", N_("a list is needed")),
        ("values to unpack", N_("there are more or fewer names than values")),
        ("not callable", N_("parentheses cannot stand behind it")),
        (
            "argument\\(s\\)|positional argument|keyword argument|was not provided",
            N_("too many or too few values in parentheses"),
        ),
        ("format", N_("the text with % does not fit its values")),
        ("sequence was empty", N_("the list is empty")),
        ("non-namespace|assign to", N_("a field cannot be changed")),
        ("defined twice", N_("two blocks have the same name")),
        ("^(?:[Ee]xpected|[Ii]nvalid|tag name|non-default|You cannot)", N_("its words do not stand as they must")),
        ("has no (?:element|attribute)|is undefined", _NO_SUCH),
    )
)
# Else by the kind of what was raised.
_KINDS = (
    (LookupError, _NO_SUCH),
    (AttributeError, _NO_SUCH),
    (ArithmeticError, _TOO_LARGE),
    (TypeError, N_("a text, a number or a list stands where another of them is needed")),
    ((ValueError, jinja2.exceptions.FilterArgumentError), N_("a value is not one of those that are allowed there")),
)
