"""Mistakes in the file as a whole: what it is, whose it is, of which period, and what it repeats of the one before."""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO

from generator.domain.base.heading import Field
from generator.domain.base.settings import IdentityPolicy
from generator.domain.plan.goals import Plan
from tests.builders import CLERK
from tests.corpus.mistake import Change, Mistake, at, both, named, put, restore
from tests.corpus.office import FILE, KEY, PLAN, PREVIOUS, ROWS
from tests.corpus.save import CODE, FIRST_SHEET, OWN_IDENTITY, Parts, Save, fill, unsigned_save, zipped

ALL = tuple(ROWS)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")


def _instead(data: bytes) -> Change:
    return lambda save: setattr(save, "data", data)


def _workbook_again(save: Save) -> None:
    save.data = None


def _cut(save: Save) -> None:
    save.data = save.saved()[:4000]


def _one_byte_wrong(save: Save) -> None:
    """A bit that fell over on the way, in the middle of the sheet's packed bytes."""
    data = bytearray(save.saved())
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    data[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 255
    save.data = bytes(data)


def _zip(*names: str, content: bytes = b"<x/>", **others: bytes) -> bytes:
    return zipped(dict.fromkeys(names, content) | others)


def _compound(stream: str) -> bytes:
    return COMPOUND + bytes(512) + stream.encode("utf-16-le")


def _open_document() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    return stream.getvalue()


def _binary_workbook() -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    target = f'<Relationship Id="a" Type="{kind}" Target="xl/workbook.bin"/>'
    return zipped({"_rels/.rels": f'<Relationships xmlns="{links}">{target}</Relationships>'.encode()})


def _other_files() -> tuple[Mistake, ...]:
    files: tuple[tuple[str, str, Change], ...] = (
        ("empty", "empty-file", _instead(b"")),
        ("nothing but zeros", "empty-file", _instead(bytes(4096))),
        ("a PDF", "not-a-workbook", _instead(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")),
        ("a picture", "not-a-workbook", _instead(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        ("any zip", "not-a-workbook", _instead(_zip("word/document.xml", "[Content_Types].xml"))),
        ("text", "not-a-workbook", _instead(b"Olen lomalla elokuuhun asti.")),
        ("text with commas", "not-a-workbook", _instead(b"Olen lomalla, palaan elokuussa.\nTerveisin, K")),
        ("a link to Google Sheets", "not-a-workbook", _instead(b'{"url": "https://docs.google.com/open?id=1"}')),
        ("a link", "not-a-workbook", _instead(b"[InternetShortcut]\r\nURL=https://kunta.fi/\r\n")),
        ("a Word document of 2003", "not-a-workbook", _instead(_compound("WordDocument"))),
        ("a mail", "not-a-workbook", _instead(b"From: K\r\nTo: S\r\n\r\nLiite.")),
        (
            "comma-separated",
            "save-as-xlsx",
            _instead("Vuositavoite;Etenemisaste;Eteneminen\r\n01.02;3;Työ\r\n".encode()),
        ),
        ("tab-separated in UTF-16", "save-as-xlsx", _instead("Vuositavoite\tAste\r\n01.02\t3\r\n".encode("utf-16"))),
        ("OpenDocument", "save-as-xlsx", _instead(_open_document())),
        ("OpenDocument, its type last", "save-as-xlsx", _instead(_zip("a.xml", content=b"x" * 999, mimetype=ODS))),
        ("OpenDocument in one file", "save-as-xlsx", _instead(b"<office:document m='" + ODS + b"'/>")),
        ("Excel 97 in capitals", "save-as-xlsx", _instead(_compound("WORKBOOK"))),
        ("Excel 97", "save-as-xlsx", _instead(COMPOUND + bytes(512) + "Workbook".encode("utf-16-le"))),
        (
            "XML of Excel 2003",
            "save-as-xlsx",
            _instead(b'<?xml version="1.0"?><W xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        ),
        ("a web page", "save-as-xlsx", _instead(b"<html><table><tr><td>3</td></tr></table></html>")),
        ("a binary workbook", "save-as-xlsx", _instead(_binary_workbook())),
        (
            "with a password",
            "encrypted-workbook",
            _instead(COMPOUND + bytes(512) + "EncryptedPackage".encode("utf-16-le")),
        ),
        ("cut off", "damaged-workbook", _cut),
        ("with one byte wrong", "damaged-workbook", _one_byte_wrong),
        ("without its sheet", "damaged-workbook", _edit(lambda parts: parts.pop("xl/worksheets/sheet1.xml"))),
        ("with half a sheet", "damaged-workbook", _edit(_halve_sheet)),
        ("with a merge for every blade of grass", "too-large-workbook", _edit(_merge_all)),
        ("of too many parts", "too-large-workbook", _instead(_zip(*(f"x{number}" for number in range(2001))))),
        ("a zip bomb", "too-large-workbook", _edit(_blow_up)),
    )
    return tuple(
        Mistake(f"file: {name}", spoil, ((rule, None),), both(_workbook_again, _no_edits), stops=ALL)
        for name, rule, spoil in files
    )


def _halve_sheet(parts: Parts) -> None:
    parts[FIRST_SHEET] = parts[FIRST_SHEET][: len(parts[FIRST_SHEET]) // 2]


def _blow_up(parts: Parts) -> None:
    parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"<sheetData>", b" " * 5_000_000 + b"<sheetData>")


def _merge_all(parts: Parts) -> None:
    merges = b"<mergeCells>%s</mergeCells>" % (b'<mergeCell ref="X1:Y1"/>' * 50_001)
    parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"</sheetData>", b"</sheetData>" + merges)


def _edit(edit: Callable[[Parts], object]) -> Change:
    return lambda save: save.edits.append(edit)


def _no_edits(save: Save) -> None:
    save.edits.clear()


def _add_macros(parts: Parts) -> None:
    """What Excel adds when a workbook with macros is saved: their part, and the link to it."""
    links = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    link = f'<Relationship Id="m" Type="{kind}" Target="vbaProject.bin"/>'.encode()
    parts["xl/vbaProject.bin"] = COMPOUND + bytes(512)
    parts[links] = parts[links].replace(b"</Relationships>", link + b"</Relationships>")


def _sign(save: Save, pairs: Iterable[tuple[str, str]]) -> None:
    """Writes an identity over the form's, on its very hidden sheet and in its properties."""
    for row, (name, value) in enumerate(pairs, start=1):
        save.book["_seuranta"].cell(row, 2).value = value
        save.book.custom_doc_props[f"seuranta_{name}"].value = value


def _with_identity(key: bytes = KEY, **changes: str) -> Change:
    def change(save: Save) -> None:
        _sign(save, replace(OWN_IDENTITY, **changes).pairs(key))

    return change


def _with_signature(signature: str) -> Change:
    def change(save: Save) -> None:
        _sign(save, [*OWN_IDENTITY.pairs(KEY)[:-1], ("signature", signature)])

    return change


def _signed_before(officer: str) -> Change:
    return lambda save: setattr(save, "before", officer)


def _rules(**changes: object) -> Change:
    return lambda save: save.rules.update(changes)


def _with_deputy(name: str) -> Plan:
    return replace(PLAN, officers=(replace(PLAN.officers[0], deputy=name), *PLAN.officers[1:]))


def _identities() -> tuple[Mistake, ...]:
    own = _with_identity()
    return (
        Mistake("form: another period's", _with_identity(period="2025-2"), (("another-period", None),), own, stops=ALL),
        Mistake(
            "form: another period's, and its signature broken",
            _with_identity(b"another key", period="2025-2"),
            (("another-period", None),),
            own,
            stops=ALL,
        ),
        Mistake("form: another workspace's", _with_identity(b"another key"), (("unsigned", None),), own),
        Mistake("form: its signature broken", _with_signature("0" * 64), (("unsigned", None),), own),
        Mistake("form: its signature emptied", _with_signature(""), (("unsigned", None),), own),
        Mistake(
            "form: another officer's name written into it",
            _sign_as("Sivistysjohtaja"),
            (("unsigned", None),),
            own,
        ),
        Mistake(
            "form: its signature lost where it was signed before",
            both(_with_signature(""), _signed_before(CLERK)),
            (("signature-lost", None),),
            own,
        ),
        Mistake(
            "form: its signature lost where another officer's form was before",
            both(_with_signature(""), _signed_before("Sivistysjohtaja")),
            (("unsigned", None),),
            own,
        ),
        Mistake(
            "who: not a form of ours, taken by its folder",
            both(_with_signature(""), both(_rules(identity=IdentityPolicy.FOLDER), named(f"{CLERK}/{FILE}"))),
            (("unsigned-in-folder", None),),
            own,
        ),
        Mistake(
            "who: the deputy's name on a row of a workbook of somebody's own",
            both(_rules(plan=_with_deputy("Talouspäällikkö")), put(Field.OFFICER, "talouspäällikkö")),
            (("from-deputy", None),),
            restore(Field.OFFICER),
            unsigned_save,
        ),
        Mistake("form: macros in it", _edit(_add_macros), (("macros-ignored", None),), _no_edits),
        Mistake(
            "who: not a form of ours where only those are taken",
            _rules(identity=IdentityPolicy.SIGNED),
            (("not-signed", None),),
            _rules(identity=IdentityPolicy.OPEN),
            unsigned_save,
            stops=ALL,
        ),
        Mistake(
            "who: a folder of nobody",
            both(_rules(identity=IdentityPolicy.FOLDER), named(f"Hallinto/{FILE}")),
            (("folder-of-nobody", None),),
            named(f"{CLERK}/{FILE}"),
            unsigned_save,
            stops=ALL,
        ),
        Mistake(
            "who: no folder where the folder tells who it is",
            _rules(identity=IdentityPolicy.FOLDER),
            (("folder-of-nobody", None),),
            named(f"{CLERK}/{FILE}"),
            unsigned_save,
            stops=ALL,
        ),
    )


def _sign_as(officer: str) -> Change:
    pairs = [*replace(OWN_IDENTITY, officer=officer).pairs(KEY)[:-1], OWN_IDENTITY.pairs(KEY)[-1]]
    return lambda save: _sign(save, pairs)


def _answers_of_the_period_before() -> tuple[Mistake, ...]:
    return (
        Mistake(
            "answers: all of last period's in a workbook of somebody's own",
            both(*map(_last_answer, ROWS)),
            (("same-as-previous", None),),
            fill,
            unsigned_save,
            stops=ALL,
        ),
        Mistake(
            "answers: last period's, and one of them no degree",
            both(*map(_last_answer, ROWS), put(Field.DEGREE, 9)),
            (("same-as-previous", None),),
            fill,
            unsigned_save,
            stops=ALL,
        ),
    )


def _last_answer(code: str) -> Change:
    before = next(answer for answer in PREVIOUS if answer.code == code)
    return both(put(Field.DEGREE, before.degree, code=code), put(Field.NARRATIVE, before.narrative, code=code))


def _questions() -> tuple[Mistake, ...]:
    """Asked of an answer that counts; mended in the cell, or answered where it was asked."""
    narrative, status = at(Field.NARRATIVE), at(Field.OVERALL_STATUS)
    before = next(answer.narrative for answer in PREVIOUS if answer.code == CODE)
    worse = both(put(Field.DEGREE, 3), put(Field.OVERALL_STATUS, "▲ viivästynyt"))
    asked: tuple[tuple[str, str, str, Change], ...] = (
        ("no word", "narrative-empty", narrative, put(Field.NARRATIVE, None)),
        ("an invisible word", "narrative-empty", narrative, put(Field.NARRATIVE, "\u200b")),
        ("last period's words", "narrative-unchanged", narrative, put(Field.NARRATIVE, before)),
        (
            "down without a word",
            "degree-moved-without-word",
            narrative,
            both(put(Field.DEGREE, 1), put(Field.NARRATIVE, None)),
        ),
        (
            "up by two with last period's words",
            "degree-moved-without-word",
            narrative,
            both(put(Field.DEGREE, 4), put(Field.NARRATIVE, before)),
        ),
        ("done, and a risk left", "completed-with-risk", at(Field.MAIN_RISKS), put(Field.DEGREE, 5)),
        ("further on, and worse", "status-against-degree", status, worse),
    )
    return tuple(
        mistake
        for name, rule, cell, spoil in asked
        for mistake in (
            Mistake(f"question: {name}", spoil, ((rule, cell),), fill, rewords=(CODE,)),
            Mistake(f"question: {name}, answered", spoil, ((rule, cell),), _reply, rewords=(CODE,)),
        )
    )


def _reply(save: Save) -> None:
    """The officer answers the questions; the ledger holds their keys."""
    save.rules["replied"] = frozenset(finding.key for finding in save.checked().findings)


FILE_MISTAKES = (*_other_files(), *_identities(), *_answers_of_the_period_before(), *_questions())
