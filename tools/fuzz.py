"""Spoils a filled workbook at random, thousands of times: each time there must be a verdict, and no wrong value taken.

    python tools/fuzz.py --count 20000 --seed 1 [--processes 2]

An entry that is taken must be what another reader (openpyxl) sees in the same bytes: its row has that code or title,
that degree, overall status, risks and narrative. Entries of files that it cannot open are counted apart. Every mutation
follows from the seed and its own number, so that `--only NUMBER` makes one again. Prints totals; the exit code is 1
where anything was wrong.
"""

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from generator.domain.base.heading import Field
from generator.domain.base.settings import Language, Settings
from generator.domain.plan.form import IDENTITY_SHEET, Identity, make_form
from generator.domain.plan.form_columns import column_number
from generator.domain.plan.goals import Plan
from generator.domain.submission.answers import Entry
from generator.domain.submission.check_rules import CheckRules, read_sender
from generator.domain.submission.checks import Checked, check
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words, degree_choices
from generator.workspace.settings_file import read_settings
from tools.build_example import example_plan
from tools.fuzz_mutations import mutate, with_shared_strings
from tools.fuzz_oracle import Opinion, Taken, judge

ROOT = Path(__file__).parent.parent
OFFICER = "Sivistysjohtaja"
KEY = b"the key of the fuzz"
CHUNK = 250


@dataclass(slots=True)
class Totals:
    """What came of a run of mutations; wrong ones and crashes by the mutation's number."""

    mutations: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    judges: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    crashes: list[tuple[int, str]] = field(default_factory=list)
    slowest_ms: float = 0.0

    def add(self, other: "Totals") -> None:
        self.mutations += other.mutations
        self.verdicts += other.verdicts
        self.rules += other.rules
        self.entries += other.entries
        self.judges += other.judges
        self.wrong += other.wrong
        self.crashes += other.crashes
        self.slowest_ms = max(self.slowest_ms, other.slowest_ms)


def fuzz(numbers: Iterable[int], seed: int) -> Totals:
    """Makes the mutations of these numbers, one after the other, and holds each against the other readers."""
    totals = Totals()
    for number in numbers:
        totals.mutations += 1
        data = mutation(number, seed)
        start = time.perf_counter()
        try:
            checked = checked_bytes(data)
        except Exception:  # noqa: BLE001 — a crash is what is looked for
            totals.crashes.append((number, traceback.format_exc()))
            continue
        totals.slowest_ms = max(totals.slowest_ms, (time.perf_counter() - start) * 1000)
        totals.verdicts[checked.verdict.value] += 1
        totals.rules.update({finding.rule for finding in checked.findings})
        _judge(number, data, checked, totals)
    return totals


def mutation(number: int, seed: int) -> bytes:
    random = Random(f"{seed}:{number}")
    return mutate(random.choice(originals()), random)


def checked_bytes(data: bytes) -> Checked:
    workbook = read_workbook(data)
    return check(workbook, read_sender(workbook, f"{OFFICER}.xlsx", KEY), rules())


def _judge(number: int, data: bytes, checked: Checked, totals: Totals) -> None:
    taken = tuple(_taken(entry) for entry in checked.entries)
    totals.entries += len(taken)
    for entry, opinion in zip(taken, judge(data, taken), strict=True):
        totals.judges[opinion.value] += 1
        if opinion is Opinion.WRONG:
            totals.wrong.append((number, f"{entry.sheet}, row {entry.row}: {entry.code}, degree {entry.degree}"))


def _taken(entry: Entry) -> Taken:
    sheet, _, cell = entry.cells.degree.rpartition("!")
    status = _settings().statuses.get(entry.overall_status)
    return Taken(
        sheet=sheet,
        row=int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        code=entry.code,
        title=_plan().by_code[entry.code].title,
        degree=entry.degree,
        label=_label(entry),
        status_words=(status.shape, *status.words.values(), *map(status.text, status.words)) if status else ("",),
        main_risks=entry.main_risks if entry.cells.main_risks else None,
        narrative=entry.narrative,
    )


