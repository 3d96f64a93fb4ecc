"""Mistakes in the cells that are asked: degree, overall status, narrative and risks."""

from datetime import date, datetime, time

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from generator.domain.base.heading import Field
from tests.corpus.mistake import Mistake, at, both, cell_mistake, put, put_formula, put_xml, restore, strike
from tests.corpus.office import OPTIONS
from tests.corpus.save import CODE

DEGREE, STATUS, NARRATIVE, RISKS = Field.DEGREE, Field.OVERALL_STATUS, Field.NARRATIVE, Field.MAIN_RISKS
# Made-up personal identity codes: the check character is right, the number is of the test range 900–999.
IDENTITY_CODE = "131052-9993"
ERROR_VALUES = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


def _degrees() -> tuple[Mistake, ...]:
    """Values that are no single step of the scale, however near to one they look."""
    typed: tuple[tuple[str, object, str | None], ...] = (
        ("6", 6, None),
        ("0", 0, None),
        ("-3", -3, None),
        ("30", 30, None),
        ("3.5", 3.5, None),
        ("3.5 that the sheet shows as 4", 3.5, "0"),
        ("3.0000001", 3.0000001, None),
        ("the text 3,5", "3,5", None),
        ("the text 3.5", "3.5", None),
        ("the text 3½", "3½", None),
        ("the text 60 %", "60 %", None),
        ("the text 3 %", "3 %", None),
        ("0.6 as 60 %", 0.6, "0 %"),
        ("3 as 300 %", 3, "0%"),
        ("TRUE", True, None),
        ("FALSE", False, None),
        ("3 that the sheet shows as 4", 3, '"4"'),
        ("3 that the sheet shows as 34", 3, '0"4"'),
        ("3 that the sheet shows as 3x", 3, '0"x"'),
        ("3 that the sheet shows as 0 thousands", 3, "0,"),
        ("3 that the sheet shows as a fraction", 3, "# ?/?"),
        ("3 that the sheet shows as an exponent", 3, "0.00E+00"),
        ("3 that the sheet hides", 3, ";;;"),
        ("3 in a format with a condition", 3, '[>2]"4";0'),
        ("3 as money", 3, '#,##0.00 "€"'),
        ("the text 3 that the sheet shows as 4", "3", 'General;General;General;"4"'),
        ("a number with another step's label", f"3 {OPTIONS[1][2:]}", None),
        ("a label that denies", "3 Toteutus ei ole aloitettu, ei vielä valmis", None),
        ("a label alone that says the opposite", "Suunnitteluvaiheessa, ei edetty hieman", None),
        ("a label alone of a thing that ended", "Toteutus on lopetettu, ei vielä valmis", None),
        ("a label with another number behind it", f"{OPTIONS[2]} 4", None),
        ("the beginning of two labels", "Toteutus", None),
        ("an Arabic-Indic digit", "٣", None),
        ("a full-width digit", "３", None),
        ("a Roman numeral", "III", None),
        ("two digits with a dash", "3–4", None),
        ("two digits with a word", "2 tai 3", None),
        ("a dash", "–", None),
        ("a cross", "X", None),
        ("a colour", "keltainen", None),
        ("almost Ei arvioitavissa", "Ei voi arvioida", None),
    )
    return tuple(
        cell_mistake(f"degree: {name}", "degree-out-of-scale", DEGREE, put(DEGREE, value, number_format))
        for name, value, number_format in typed
    )


def _dates_as_degrees() -> tuple[Mistake, ...]:
    """A cell in whose format no degree can be seen, whatever it holds."""
    typed: tuple[tuple[str, object, str], ...] = (
        ("a date", date(2026, 2, 3), "dd.mm.yyyy"),
        ("3 as a date", 3, "d.m."),
        ("3 as a date with its year", 3, "d.m.yyyy"),
        ("3 as a month in words", 3, "[$-40B]mmmm"),
        ("a time", time(3, 0), "h:mm"),
    )
    in_iso_form = both(put(DEGREE, 1, "d.m.yyyy"), put_xml(DEGREE, "d", "<v>2026-02-03T00:00:00</v>"))
    return (
        *(
            cell_mistake(f"degree: {name}", "degree-as-date", DEGREE, put(DEGREE, value, number_format))
            for name, value, number_format in typed
        ),
        cell_mistake("degree: a date that a program kept in ISO form", "degree-as-date", DEGREE, in_iso_form),
    )


def _guessed_degrees() -> tuple[Mistake, ...]:
    """Not taken, but what was most likely meant is offered."""
    typed = (
        *("taso 4", "aste 3", "Etenemisaste: 3", "3 (kolme)", "n. 4", "noin 4", "~4", "4/5", "4 / 5", "3 (1-5)"),
        *("kolme", "3?", "3+", "3-", "3/5", "nivå 4", "grad tre", "level 4", "about three", "4 !"),
    )
    return tuple(cell_mistake(f"degree: {text}", "degree-unclear", DEGREE, put(DEGREE, text)) for text in typed)


