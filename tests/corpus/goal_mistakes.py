"""Mistakes in what says whose answer to which goal a row is: codes, titles and officers, and rows that stand twice."""

from dataclasses import replace
from datetime import date

from generator.domain.base.heading import Field
from generator.domain.plan.goals import Goal, Plan
from tests.builders import CLERK, DIRECTOR
from tests.corpus.mistake import Change, Mistake, at, both, put, put_formula, restore
from tests.corpus.office import ENGINEER, PLAN, ROWS
from tests.corpus.save import CODE, Save, given_value, signed_save, unsigned_save

COUNCIL, ANNUAL, ACTION, OFFICER = (
    Field.COUNCIL_TERM_GOAL,
    Field.ANNUAL_GOAL,
    Field.ACTION,
    Field.OFFICER,
)
DEGREE, NARRATIVE = Field.DEGREE, Field.NARRATIVE
TITLE = PLAN.by_code[CODE].title
SHARED = "02.01"
NEXT_ROW = max(ROWS.values()) + 1


def title_mistake(name: str, rule: str, value: object, number_format: str | None = None) -> Mistake:
    """A title cell that stops its row; by the advice, the code and the title are written as in the plan."""
    spoil, mend = put(ANNUAL, value, number_format), restore(ANNUAL)
    return Mistake(f"title: {name}", spoil, ((rule, at(ANNUAL)),), mend, stops=(CODE,))


def _codes() -> tuple[Mistake, ...]:
    return (
        title_mistake("without its code", "no-code", TITLE),
        title_mistake("a word before the code", "no-code", f"Tavoite 01.02 {TITLE}"),
        title_mistake("a letter O in the code", "no-code", f"O1.O2 {TITLE}"),
        title_mistake("full-width digits", "no-code", f"０１.０２ {TITLE}"),
        title_mistake("a truth value", "no-code", True),
        title_mistake("a large number", "no-code", 1234567),
        title_mistake("a code that the plan lacks", "unknown-code", f"01.99 {TITLE}"),
        title_mistake("a short code that the plan lacks", "unknown-code", f"7.7 {TITLE}"),
        title_mistake("a code with a part too many", "unknown-code", f"01.02.99 {TITLE}"),
        title_mistake("an error", "cell-error", "#REF!"),
        title_mistake("a formula never computed", "formula-without-value", "=B5"),
        title_mistake("a number without a title", "code-unclear", 1.02, "0.00"),
        title_mistake("a number that lost its zero", "code-unclear", 1.2, "00.00"),
        title_mistake("a date without a title", "code-unclear", date(2026, 2, 1), "dd.mm."),
        title_mistake("a date in American order", "code-unclear", date(2026, 1, 2), "mm.dd"),
        title_mistake("a short code without a title", "code-unclear", "1.2"),
        title_mistake(
            "a short code with another goal's title", "code-unclear", "1.02 Otamme käyttöön sähköisen arkiston"
        ),
        title_mistake("a short code with an old title", "code-unclear", "1.02 Uudistamme hankintojen säännöt"),
        title_mistake("another goal's title", "code-and-title-disagree", "01.02 Otamme käyttöön sähköisen arkiston"),
        title_mistake(
            "nearly another goal's title", "code-and-title-disagree", "01.02 Otamme käyttöön sähköisen arkisto"
        ),
        title_mistake("two codes in one cell", "two-goals", f"01.02, 01.10 {TITLE}"),
        title_mistake("two codes with a dash", "two-goals", f"01.02 – 01.10 {TITLE}"),
        title_mistake("two whole titles in one cell", "two-goals", f"01.02 01.10 {TITLE}"),
        title_mistake("a code parted by blanks", "two-goals", f"01 02 {TITLE}"),
    )


