"""Mistakes in the table as a whole: headings, columns, merged cells, what is hidden, second tables."""

import re
from collections.abc import Iterable

from generator.domain.base.heading import Field
from generator.formats.xlsx.form_file import HEADING_ROW
from tests.builders import SETTINGS
from tests.corpus.mistake import Change, Mistake, at, both, put
from tests.corpus.office import LETTERS, ROWS, good_value
from tests.corpus.save import CODE, FIRST_SHEET, Parts, Save, given_value, signed_save, unsigned_save

ALL = tuple(ROWS)
DEGREE, STATUS, NARRATIVE, RISKS, OFFICER = (
    Field.DEGREE,
    Field.OVERALL_STATUS,
    Field.NARRATIVE,
    Field.MAIN_RISKS,
    Field.OFFICER,
)
NEXT = "01.02.03"
MIDDLE = ROWS[NEXT]


def heading(field: Field) -> str:
    return f"{LETTERS[field]}{HEADING_ROW}"


def write(address: str, value: object) -> Change:
    return lambda save: save.sheet.__setitem__(address, value)


def _renamed_headings() -> tuple[Mistake, ...]:
    """A heading that is not found stops the whole workbook: nobody can say what stands under it."""
    renamed = (
        (DEGREE, "Aste", signed_save),
        (DEGREE, "Arvio", signed_save),
        (DEGREE, "Etenemisaste (1–5)", signed_save),
        (DEGREE, None, signed_save),
        (NARRATIVE, "Etenemis", signed_save),
        (NARRATIVE, "Sanallinen arvio", signed_save),
        (NARRATIVE, 7, signed_save),
        (DEGREE, "Etenemisate", unsigned_save),
        (STATUS, "Tilanne", signed_save),
        (STATUS, "Värikoodi", signed_save),
        (STATUS, None, signed_save),
        (STATUS, "Tilannekuva", unsigned_save),
        (STATUS, "Kokonaistilanne 30.6.", unsigned_save),
        (RISKS, "Riskit", signed_save),
        (RISKS, "Uhat", signed_save),
        (RISKS, "Merkittävimmät riskit", unsigned_save),
        (Field.ANNUAL_GOAL, "Vuoden tavoite", signed_save),
        (Field.ANNUAL_GOAL, None, signed_save),
        (Field.COUNCIL_TERM_GOAL, "Pitkän ajan tavoite", signed_save),
        (Field.ACTION, "Toimenpiteet", unsigned_save),
        (OFFICER, "Vastuuhenkilöt", unsigned_save),
        (OFFICER, "Vastuu", unsigned_save),
    )
    return tuple(
        Mistake(
            f"heading: {field} renamed to {name}, {start.__name__}",
            write(heading(field), name),
            (("heading-missing", heading(field)),),
            write(heading(field), label(field)),
            start,
            stops=ALL,
        )
        for field, name, start in renamed
    )


def label(field: Field) -> str:
    return SETTINGS.headings.label(field, "fi")


def _columns() -> tuple[Mistake, ...]:
    return (
        Mistake(
            "column: the degree's deleted",
            lambda save: save.sheet.delete_cols(6),
            (("column-missing", "A3"),),
            lambda save: _insert(save, DEGREE, 6),
            stops=ALL,
        ),
        Mistake(
            "column: the narrative's deleted, between the last period's",
            lambda save: save.sheet.delete_cols(8),
            (("column-missing", "A3"),),
            lambda save: _insert(save, NARRATIVE, 8),
            stops=ALL,
        ),
        Mistake(
            "column: the degree's deleted in a workbook of somebody's own, where a blank one stands beside it",
            lambda save: save.sheet.delete_cols(6),
            (("heading-missing", "F3"),),
            lambda save: _insert(save, DEGREE, 6),
            unsigned_save,
            stops=ALL,
        ),
        Mistake(
            "column: the degree's doubled",
            both(write("N3", label(DEGREE)), write("N5", 4)),
            (("double-heading", "F3"),),
            both(write("N3", None), write("N5", None)),
            stops=ALL,
        ),
        Mistake(
            "column: the narrative's doubled in Swedish",
            write("N3", "Framskridande"),
            (("double-heading", "H3"),),
            write("N3", None),
            stops=ALL,
        ),
    )


def _insert(save: Save, field: Field, column: int) -> None:
    save.sheet.insert_cols(column)
    save.sheet[heading(field)] = label(field)
    for code in ROWS:
        save.put(field, good_value(code, field), code)


