"""Hypothesis strategies: cells of every kind, workbooks of any cells, and officers' answers."""

from hypothesis import strategies as st

from generator.domain.base.heading import Field
from generator.domain.follow_up.whose_answer import entry_key
from generator.domain.submission.answers import Answer, Entry
from generator.domain.submission.workbook import Cell, CellKind, Sheet, SheetState, Workbook
from tests.builders import CLERK, DIRECTOR, HEADINGS, NOWHERE, PLAN, answer, sheet

# What Excel can hold in a cell: any character that XML can, in texts of its own limit and far beyond here.
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)
# What an officer can have written once control characters are cleaned away.
printable_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.just("\n"),
    max_size=200,
)

# What a plan or an earlier answer can say, with what XML, a shared string and a line's length make of it.
texts_of_plans = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(["", " ", "_x0041_x0042_", "a\tb\r\nc", "<r>a & b</r>", "=1+1"])
    | st.integers(1, 90).map(lambda count: "sana " * count)
)

_kinds = st.sampled_from(CellKind)
_formats = st.sampled_from(["General", "@", "0", "0.00", "0 %", "dd.mm.yyyy", '"x"0', "[h]:mm", ""])
_raws = texts | st.sampled_from(["3", "3.0", "3.5", "TRUE", "#N/A", "1E+400", "-0", "nan", "", "01.01", "1.1"])


@st.composite
def cells(draw: st.DrawFn, rows: int = 6, columns: int = len(Field)) -> Cell:
    """Any cell at all, within a small window so that cells meet the headings."""
    row, column = draw(st.integers(1, rows)), draw(st.integers(1, columns))
    formula = draw(st.none() | texts)
    return Cell(row, column, draw(_kinds), draw(_raws), draw(_formats), formula, draw(st.none() | texts))


@st.composite
def any_workbooks(draw: st.DrawFn) -> Workbook:
    """A sheet whose heading row is right and whose other cells are anything, then sheets of anything."""
    below = draw(st.lists(cells(), max_size=25, unique_by=lambda cell: (cell.row, cell.column)))
    good = tuple(sorted((cell for cell in below if cell.row > 1), key=lambda cell: (cell.row, cell.column)))
    first = sheet((HEADINGS,))
    others = draw(st.lists(cells(), max_size=5, unique_by=lambda cell: (cell.row, cell.column)))
    loose = tuple(sorted(others, key=lambda cell: (cell.row, cell.column)))
    return Workbook((Sheet(first.name, first.state, first.cells + good), Sheet("Muu", SheetState.HIDDEN, loose)))


entries = st.builds(
    Entry,
    code=st.sampled_from([goal.code for goal in PLAN.goals]),
    officer=st.sampled_from([CLERK, DIRECTOR]),
    degree=st.none() | st.integers(1, 5),
    overall_status=st.sampled_from(["", "suunnitelman mukaan", "viivästynyt"]),
    main_risks=st.sampled_from(["", "Riski"]),
    narrative=st.sampled_from(["Etenee.", "Valmistuu.", "Viivästyy."]),
    signed=st.booleans(),
    cells=st.just(NOWHERE),
)


@st.composite
def answer_lists(draw: st.DrawFn) -> list[Answer]:
    """Answers in force with a sequence each, one of each goal and officer, as the ledger gives them."""
    drawn = draw(st.lists(entries, max_size=14, unique_by=entry_key))
    return [answer(entry, sequence) for sequence, entry in enumerate(drawn, start=1)]