def _label(entry: Entry) -> str:
    """The degree's label without its number; an empty string where it is not assessable."""
    scale = _settings().degree_scale
    return "" if entry.degree is None else scale.full_label(entry.degree, "fi").partition(" ")[2]


@cache
def originals() -> tuple[bytes, ...]:
    """The workbooks that are spoilt: a signed form filled in, with its texts in the cells as openpyxl writes them and
    beside them as Excel does, and the same table without an identity."""
    signed = _filled_form()
    book = load_workbook(BytesIO(signed))
    del book[IDENTITY_SHEET]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    stream = BytesIO()
    book.save(stream)
    return signed, with_shared_strings(signed), with_shared_strings(stream.getvalue())


def _filled_form() -> bytes:
    settings, words = _settings(), Words(Language.FINNISH)
    identity = Identity(settings.period.id, OFFICER, _plan().digest, base=0)
    form = make_form(_plan(), OFFICER, unowned_reporter="", language="fi", previous=())
    book = load_workbook(BytesIO(form_bytes(form, identity.pairs(KEY), settings, words)))
    sheet = book.worksheets[0]
    scale, statuses = settings.degree_scale.options("fi"), settings.statuses.options("fi")
    columns = {name: column_number(name, form) for name in Field}
    for index, row in enumerate(range(HEADING_ROW + 1, HEADING_ROW + len(form.rows) + 1)):
        degree = index % 5 + 1
        sheet.cell(row, columns[Field.DEGREE]).value = degree if index % 4 == 3 else scale[degree - 1]
        sheet.cell(row, columns[Field.OVERALL_STATUS]).value = statuses[index % 3]
        sheet.cell(row, columns[Field.NARRATIVE]).value = f"Kohta {index + 1}: työ on edennyt suunnitelman mukaan."
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def rules() -> CheckRules:
    settings = _settings()
    return CheckRules(
        language="fi",
        plan=_plan(),
        scale=settings.degree_scale,
        statuses=settings.statuses,
        headings=settings.headings,
        period=settings.period,
        degree_words=degree_choices(settings.degree_scale, Words(Language.FINNISH)),
    )


@cache
def _settings() -> Settings:
    return read_settings(ROOT / "generator" / "example" / "seuranta.toml")


@cache
def _plan() -> Plan:
    """The example's plan, each goal of the officer's alone."""
    plan = example_plan()
    goals = (replace(goal, officers=(OFFICER,)) if OFFICER in goal.officers else goal for goal in plan.goals)
    return replace(plan, goals=tuple(goals))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int, help="one mutation, by its number")
    asked = parser.parse_args()
    numbers = range(asked.count) if asked.only is None else range(asked.only, asked.only + 1)
    start = time.perf_counter()
    totals = _in_processes(numbers, asked.seed, asked.processes)
    _report(totals, time.perf_counter() - start)
    return 1 if totals.wrong or totals.crashes else 0


def _in_processes(numbers: range, seed: int, processes: int) -> Totals:
    totals = Totals()
    chunks = [numbers[first : first + CHUNK] for first in range(0, len(numbers), CHUNK)]
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(fuzz, chunks, [seed] * len(chunks)):
            totals.add(part)
    return totals


def _report(totals: Totals, seconds: float) -> None:
    print(f"mutations         {totals.mutations}")
    for verdict, count in sorted(totals.verdicts.items()):
        print(f"  {verdict:16}{count}")
    print(f"entries taken     {totals.entries}")
    for judges, count in sorted(totals.judges.items()):
        print(f"  {judges:30}{count}")
    print(f"wrong values      {len(totals.wrong)}")
    print(f"crashes           {len(totals.crashes)}")
    print(f"slowest           {totals.slowest_ms:.0f} ms")
    print(f"seconds           {seconds:.0f}")
    print("found             " + ", ".join(f"{rule} {count}" for rule, count in totals.rules.most_common()))
    for number, what in totals.wrong + totals.crashes:
        print(f"mutation {number}: {what}")


if __name__ == "__main__":
    sys.exit(main())