def _missing_degrees() -> tuple[Mistake, ...]:
    return (
        cell_mistake("degree: emptied beside a narrative", "degree-missing", DEGREE, put(DEGREE, None)),
        cell_mistake("degree: a zero-width blank", "degree-missing", DEGREE, put(DEGREE, "\u200b")),
        cell_mistake("degree: a hard space", "degree-missing", DEGREE, put(DEGREE, "\u00a0 ")),
        cell_mistake("degree: a formula that gives nothing", "degree-missing", DEGREE, put_formula(DEGREE, '""', "")),
        Mistake(
            "degree: emptied, and only a changed risk left",
            both(put(DEGREE, None), put(STATUS, None), put(NARRATIVE, None), put(RISKS, "Uusi riski")),
            (("degree-missing", at(DEGREE)),),
            both(*(restore(field) for field in (RISKS, STATUS, DEGREE, NARRATIVE))),
            stops=(CODE,),
        ),
        Mistake(
            "degree: not assessable without a reason",
            both(put(DEGREE, OPTIONS[-1]), put(NARRATIVE, None)),
            (("not-assessable-without-reason", at(NARRATIVE)),),
            put(NARRATIVE, "Vertailutiedot valmistuvat vasta syksyllä."),
            stops=(CODE,),
            rewords=(CODE,),
        ),
        Mistake(
            "degree: not assessable with an invisible reason",
            both(put(DEGREE, OPTIONS[-1]), put(NARRATIVE, "\u200b\u00a0")),
            (("not-assessable-without-reason", at(NARRATIVE)),),
            put(NARRATIVE, "Vertailutiedot valmistuvat vasta syksyllä."),
            stops=(CODE,),
            rewords=(CODE,),
        ),
    )


def _misspelt_degrees() -> tuple[Mistake, ...]:
    """Read, and said: the number agrees with the label, or the label alone has a letter wrong."""
    typed = (
        ("a letter lost behind the number", OPTIONS[1].replace("Suunnittelu", "Suunitelu")),
        ("a letter wrong in the label alone", OPTIONS[1][2:].replace("hieman", "hiemann")),
    )
    return tuple(
        Mistake(f"degree: {name}", put(DEGREE, value), (("degree-label-misspelt", at(DEGREE)),), restore(DEGREE))
        for name, value in typed
    )


def _broken_cells() -> tuple[Mistake, ...]:
    """Errors and formulas that were never computed, in each column that is read."""
    fields = (DEGREE, NARRATIVE, RISKS)
    errors = tuple(
        cell_mistake(f"degree: the error {error}", "cell-error", DEGREE, put(DEGREE, error)) for error in ERROR_VALUES
    )
    others = tuple(cell_mistake(f"{field}: an error", "cell-error", field, put(field, "#REF!")) for field in fields[1:])
    formulas = tuple(
        cell_mistake(f"{field}: a formula never computed", "formula-without-value", field, put(field, "=1+2"))
        for field in fields
    )
    return (
        errors
        + others
        + formulas
        + (
            cell_mistake(
                "degree: an error that a formula gave",
                "cell-error",
                DEGREE,
                put_formula(DEGREE, "A1/0", "#DIV/0!", "e"),
            ),
            cell_mistake("degree: a newer error", "cell-error", DEGREE, put_xml(DEGREE, "e", "<v>#SPILL!</v>")),
            cell_mistake(
                "degree: a formula that gave 9", "degree-out-of-scale", DEGREE, put_formula(DEGREE, "4+5", "9", "n")
            ),
        )
    )


def _statuses() -> tuple[Mistake, ...]:
    """Asked, as the column may be left empty: the row is taken without a status."""
    question = ("overall-status-unclear", at(STATUS))
    typed: tuple[object, ...] = (
        *("hyvin", "vihreä", "punainen", "OK", "●▲", "▲ suunnitelman mukaan", "ei viivästynyt", "■/▲", "?", "#REF!"),
        *(1, True, date(2026, 2, 3)),
    )
    return tuple(
        Mistake(f"overall status: {value}", put(STATUS, value), (question,), restore(STATUS), rewords=(CODE,))
        for value in typed
    )


def _empty_words() -> tuple[Mistake, ...]:
    """Narratives that tell nothing: taken, and asked."""
    typed = (
        *("-", "–", "?", "…", "...", "xxx", "x", "TODO", "ks. edellinen", "kts. liite", "katso liite 3", "👍", "3"),
        *("sama kuin viimeksi", "se edellinen", "Sama kuin edellisellä kaudella.", "täydennetään myöhemmin", "Tulossa"),
        *(
            "se bilaga",
            "samma som förra perioden",
            "kompletteras senare",
            "see above",
            "same as last time",
            "n/a",
            "TBD",
        ),
    )
    question = ("narrative-says-nothing", at(NARRATIVE))
    return tuple(
        Mistake(f"narrative: {text}", put(NARRATIVE, text), (question,), restore(NARRATIVE), rewords=(CODE,))
        for text in typed
    )


