"""Mistakes in the table as a whole: headings, columns, merged cells, what is hidden, second tables."""

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
            (("heading-missing", "A3"),),
            _insert_degrees,
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
            (("double-heading", "G3"),),
            write("N3", None),
            stops=ALL,
        ),
    )


def _insert_degrees(save: Save) -> None:
    save.sheet.insert_cols(6)
    save.sheet[heading(DEGREE)] = label(DEGREE)
    for code in ROWS:
        save.put(DEGREE, good_value(code, DEGREE), code)


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
    return Mistake(f"merged: {name}", spoil, (("merged-cells", first),), mend, stops=tuple(stops))


def _merges() -> tuple[Mistake, ...]:
    row, last, next_row = ROWS[CODE], ROWS["01.10"], ROWS[NEXT]
    return (
        _merged("two degrees", f"F{row}:F{next_row}", (CODE, NEXT)),
        _merged("three degrees", f"F{row}:F{last}", (CODE, NEXT, "01.10")),
        _merged("two narratives", f"G{row}:G{next_row}", (CODE, NEXT)),
        _merged("two statuses", f"E{row}:E{next_row}", (CODE, NEXT)),
        _merged("two risks", f"D{row}:D{next_row}", (CODE, NEXT)),
        _merged("titles of two rows", f"B{row}:C{next_row}", (CODE, NEXT)),
        _merged("titles of two rows of one level", f"B{last}:B{last + 1}", ("01.10", "01.20")),
        _merged("degree and narrative", f"F{row}:G{row}", (CODE,)),
        _merged("status and degree", f"E{row}:F{row}", (CODE,)),
        _merged("a block of answers", f"E{row}:G{next_row}", (CODE, NEXT)),
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
            (("merged-cells", area.split(":")[0]),),
            lambda save: save.edits.clear(),
            stops=(CODE,),
        )
        for name, area in covered
    )
    own = Mistake(
        "merged: a column of one's own over the degree",
        both(lambda save: save.sheet.insert_cols(6), lambda save: save.sheet.merge_cells(f"F{row}:G{row}")),
        (("merged-cells", f"F{row}"),),
        both(lambda save: save.sheet.unmerge_cells(f"F{row}:G{row}"), write(f"G{row}", good_value(CODE, DEGREE))),
        stops=(CODE,),
    )
    return (*kept, own)


def _merge_in_file(area: str) -> Change:
    def edit(parts: Parts) -> None:
        merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
        parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"</sheetData>", merge.encode())

    return lambda save: save.edits.append(edit)


def _hidden() -> tuple[Mistake, ...]:
    """What is hidden is read, and said."""

    def hide_row(save: Save, *, hidden: bool = True) -> None:
        save.sheet.row_dimensions[ROWS[CODE]].hidden = hidden

    def filtered(save: Save) -> None:
        save.sheet.auto_filter.ref = f"A3:H{max(ROWS.values())}"
        save.sheet.auto_filter.add_filter_column(1, ["01.01 Laadimme talouden tasapainottamisohjelman"])
        hide_row(save)

    def hide_column(letter: str, *, hidden: bool) -> Change:
        return lambda save: setattr(save.sheet.column_dimensions[letter], "hidden", hidden)

    columns = tuple(
        Mistake(
            f"hidden: the column of the {field}",
            hide_column(LETTERS[field], hidden=True),
            (("hidden-row", heading(field)),),
            hide_column(LETTERS[field], hidden=False),
        )
        for field in (DEGREE, STATUS, NARRATIVE)
    )
    return (
        Mistake("hidden: a row", hide_row, (("hidden-row", at(DEGREE)),), lambda save: hide_row(save, hidden=False)),
        Mistake(
            "hidden: by a filter", filtered, (("hidden-row", at(DEGREE)),), lambda save: hide_row(save, hidden=False)
        ),
        *columns,
    )


def _copy_sheet(save: Save) -> None:
    save.book.copy_worksheet(save.sheet).title = "Kopio"


def _second_tables() -> tuple[Mistake, ...]:
    def repeat_headings(save: Save) -> None:
        for letter in "ABCDEFGH":
            save.sheet[f"{letter}40"] = save.sheet[f"{letter}3"].value

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
            "table: copied to a second sheet",
            _copy_sheet,
            (("two-tables", "A3"),),
            lambda save: save.book.remove(save.book["Kopio"]),
            stops=ALL,
        ),
        Mistake(
            "table: headings repeated further down",
            repeat_headings,
            (("two-tables", "A40"),),
            lambda save: save.sheet.delete_rows(40),
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


SHEET_MISTAKES = (
    *_renamed_headings(),
    *_columns(),
    *_merges(),
    *_covered_values(),
    *_hidden(),
    *_second_tables(),
)