def _merged(name: str, area: str, stops: Iterable[str], start: Change | None = None) -> Mistake:
    def spoil(save: Save) -> None:
        if start:
            start(save)
        save.sheet.merge_cells(area)

    def mend(save: Save) -> None:
        save.sheet.unmerge_cells(area)
        for code in ROWS:
            for field in Field:
                if save.cell(field, code).value is None:
                    save.put(field, good_value(code, field) or given_value(code, field), code)

    first = area.split(":")[0]
    rule = "merged-cells" if len({cell.lstrip("ABCDEFGH") for cell in area.split(":")}) > 1 else "merged-in-row"
    return Mistake(f"merged: {name}", spoil, ((rule, first),), mend, stops=tuple(stops))


def _merges() -> tuple[Mistake, ...]:
    row, last, next_row = ROWS[CODE], ROWS["01.10"], ROWS[NEXT]
    return (
        _merged("two degrees", f"F{row}:F{next_row}", (CODE, NEXT)),
        _merged("three degrees", f"F{row}:F{last}", (CODE, NEXT, "01.10")),
        _merged("two narratives", f"H{row}:H{next_row}", (CODE, NEXT)),
        _merged("two statuses", f"E{row}:E{next_row}", (CODE, NEXT)),
        _merged("two risks", f"D{row}:D{next_row}", (CODE, NEXT)),
        _merged("titles of two rows", f"B{row}:C{next_row}", (CODE, NEXT)),
        _merged("titles of two rows of one level", f"B{last}:B{last + 1}", ("01.10", "01.20")),
        _merged("degree and narrative", f"F{row}:H{row}", (CODE,)),
        _merged("status and degree", f"E{row}:F{row}", (CODE,)),
        _merged("a block of answers", f"E{row}:H{next_row}", (CODE, NEXT)),
        _merged("the headings with the first row", f"F3:F{ROWS['01']}", ("01",)),
    )


def _covered_values() -> tuple[Mistake, ...]:
    """Merged by a program that leaves what the covered cells hold: nobody sees it."""
    row, covered = (
        ROWS[CODE],
        (("the degree", f"E{ROWS[CODE]}:F{ROWS[CODE]}"), ("the title", f"A{ROWS[CODE]}:B{ROWS[CODE]}")),
    )
    kept = tuple(
        Mistake(
            f"merged: {name} covered, and kept",
            _merge_in_file(area),
            (("merged-in-row", area.split(":")[0]),),
            lambda save: save.edits.clear(),
            stops=(CODE,),
        )
        for name, area in covered
    )
    own = Mistake(
        "merged: a column of one's own over the degree",
        both(lambda save: save.sheet.insert_cols(6), lambda save: save.sheet.merge_cells(f"F{row}:G{row}")),
        (("merged-in-row", f"F{row}"),),
        both(lambda save: save.sheet.unmerge_cells(f"F{row}:G{row}"), write(f"G{row}", good_value(CODE, DEGREE))),
        stops=(CODE,),
    )
    return (*kept, own)


def _merge_in_file(area: str) -> Change:
    def edit(parts: Parts) -> None:
        merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
        parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"</sheetData>", merge.encode())

    return lambda save: save.edits.append(edit)


def _take_height_away(parts: Parts) -> None:
    """What Excel writes where a row's lower edge is dragged up to its upper one."""
    row = rf'<row r="{ROWS[CODE]}"[^>]*>'
    flat = f'<row r="{ROWS[CODE]}" ht="0" customHeight="1">'
    parts[FIRST_SHEET] = re.sub(row, flat, parts[FIRST_SHEET].decode()).encode()


def _hidden() -> tuple[Mistake, ...]:
    """What is hidden is read, and said."""

    def hide_row(save: Save, *, hidden: bool = True) -> None:
        save.sheet.row_dimensions[ROWS[CODE]].hidden = hidden

    def filtered(save: Save) -> None:
        save.sheet.auto_filter.ref = f"A3:J{max(ROWS.values())}"
        save.sheet.auto_filter.add_filter_column(1, ["01.01 Laadimme talouden tasapainottamisohjelman"])
        hide_row(save)

    def hide_rows(save: Save, *, hidden: bool) -> None:
        for row in list(ROWS.values())[1:]:
            save.sheet.row_dimensions[row].hidden = hidden

    def hide_column(letter: str, *, hidden: bool) -> Change:
        return lambda save: setattr(save.sheet.column_dimensions[letter], "hidden", hidden)

    columns = tuple(
        Mistake(
            f"hidden: the column of the {field}",
            hide_column(LETTERS[field], hidden=True),
            (("hidden-columns", heading(field)),),
            hide_column(LETTERS[field], hidden=False),
        )
        for field in (DEGREE, STATUS, NARRATIVE)
    )
    return (
        Mistake("hidden: a row", hide_row, (("hidden-rows", at(DEGREE)),), lambda save: hide_row(save, hidden=False)),
        Mistake(
            "hidden: a row of no height",
            lambda save: save.edits.append(_take_height_away),
            (("hidden-rows", at(DEGREE)),),
            lambda save: save.edits.clear(),
        ),
        Mistake(
            "hidden: by a filter", filtered, (("hidden-rows", at(DEGREE)),), lambda save: hide_row(save, hidden=False)
        ),
        Mistake(
            "hidden: all rows but one by a filter",
            lambda save: hide_rows(save, hidden=True),
            (("hidden-rows", at(DEGREE, "01.01")),),
            lambda save: hide_rows(save, hidden=False),
        ),
        Mistake(
            "hidden: all columns of answers",
            both(*(hide_column(LETTERS[field], hidden=True) for field in (STATUS, DEGREE, NARRATIVE))),
            (("hidden-columns", heading(STATUS)),),
            both(*(hide_column(LETTERS[field], hidden=False) for field in (STATUS, DEGREE, NARRATIVE))),
        ),
        *columns,
    )