def _texts() -> tuple[Mistake, ...]:
    """What is no text, or must not stand in a public one."""
    numbers: tuple[tuple[str, object, str | None], ...] = (
        ("a decimal", 3.25, None),
        ("a date", datetime(2026, 8, 31), "dd.mm.yyyy"),
        ("a time", time(9, 30), "h:mm"),
        ("a percentage", 0.6, "0 %"),
        ("a truth value", True, None),
        ("a number that the sheet shows otherwise", 2026, '0" kpl"'),
    )
    codes = (
        ("an identity code", f"Asiakas {IDENTITY_CODE} ohjattiin eteenpäin."),
        ("an identity code with another dash", "Asiakas 131052‑9993 ohjattiin."),
        ("an identity code with a dash of Word", "Asiakas 131052–9993 ohjattiin."),
        ("an identity code with a hidden hyphen in it", "Asiakas 131052\u00ad-9993 ohjattiin."),
        ("an identity code of this century in small letters", "131052a9993"),
    )
    return (
        tuple(
            cell_mistake(f"{field}: {name}", "text-is-not-text", field, put(field, value, number_format))
            for field in (NARRATIVE, RISKS)
            for name, value, number_format in numbers
        )
        + tuple(
            cell_mistake(f"{field}: {name}", "personal-identity-code", field, put(field, text))
            for field in (NARRATIVE, RISKS)
            for name, text in codes
        )
        + (
            cell_mistake(
                "narrative: an identity code in rich text",
                "personal-identity-code",
                NARRATIVE,
                put(NARRATIVE, CellRichText("Asiakas 131052", TextBlock(InlineFont(b=True), "-9993"), " ohjattiin.")),
            ),
        )
    )


def _struck_through() -> tuple[Mistake, ...]:
    """Words that somebody crossed out, in a run of the text, a whole cell or a whole row."""
    struck, bold = InlineFont(strike=True), InlineFont(b=True)
    runs = (
        ("a word", CellRichText("Työ ", TextBlock(struck, "ei"), " etenee.")),
        ("the first words", CellRichText(TextBlock(struck, "Työ ei etene."), " Työ etenee.")),
        (
            "words among bold ones",
            CellRichText(TextBlock(bold, "Työ "), TextBlock(struck, "ei"), " e."),
        ),
    )
    in_texts = tuple(
        cell_mistake(f"{field}: {name} struck through", "struck-through-text", field, put(field, text))
        for field in (NARRATIVE, RISKS)
        for name, text in runs
    )
    whole = tuple(
        Mistake(
            f"{field}: struck through whole",
            strike(field),
            (("struck-through-text", at(field)),),
            strike(field, is_struck=False),
            stops=(CODE,),
        )
        for field in (DEGREE, STATUS, NARRATIVE, RISKS, Field.ANNUAL_GOAL, Field.OFFICER)
    )
    every = (Field.ANNUAL_GOAL, RISKS, STATUS, DEGREE, NARRATIVE, Field.OFFICER)
    row = Mistake(
        "row: struck through whole",
        both(*map(strike, every)),
        (("struck-through-text", at(Field.ANNUAL_GOAL)),),
        both(*(strike(field, is_struck=False) for field in every)),
        stops=(CODE,),
    )
    unanswered = Mistake(
        "row: struck through and not answered",
        both(*(put(field, None) for field in (STATUS, DEGREE, NARRATIVE)), strike(Field.ANNUAL_GOAL)),
        (("struck-through-text", at(Field.ANNUAL_GOAL)),),
        both(*map(restore, (STATUS, DEGREE, NARRATIVE)), strike(Field.ANNUAL_GOAL, is_struck=False)),
        stops=(CODE,),
    )
    return (*in_texts, *whole, row, unanswered)


def _too_long() -> tuple[Mistake, ...]:
    long = f"<is><t>{'x' * 32_768}</t></is>"
    return tuple(
        cell_mistake(f"{field}: longer than Excel allows", "text-too-long", field, put_xml(field, "inlineStr", long))
        for field in (DEGREE, STATUS, NARRATIVE, RISKS)
    )


def _control_characters() -> tuple[Mistake, ...]:
    words = "Työ etenee.<{}> Ohje valmistui."
    return tuple(
        Mistake(
            f"{field}: the control character {character}",
            put_xml(field, "inlineStr", f"<is><t>{words.format('').replace('<>', character)}</t></is>"),
            (("control-characters", at(field)),),
            put(field, "Työ etenee. Ohje valmistui."),
            rewords=(CODE,),
        )
        for field in (NARRATIVE, RISKS)
        for character in ("_x0007_", "_x000B_", "_xFFFE_")
    )


ANSWER_MISTAKES = (
    *_degrees(),
    *_dates_as_degrees(),
    *_guessed_degrees(),
    *_empty_words(),
    *_missing_degrees(),
    *_misspelt_degrees(),
    *_broken_cells(),
    *_statuses(),
    *_texts(),
    *_struck_through(),
    *_too_long(),
    *_control_characters(),
)
