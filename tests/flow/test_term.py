"""A council term: five periods over a programme that changes four times, each compared with what the council had."""

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.app.comparison import DealtWith
from generator.app.decisions import decide
from generator.app.finalize import Finalized, make_final
from generator.app.forms import write_forms
from generator.app.maintenance import rebuild
from generator.app.periods import OpenedPeriod, PeriodOrder, open_period
from generator.app.run import run as run_once
from generator.domain.base.settings import Language
from generator.domain.follow_up.comparison import Beginning
from generator.domain.follow_up.open_items import Signature
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import open_workspace
from generator.workspace.settings_edit import NewPeriod
from tests.flow.term_oracle import expected, read_document
from tests.flow.test_pass import NOON, clock
from tests.workspaces import fill, make_workspace

FIRST, SECOND, RENAMED = "Elinvoimajohtaja", "Sivistysjohtaja", "Elinvoima- ja työllisyysjohtaja"
SECRETARY = Signature("raportin kokoaja", "2026-08-24T12:00:00+03:00", "Kaikki on luettu.")
Row = tuple[str, str, tuple[str, ...], str]


def programme(*rows: Row, officers: tuple[Officer, ...] = ()) -> Plan:
    return Plan(tuple(map(_goal, rows)), officers)


def _goal(row: Row) -> Goal:
    code, title, officers, earlier = row
    codes = tuple(earlier.split("; ")) if earlier not in ("", "uusi") else ()
    return Goal(code, title, "", officers, "", "", earlier_codes=codes, is_new=earlier == "uusi")


ONE: tuple[Row, ...] = (
    ("01", "Elinvoima vahvistuu", (), ""),
    ("01.01", "Yritysten palvelut ovat sujuvia", (FIRST,), ""),
    ("01.01.01", "Teemme vuosittain vähintään 80 yrityskäyntiä", (FIRST,), ""),
    ("01.01.02", "Laadimme vuoden 2027 talousarvion ajoissa", (SECOND,), ""),
    ("01.02", "Matkailu kasvaa ympäri vuoden", (), ""),
    ("01.02.01", "Avaamme uuden luontopolun järvelle", (FIRST,), ""),
    ("01.02.02", "Uudistamme matkailun verkkosivut", (SECOND,), ""),
    ("02", "Asukkaat voivat hyvin", (SECOND,), ""),
    ("02.01", "Kiusaaminen vähenee kouluissa", (SECOND,), ""),
    ("02.01.01", "Koulutamme oppilaskunnat sovittelijoiksi", (SECOND,), ""),
    ("02.01.02", "Perustamme nuorille oman valtuuston", (FIRST, SECOND), ""),
)


def changed(rows: tuple[Row, ...], **others: Row | None) -> tuple[Row, ...]:
    """The rows with some in another form (`g01_01=…`), without those that are None, in the order of their codes."""
    found = {row[0]: row for row in rows}
    for name, row in others.items():
        found.pop(name[1:].replace("_", "."), None)
        found |= {row[0]: row} if row else {}
    return tuple(found[code] for code in sorted(found))


TWO = changed(
    ONE,
    g01_01_01=("01.01.01", "Teemme vuosittain yrityskäyntejä", (FIRST,), ""),
    g01_01_02=("01.01.02", "Laadimme vuoden 2028 talousarvion ajoissa", (SECOND,), ""),
    g01_02_02=("01.02.03", "Uudistamme matkailun verkkosivut", (SECOND,), "01.02.02"),
    g02_01_02=None,
    g02_02=("02.02", "Liikuntapaikat ovat kunnossa", (SECOND,), ""),
)
THREE = changed(
    TWO,
    g01_02_01=("01.02.01", "Avaamme uuden luontopolun järvelle", (SECOND,), "01.02.01"),
    g02_02=("02.02", "Liikuntapaikat ovat kunnossa ja auki", (SECOND,), "uusi"),
)
FOUR = changed(
    THREE,
    g01_02_03=("01.02.03", "Uudistamme matkailun verkkosivut", (SECOND,), "01.02.03"),
    g01_02_04=("01.02.04", "Avaamme matkailijoille verkkokaupan", (SECOND,), "01.02.03"),
    g02_01=("02.01", "Koulupäivä on turvallinen ja liikkuva", (SECOND,), "02.01; 02.02"),
    g02_02=None,
)
# The post is renamed from here on.
FIVE = tuple(
    (code, title, tuple(RENAMED if name == FIRST else name for name in who), "") for code, title, who, _ in FOUR
)
OFFICERS = (Officer(RENAMED, "", "", "fi", former_names=(FIRST,)), Officer(SECOND, "", "", "fi"))
TERM = (
    ("2026-1", Beginning.PERIOD, programme(*ONE)),
    ("2026-2", Beginning.PERIOD, programme(*TWO)),
    ("2027-1", Beginning.YEAR, programme(*THREE)),
    ("2027-2", Beginning.PERIOD, programme(*FOUR)),
    ("2029-2", Beginning.TERM, programme(*FIVE, officers=OFFICERS)),
)