def _other_title_mistakes() -> tuple[Mistake, ...]:
    other = given_value("01.10", ANNUAL)
    swapped = both(put(ANNUAL, f"01.02 {PLAN.by_code['01.10'].title}"), put(ANNUAL, f"01.10 {TITLE}", code="01.10"))
    return (
        Mistake(
            "title: emptied",
            put(ANNUAL, None),
            (("no-code", f"A{ROWS[CODE]}"),),
            restore(ANNUAL),
            stops=(CODE,),
        ),
        Mistake(
            "title: another goal's in the next column",
            put(ACTION, "01.02.03 Koulutamme hankkijat kilpailuttamaan"),
            (("two-goals", at(ACTION)),),
            put(ACTION, None),
            stops=(CODE,),
        ),
        Mistake(
            "title: the parent's in its own column",
            put(COUNCIL, "01 Kunnan talous on tasapainossa"),
            (("two-goals", at(ANNUAL)),),
            put(COUNCIL, None),
            stops=(CODE,),
        ),
        Mistake(
            "title: two rows' titles swapped behind their codes",
            swapped,
            (("code-and-title-disagree", at(ANNUAL)), ("code-and-title-disagree", at(ANNUAL, "01.10"))),
            both(restore(ANNUAL), restore(ANNUAL, "01.10")),
            stops=(CODE, "01.10"),
        ),
        Mistake(
            "title: written over with another row's",
            put(ANNUAL, other),
            (("double-row", at(DEGREE)), ("double-row", at(DEGREE, "01.10"))),
            restore(ANNUAL),
            stops=(CODE, "01.10"),
        ),
        Mistake(
            "title: an old one that the plan has reworded",
            put(ANNUAL, "01.02 Uudistamme kaikkien hankintojen ohjeet"),
            (("title-differs", at(ANNUAL)),),
            restore(ANNUAL),
        ),
        *(
            Mistake(
                f"title: {text} in a workbook of somebody's own",
                put(ANNUAL, f"01.02 {text}"),
                (("title-differs", at(ANNUAL)),),
                restore(ANNUAL),
                unsigned_save,
            )
            for text in (
                "Hankintojen ohjeet",
                "Uudistamme ohjeet",
                "Hankintaohjeiden uudistaminen",
                "hankinnat uusiksi",
            )
        ),
        Mistake(
            "title: other words in a form of this plan",
            put(ANNUAL, "01.02 Ostot kuntoon"),
            (("title-differs", at(ANNUAL)),),
            restore(ANNUAL),
        ),
        Mistake(
            "title: other words in a workbook of somebody's own",
            put(ANNUAL, "01.02 Ostot kuntoon"),
            (("code-and-title-disagree", at(ANNUAL)),),
            restore(ANNUAL),
            unsigned_save,
            stops=(CODE,),
        ),
        Mistake(
            "title: a code as text, and another goal's title in another column",
            both(put(ANNUAL, "01.02"), _beside("Otamme käyttöön sähköisen arkiston")),
            (("code-and-title-disagree", at(ANNUAL)),),
            both(restore(ANNUAL), _beside(None)),
            stops=(CODE,),
        ),
    )


def _beside(text: str | None, code: str = CODE) -> Change:
    """Types into a column that has none of our headings."""

    def change(save: Save) -> None:
        save.sheet[f"N{ROWS[code]}"] = text

    return change


def _read_all_the_same() -> tuple[Mistake, ...]:
    """Codes as programs leave them, with a title that agrees: read, and said."""
    typed: tuple[tuple[str, Change], ...] = (
        ("a short code", put(ANNUAL, f"1.2 {TITLE}")),
        ("a comma in the code", put(ANNUAL, f"01,02 {TITLE}")),
        ("a slash in the code", put(ANNUAL, f"1/2 {TITLE}")),
        ("no blank behind the code", put(ANNUAL, f"01.02{TITLE}")),
        ("a letter wrong in the title", put(ANNUAL, f"1.02 {TITLE.replace('hankintojen', 'hankintoen')}")),
        ("a number", both(put(ANNUAL, 1.02, "00.00"), _beside(TITLE))),
        ("a date", both(put(ANNUAL, date(2026, 2, 1), "d.m."), _beside(TITLE))),
        ("a number that its format makes a code", both(put(ANNUAL, 102, "00\\.00"), _beside(TITLE))),
        ("a formula's number", both(put_formula(ANNUAL, "1+0.02", "1.02", "n"), _beside(TITLE))),
    )
    return tuple(
        Mistake(
            f"title: {name} beside the title",
            spoil,
            (("code-read-as", at(ANNUAL)),),
            both(restore(ANNUAL), _beside(None)),
        )
        for name, spoil in typed
    )


def _new_row(title: str, officer: str | None = None) -> Change:
    """A row that somebody adds under the table."""

    def change(save: Save) -> None:
        for letter, value in zip("BFHJ", (title, 3, "Työ eteni.", officer), strict=True):
            save.sheet[f"{letter}{NEXT_ROW}"] = value

    return change


def _no_new_row(save: Save) -> None:
    save.sheet.delete_rows(NEXT_ROW)


def _rows() -> tuple[Mistake, ...]:
    first, last = at(DEGREE), f"F{NEXT_ROW}"
    added = (
        ("another officer's goal", "02.01.03 Järjestämme asukasillat kylissä", "not-your-goal", f"J{NEXT_ROW}"),
        ("a goal that nobody owns", "11.10 Uudistamme varhaisen tuen mallin", "not-your-goal", f"J{NEXT_ROW}"),
        ("a goal that the plan lacks", "04.01 Perustamme uuden yksikön", "unknown-code", f"B{NEXT_ROW}"),
        ("words without a code", "Muut asiat", "no-code", f"B{NEXT_ROW}"),
    )
    return (
        *(
            Mistake(f"row: added, of {name}", _new_row(title), ((rule, cell),), _no_new_row)
            for name, title, rule, cell in added
        ),
        Mistake(
            "row: a goal's second, with another answer",
            _new_row(f"{CODE} {TITLE}"),
            (("double-row", first), ("double-row", last)),
            _no_new_row,
            stops=(CODE,),
        ),
        *_doubles_in_error(),
        Mistake("row: duplicated", _duplicate_row, (("row-repeated", last),), _no_new_row),
        Mistake(
            "row: a remark under the progress of the last",
            lambda save: save.sheet.__setitem__(f"H{NEXT_ROW}", "Lisätietoja antaa Matti."),
            (("no-code", f"A{NEXT_ROW}"),),
            _no_new_row,
        ),
    )