def _copy_sheet(save: Save) -> None:
    save.book.copy_worksheet(save.sheet).title = "Kopio"


def _copy_and_change(save: Save) -> None:
    _copy_sheet(save)
    save.book["Kopio"][at(DEGREE)] = 5


def _add_unanswered_copy(save: Save) -> None:
    _copy_sheet(save)
    for row in ROWS.values():
        for letter in "EFH":
            save.book["Kopio"][f"{letter}{row}"] = None


def _add_headings_alone(save: Save) -> None:
    save.book.create_sheet("Kopio", 0).append([label(field) for field in Field])


def _drop_copy(save: Save) -> None:
    save.book.remove(save.book["Kopio"])


def _repeat_headings(save: Save, *, in_middle: bool = False) -> None:
    if in_middle:
        save.sheet.insert_rows(MIDDLE)
    for letter in "ABCDEFGH":
        save.sheet[f"{letter}{MIDDLE if in_middle else 40}"] = save.sheet[f"{letter}3"].value


def _second_tables() -> tuple[Mistake, ...]:
    def on_hidden_sheet(save: Save) -> None:
        save.book.create_sheet("Etusivu", 0)
        save.sheet.sheet_state = "hidden"
        save.book.active = 0

    def rename_all(save: Save) -> None:
        for letter in "ABCDEFGH":
            save.sheet[f"{letter}3"] = f"Sarake {letter}"

    def restore_all(save: Save) -> None:
        for field in Field:
            save.sheet[heading(field)] = label(field)

    return (
        Mistake(
            "table: copied to a second sheet and changed there",
            _copy_and_change,
            (("two-tables", "A3"),),
            _drop_copy,
            stops=ALL,
        ),
        Mistake("table: copied to a second sheet", _copy_sheet, (("other-table", "A3"),), _drop_copy),
        Mistake("table: an empty one on a second sheet", _add_unanswered_copy, (("other-table", "A3"),), _drop_copy),
        Mistake("table: headings alone on a first sheet", _add_headings_alone, (("other-table", "A1"),), _drop_copy),
        Mistake(
            "table: headings repeated further down",
            _repeat_headings,
            (("other-table", "A40"),),
            lambda save: save.sheet.delete_rows(40),
        ),
        Mistake(
            "table: headings repeated in the middle",
            lambda save: _repeat_headings(save, in_middle=True),
            (("two-tables", f"A{MIDDLE}"),),
            lambda save: save.sheet.delete_rows(MIDDLE),
            stops=ALL,
        ),
        Mistake(
            "table: on a hidden sheet alone",
            on_hidden_sheet,
            (("wrong-workbook", None),),
            lambda save: setattr(save.sheet, "sheet_state", "visible"),
            stops=ALL,
        ),
        Mistake("table: all headings renamed", rename_all, (("wrong-workbook", None),), restore_all, stops=ALL),
        Mistake(
            "table: every answer emptied",
            both(*(put(field, None, code=code) for code in ROWS for field in (STATUS, DEGREE, NARRATIVE))),
            (("nothing-filled", None),),
            both(
                *(
                    put(field, good_value(code, field), code=code)
                    for code in ROWS
                    for field in (STATUS, DEGREE, NARRATIVE)
                )
            ),
            stops=ALL,
        ),
    )


def _too_many_rows() -> tuple[Mistake, ...]:
    def append(count: int) -> Change:
        rows = b"<row><c><v>1</v></c></row>" * count

        def edit(parts: Parts) -> None:
            parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"</sheetData>", rows + b"</sheetData>")

        return lambda save: save.edits.append(edit)

    return tuple(
        Mistake(
            f"rows: {count} more",
            append(count),
            (("too-many-rows", None),),
            lambda save: save.edits.clear(),
            stops=ALL,
        )
        for count in (5_001, 5_200, 20_000)
    )


SHEET_MISTAKES = (
    *_renamed_headings(),
    *_columns(),
    *_merges(),
    *_covered_values(),
    *_hidden(),
    *_second_tables(),
    *_too_many_rows(),
)
