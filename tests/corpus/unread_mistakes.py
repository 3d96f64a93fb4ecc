"""Words where nobody reads them, personal identity codes wherever they stand, and ways to reach a person."""

from collections.abc import Callable

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from generator.domain.base.heading import Field
from tests.corpus.mistake import Change, Mistake, at, both, put, restore
from tests.corpus.office import ROWS, good_value
from tests.corpus.save import CODE, Save, signed_save, unsigned_save

# Made up: the check character is right, the number is of the test range 900–999; FI21 is the standard's own example.
IDENTITY_CODE, ACCOUNT = "131052-9993", "FI21 1234 5600 0007 85"
ROW, LAST = ROWS[CODE], max(ROWS.values())
STATUS, DEGREE, NARRATIVE, OFFICER = Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE, Field.OFFICER


def write(address: str, value: object, sheet: str = "") -> Change:
    def change(save: Save) -> None:
        """Types into any cell; the sheet is made where there is none."""
        name = sheet or save.sheet.title
        found = save.book[name] if name in save.book.sheetnames else save.book.create_sheet(name)
        found[address] = value

    return change


def note(address: str, text: str, author: str = "Anna") -> Change:
    return lambda save: setattr(save.sheet[address], "comment", Comment(text, author) if text else None)


def colour(address: str, fill: str) -> Change:
    return lambda save: setattr(save.sheet[address], "fill", PatternFill("solid", fgColor=fill))


def _no_fill(address: str) -> Change:
    return lambda save: setattr(save.sheet[address], "fill", PatternFill())


def _remove(sheet: str) -> Change:
    return lambda save: save.book.remove(save.book[sheet])


def _cell(name: str, address: str, value: object, start: Callable[[], Save] = signed_save) -> Mistake:
    """Words in a cell that is not read; they are taken out of it again."""
    given: list[object] = []

    def spoil(save: Save) -> None:
        given.append(save.sheet[address].value)
        save.sheet[address] = value

    return Mistake(
        f"unread: {name}",
        spoil,
        (("not-read", address),),
        lambda save: write(address, given.pop())(save),
        start,
    )


def _cells() -> tuple[Mistake, ...]:
    return (
        _cell("words beside the table", f"K{ROW}", "Hanke siirtyi syksyyn"),
        _cell("words far beside the table", f"T{ROW}", "ks. muistio"),
        _cell("a number beside the table", f"K{ROW}", 4),
        _cell("a degree in the grey column", f"I{ROW}", "4"),
        _cell("another label in the grey column", f"I{ROW}", "3 Toteutus on aloitettu, ei vielä valmis"),
        _cell("words in the grey column", f"J{ROW}", "Työ valmistui."),
        _cell("words behind the grey ones", f"J{ROW}", "Viime kaudella valmisteltiin. Nyt valmis."),
        _cell("words beside the table of one's own", f"I{ROW}", "Hanke siirtyi", unsigned_save),
        _cell("words above the headings", "A1", "Huom. Anna on lomalla"),
        _cell("words between title and headings", "F2", "Luonnos"),
        _cell("words above the headings of one's own", "A1", "Huom. Anna on lomalla", unsigned_save),
        _cell("words in column A below the table", f"A{LAST + 2}", "Kaikki on hyvin"),
        _cell("words in the narrative's column below the table", f"J{LAST + 2}", "Kaikki on hyvin"),
        _cell("words below the table of one's own", f"A{LAST + 2}", "Kaikki on hyvin", unsigned_save),
        _cell("words beside the officer's name", at(OFFICER), "Hallintojohtaja; sijaisena Anna Aalto"),
        _cell("a person instead of the officer", at(OFFICER), "Anna Aalto"),
        _cell("words beside the headings", "L3", "Lisätietoja antaa Anna"),
    )


def _sheets() -> tuple[Mistake, ...]:
    return (
        Mistake(
            "unread: words on a second sheet",
            write("B2", "Muistiinpanoja", "Muistio"),
            (("not-read", "B2"),),
            _remove("Muistio"),
        ),
        Mistake(
            "unread: words on the instructions",
            write("D4", "Onko tämä oikein?", "Ohje"),
            (("not-read", "D4"),),
            write("D4", None, "Ohje"),
        ),
        Mistake(
            "unread: words on a second sheet of one's own workbook",
            write("A1", "Muistiinpanoja", "Taul2"),
            (("not-read", "A1"),),
            _remove("Taul2"),
            unsigned_save,
        ),
    )