def _doubles_in_error() -> tuple[Mistake, ...]:
    """A goal's second row that is in error: which of them is meant, nobody can say."""
    first, last = ("double-row", at(DEGREE)), ("double-row", f"F{NEXT_ROW}")
    typed: tuple[tuple[str, object, str], ...] = (
        ("2.4", 2.4, "degree-out-of-scale"),
        ("6", 6, "degree-out-of-scale"),
        ("no degree", None, "degree-missing"),
        ("taso 4", "taso 4", "degree-unclear"),
    )

    def add(degree: object) -> Change:
        return both(_new_row(f"{CODE} {TITLE}"), lambda save: save.sheet.__setitem__(f"F{NEXT_ROW}", degree))

    return (
        *(
            Mistake(
                f"row: a goal's second, with {name}",
                add(degree),
                (first, (rule, f"F{NEXT_ROW}"), last),
                _no_new_row,
                stops=(CODE,),
            )
            for name, degree, rule in typed
        ),
        Mistake(
            "row: a goal's first with 6, and a second that is right",
            both(put(DEGREE, 6), _new_row(f"{CODE} {TITLE}")),
            (("degree-out-of-scale", at(DEGREE)), first, last),
            both(_no_new_row, restore(DEGREE)),
            stops=(CODE,),
        ),
    )


def _duplicate_row(save: Save) -> None:
    for letter in "ABCDEFGH":
        save.sheet[f"{letter}{NEXT_ROW}"] = save.sheet[f"{letter}{ROWS[CODE]}"].value


def officer_mistake(name: str, rule: str, value: object, code: str = SHARED) -> Mistake:
    return Mistake(
        f"officer: {name}",
        put(OFFICER, value, code=code),
        ((rule, at(OFFICER, code)),),
        put(OFFICER, CLERK, code=code),
        unsigned_save,
        stops=(code,),
    )


def _officers() -> tuple[Mistake, ...]:
    """In a workbook that no signature vouches for."""
    return (
        officer_mistake("nobody on a shared goal", "officer-unclear", None),
        officer_mistake("a dash on a shared goal", "officer-unclear", "–"),
        officer_mistake("two", "officer-unclear", f"{CLERK}; {DIRECTOR}"),
        officer_mistake("one that the plan does not know", "officer-unclear", "Matti Meikäläinen"),
        officer_mistake("one that the plan does not know, on the officer's own goal", "officer-unclear", "MM", CODE),
        officer_mistake("two in other words", "officer-unclear", f"{CLERK} ja {DIRECTOR}"),
        officer_mistake("a number", "officer-unclear", 12),
        officer_mistake("an error", "cell-error", "#N/A"),
        officer_mistake("a formula never computed", "formula-without-value", "=H5"),
        officer_mistake("somebody else, on the officer's own goal", "not-your-goal", ENGINEER, CODE),
    )


def _with_plan(plan: Plan) -> Change:
    return lambda save: save.rules.update(plan=plan)


def _changed(code: str, /, **changes: object) -> Plan:
    """The plan with one goal changed since the form was made."""
    return replace(PLAN, goals=tuple(replace(goal, **changes) if goal.code == code else goal for goal in PLAN.goals))


def _older_plans() -> tuple[Mistake, ...]:
    """A form that was made from the plan before the plan was changed: only rows that no longer fit come back."""
    without = replace(PLAN, goals=tuple(goal for goal in PLAN.goals if goal.code != CODE))
    replaced_title = "Bussilinjat palvelevat iltaisin"
    replaced = _changed(CODE, title=replaced_title)
    moved = _changed(CODE, code="01.03")
    renumbered = replace(moved, goals=(*moved.goals, Goal(CODE, replaced_title, "", (CLERK,), "", "B20")))
    given_away = _changed(CODE, officers=(ENGINEER,))
    found = (
        ("lost the goal", without, "unknown-code", at(ANNUAL)),
        ("gave the code to another goal", replaced, "code-and-title-disagree", at(ANNUAL)),
        ("gave the goal another code", renumbered, "code-and-title-disagree", at(ANNUAL)),
        ("gave the goal to another officer", given_away, "not-your-goal", at(OFFICER)),
    )
    return tuple(
        Mistake(
            f"plan: it {name} since", _with_plan(plan), ((rule, cell),), _with_plan(PLAN), signed_save, stops=(CODE,)
        )
        for name, plan, rule, cell in found
    )


GOAL_MISTAKES = (
    *_codes(),
    *_other_title_mistakes(),
    *_read_all_the_same(),
    *_rows(),
    *_officers(),
    *_older_plans(),
)
