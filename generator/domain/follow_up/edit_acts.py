"""Acts by which a person changes the words of a report: a value edited in a draft, a text written, an act undone.

The journal holds these acts, and the archive their texts, by SHA-256 of the UTF-8 bytes.
"""

from dataclasses import dataclass

# The places of texts in the whole report; the remark on a council-term goal has the goal's code as its place.
TEXT_PLACES = ("foreword", "assessment", "closing")


@dataclass(frozen=True, slots=True)
class DraftEdit:
    """A value that a person changed in a draft.

    `field` is that of the value's bookmark. A narrative or main risks are printed as edited, as long as the officer's
    text is the one that was edited; any other value is an open matter and is never printed by itself. `officer` is
    whose text it is (an empty string: no officer's). `before` is the digest of the officer's text, or of the printed
    value; `after` is that of the edited text; `draft` is that of the edited file (an empty string: chosen in the
    workbook). `conflict` is an empty string, or the digest of the file in which the person edited a value that another
    file changed before: such an edit is an open matter beside the other one.
    """

    period: str
    code: str
    officer: str
    field: str
    before: str
    after: str
    draft: str
    who: str
    time: str
    because: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class EditedDraft:
    """A draft that a person edited was read, and its edits were entered.

    `path` is relative to the outbox; `digest` is that of the file, which the archive keeps; `made_from` is the digest
    of the values of the draft that it was made from (an empty string: not known).
    """

    period: str
    path: str
    digest: str
    made_from: str
    time: str


@dataclass(frozen=True, slots=True)
class EditedCopy:
    """A document that a person edited and whose edits are not carried on was kept in the archive.

    `path` is relative to the outbox; `digest` is that of the file.
    """

    period: str
    path: str
    digest: str
    time: str


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text of the report that a person wrote on the sheet of texts.

    `place` is where it is printed: one of `TEXT_PLACES`, or a council-term goal's code. `language` is
    fi, sv or en; `text` is the digest of the text, which may be empty: then nothing is printed.
    """

    period: str
    place: str
    language: str
    text: str
    who: str
    time: str


@dataclass(frozen=True, slots=True)
class UndoneAct:
    """An act was undone: `act` is its number in the journal. It counts no more, nor does an earlier one that it
    replaced.
    """

    period: str
    act: int
    who: str
    time: str
    because: str = ""