class Term:
    """A council term as it is lived, with random answers; what was made final is copied with its plan."""

    def __init__(self, root: Path, seed: int) -> None:
        self.workspace = make_workspace(root / "work", TERM[0][2], extracts=[])
        self.copies, self.chance = root / "copies", random.Random(seed)
        self.copies.mkdir()

    def live(self) -> None:
        for number, (period, beginning, plan) in enumerate(TERM):
            if number:
                self.open(number, period, beginning)
            self.workspace.plan.write_bytes(plan_bytes(plan, self.workspace.settings.headings, Words(Language.FINNISH)))
            write_forms(self.workspace)
            self.answer()
            self.finalize(period)
            self.answer_late()

    def open(self, number: int, period: str, beginning: Beginning) -> None:
        end = date(2026 + number, 12, 31)
        new = NewPeriod(period, f"kausi {period}", end, end)
        order = PeriodOrder(new, DealtWith(0, date(2026 + number, 6, 1), "85 §", beginning))
        assert isinstance(open_period(self.workspace, order, SECRETARY), OpenedPeriod)
        self.workspace = open_workspace(self.workspace.root)

    def answer(self) -> None:
        for form in sorted(self.workspace.inbox.glob("*.xlsx")):
            fill(form, {row[0]: self.said() for row in (*ONE, *TWO, *THREE, *FOUR)})
        result = run_once(self.workspace.root, clock())
        found = [(file.file, finding) for file in result.files for finding in file.checked.findings]
        assert found == []
        for item in result.status.follow_up.disputed:
            assert decide(self.workspace, item.goal.code, self.chance.choice(item.answers).entry.officer, SECRETARY)

    def said(self) -> dict[str, object]:
        return {"degree": self.chance.randint(1, 5), "narrative": f"Vaihe {self.chance.randint(1, 10**6)} on tehty."}

    def finalize(self, period: str) -> None:
        run_once(self.workspace.root, clock())
        made = make_final(self.workspace, SECRETARY)
        assert isinstance(made, Finalized)
        shutil.copy(made.docx, self.copies / f"{period}.docx")
        shutil.copy(self.workspace.plan, self.copies / f"{period}.xlsx")

    def answer_late(self) -> None:
        """An officer changes all answers after the report was made final: the next one is not compared with them."""
        form = next(iter(sorted(self.workspace.inbox.glob("*.xlsx"))))
        fill(form, {row[0]: self.said() for row in (*ONE, *TWO, *THREE, *FOUR)})
        run_once(self.workspace.root, clock())

    def paths(self, number: int) -> tuple[Path, Path]:
        return self.copies / f"{TERM[number][0]}.docx", self.copies / f"{TERM[number][0]}.xlsx"


@pytest.mark.parametrize("seed", range(3))
def test_every_change_that_is_printed_in_a_term_is_what_the_documents_say(tmp_path: Path, seed: int) -> None:
    term = Term(tmp_path, seed)
    term.live()
    for number in range(1, len(TERM)):
        (before, old_plan), (now, plan) = term.paths(number - 1), term.paths(number)
        must = expected(before, now, (old_plan, plan), TERM[number][1].value)
        said = {code: printed.remark for code, printed in read_document(now).items()}
        own_words = {code for code, remark in must.items() if remark == "…"}
        assert {code: remark for code, remark in said.items() if code not in own_words} == {
            code: remark for code, remark in must.items() if code not in own_words
        }, TERM[number][0]
    last = term.workspace.outbox / "seurantaraportti-2029-2-LUONNOS.docx"
    before_rebuild = last.read_bytes()
    rebuild(term.workspace, NOON)
    run_once(term.workspace.root, clock())
    assert last.read_bytes() == before_rebuild