def _notes() -> tuple[Mistake, ...]:
    threaded = (
        "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment. Learn more: "
        "https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    Tarkista luku"
    )
    named = (("a note", "Tarkista tämä"), ("a note with its author", "Anna:\nTarkista"), ("a conversation", threaded))
    return (
        *(
            Mistake(
                f"unread: {name}",
                note(at(NARRATIVE), text),
                (("not-read", at(NARRATIVE)),),
                note(at(NARRATIVE), ""),
            )
            for name, text in named
        ),
        Mistake(
            "unread: a narrative that stands in a note alone",
            both(put(NARRATIVE, None), note(at(NARRATIVE), "Työ eteni suunnitellusti.")),
            (("not-read", at(NARRATIVE)), ("narrative-empty", at(NARRATIVE))),
            both(note(at(NARRATIVE), ""), put(NARRATIVE, good_value(CODE, NARRATIVE))),
            rewords=(CODE,),
        ),
        Mistake("unread: a note beside the table", note("M2", "Kysy Annalta"), (("not-read", "M2"),), note("M2", "")),
    )


def _colours() -> tuple[Mistake, ...]:
    back = put(STATUS, good_value(CODE, STATUS))
    return tuple(
        Mistake(
            f"unread: {name} instead of a status",
            both(put(STATUS, None), colour(at(field), fill)),
            (("not-read", at(field)),),
            both(back, _no_fill(at(field))),
            start,
            rewords=(CODE,),
        )
        for name, field, fill, start in (
            ("red", STATUS, "FFFF0000", signed_save),
            ("green", DEGREE, "FF00B050", signed_save),
            ("yellow", NARRATIVE, "FFFFFF00", signed_save),
            ("red in one's own workbook", STATUS, "FFFF0000", unsigned_save),
        )
    )


def _codes() -> tuple[Mistake, ...]:
    rule = "personal-identity-code"
    in_cells = (
        ("in the degree", DEGREE, IDENTITY_CODE),
        ("in the overall status", STATUS, IDENTITY_CODE),
        ("in the officer's cell", OFFICER, f"Anna {IDENTITY_CODE}"),
        ("with blanks", NARRATIVE, "Asiakas 131052 - 9993 ohjattiin."),
        ("with a blank behind the sign", NARRATIVE, "131052- 9993"),
        ("with blanks in the day", NARRATIVE, "13 10 52-9993"),
        ("broken over two lines", NARRATIVE, "131052-\n9993"),
    )
    return (
        *(
            Mistake(f"identity code: {name}", put(field, text), ((rule, at(field)),), restore(field), stops=(CODE,))
            for name, field, text in in_cells
        ),
        Mistake(
            "identity code: beside the table",
            write(f"K{ROW}", f"Asiakas {IDENTITY_CODE}"),
            ((rule, f"K{ROW}"),),
            write(f"K{ROW}", None),
            stops=(CODE,),
        ),
        Mistake(
            "identity code: in a note",
            note(at(DEGREE), f"Asiakas {IDENTITY_CODE}"),
            ((rule, at(DEGREE)),),
            note(at(DEGREE), ""),
            stops=(CODE,),
        ),
        *(
            Mistake(f"identity code: {name}", write(address, IDENTITY_CODE, sheet), ((rule, address),), mend, stops=())
            for name, address, sheet, mend in (
                ("above the headings", "F2", "", write("F2", None)),
                ("below the table", f"K{LAST + 5}", "", write(f"K{LAST + 5}", None)),
                ("on a second sheet", "B2", "Muistio", _remove("Muistio")),
            )
        ),
    )


def _contacts() -> tuple[Mistake, ...]:
    texts = (
        ("an e-mail address", "Lisätietoja: anna.aalto@kunta.fi."),
        ("a hidden e-mail address", "Lisätietoja anna.aalto(at)kunta.fi"),
        ("a mobile number", "Soita 040 123 4567."),
        ("an international number", "Soita +358 40 1234567."),
        ("the switchboard", "Kunnan vaihde (09) 816 2400"),
        ("a bank account", f"Lahjoitukset tilille {ACCOUNT}."),
    )
    return (
        *(
            Mistake(
                f"contact: {name}",
                put(NARRATIVE, text),
                (("contact-details", at(NARRATIVE)),),
                restore(NARRATIVE),
                rewords=(CODE,),
            )
            for name, text in texts
        ),
        Mistake(
            "contact: in the risks",
            put(Field.MAIN_RISKS, "Anna puuttuu, anna.aalto@kunta.fi"),
            (("contact-details", at(Field.MAIN_RISKS)),),
            restore(Field.MAIN_RISKS),
            rewords=(CODE,),
        ),
    )


UNREAD_MISTAKES = (*_cells(), *_sheets(), *_notes(), *_colours(), *_codes(), *_contacts())
