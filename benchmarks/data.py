"""Makes the offices that the benchmarks run on: Finnish-like texts from a seed, a plan, and filled workbooks."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import openpyxl

from generator.app import maintenance
from generator.app.forms import write_forms
from generator.domain.plan.goals import Goal, Plan
from generator.formats.xlsx.form_file import HEADING_ROW
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace

ROWS = 40  # of a workbook; an officer with a council-term goal has one more
SEED = 20261127
DIVISIONS = ("Sivistys", "Tekniikka", "Konserni", "Elinvoima", "Hyvinvointi", "Talous", "Ympäristö", "Henkilöstö")
STATUSES = ("suunnitelman mukaan", "viivästynyt", "ei toteudu")
STATUS_COLUMN, DEGREE_COLUMN, NARRATIVE_COLUMN = 5, 6, 7
_ENDINGS = ("", "n", "ssa", "sta", "lla", "lle", "ksi", "t", "iden", "minen", "misen", "taan", "vat", "nut", "ttu")


class Texts:
    """Random Finnish-like words and sentences; the same seed gives the same ones.

    Varied on purpose: with one constant narrative compression costs nothing and every cache hits.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._stems, self._weights = _vocabulary()

    def sentences(self, length: int) -> str:
        """Returns whole sentences, at least `length` characters."""
        text = self._sentence()
        while len(text) < length:
            text += f" {self._sentence()}"
        return text

    def narrative(self) -> str:
        """Returns 60 to 900 characters, 425 on average."""
        return self.sentences(int(self._random.triangular(40, 820, 250)))

    def title(self) -> str:
        """Returns a goal's title, about 60 characters."""
        return " ".join(self._take(self._random.randint(4, 8))).capitalize()

    def choose(self, *values: str) -> str:
        return self._random.choice(values)

    def degree(self, code: str) -> int:
        """Returns a degree that agrees with the goals below: a parent far from its children is asked about."""
        usual = int(code[:2]) % 2 + 2
        return usual + (self._random.choice((-1, 1)) if code.endswith((".03", ".07")) and len(code) == 8 else 0)

    def _sentence(self) -> str:
        return " ".join(self._take(self._random.randint(5, 14))).capitalize() + "."

    def _take(self, count: int) -> list[str]:
        stems = self._random.choices(self._stems, cum_weights=self._weights, k=count)
        return [stem + self._random.choice(_ENDINGS) for stem in stems]


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Returns some thousand stems of words, and how often each is used: as in a language, a few make up most of a text.

    With these weights a text shrinks by zlib as Finnish does, to some two fifths.
    """
    chance = random.Random(SEED)
    stems = tuple(dict.fromkeys(_stem(chance) for _ in range(6000)))
    return stems, tuple(accumulate(1 / (rank + 30) for rank in range(len(stems))))


def _stem(chance: random.Random) -> str:
    vowels = chance.choice((("a", "o", "u", "e", "i", "aa", "uo", "ai"), ("ä", "ö", "y", "e", "i", "ää", "yö", "ei")))
    syllables = (
        chance.choice("kktttppssllmmnnrvhj") + chance.choice(vowels) + chance.choice(("", "", "", "n", "s", "l", "r"))
        for _ in range(chance.choice((1, 2, 2, 2, 3, 3)))
    )
    return "".join(syllables)


def officer_names(count: int) -> tuple[str, ...]:
    """Returns posts whose names differ by more than a letter or two, which the plan check would ask about."""
    stems = (stem for stem in _vocabulary()[0] if len(stem) > 5)
    return tuple(f"{next(stems).capitalize()}päällikkö {number:03d}" for number in range(count))


def make_plan(officers: int) -> Plan:
    """Returns a plan with 40 goals for each officer: four annual goals, each with nine actions.

    The first 99 officers have a council-term goal as well; the others' goals stand under these.
    """
    texts, goals = Texts(SEED), list[Goal]()
    for number, name in enumerate(officer_names(officers)):
        for code in _codes(f"{number % 99 + 1:02d}", number // 99):
            risks = texts.sentences(60)
            goals.append(Goal(code, texts.title(), risks, (name,), DIVISIONS[number % len(DIVISIONS)], "A1"))
    return Plan(tuple(goals))


def _codes(root: str, turn: int) -> Iterator[str]:
    if turn == 0:
        yield root
    for annual in range(turn * 4 + 1, turn * 4 + 5):
        yield f"{root}.{annual:02d}"
        yield from (f"{root}.{annual:02d}.{action:02d}" for action in range(1, 10))


def make_small_plan(officers: int) -> Plan:
    """Returns a plan with an annual goal and two actions for each officer, of 396 at most."""
    wanted = re.compile(r"\d\d(\.(01|05|09|13)(\.0[12])?)?")
    return Plan(tuple(goal for goal in make_plan(officers).goals if wanted.fullmatch(goal.code)))


def make_office(root: Path, plan: Plan) -> Workspace:
    """Makes a workspace in which every officer has saved a filled form, and nothing has been read yet."""
    workspace = make_workspace(root, plan)
    write_forms(workspace, None, None)
    fill_all(workspace, SEED)
    return workspace


def make_workspace(root: Path, plan: Plan) -> Workspace:
    """Makes a workspace with a plan and an empty inbox.

    No PDF is made in it: LibreOffice would take longer than all that is measured.
    """
    maintenance.init(root)
    workspace = change_settings(root, quiet_seconds="0", pdf="false")
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))
    return workspace


def change_settings(root: Path, **lines: str) -> Workspace:
    """Writes TOML values over those of the settings' lines."""
    path = root / "seuranta.toml"
    text = path.read_text(encoding="utf-8")
    for name, value in lines.items():
        text, count = re.subn(rf"(?m)^(# )?{name} = .*$", f"{name} = {value}", text)
        assert count == 1, name
    path.write_text(text, encoding="utf-8")
    return open_workspace(root)


def fill_all(workspace: Workspace, seed: int) -> None:
    """Answers every form in the inbox."""
    for number, path in enumerate(forms_in(workspace.inbox), start=1):
        fill(path, Texts(seed + number))


def forms_in(inbox: Path) -> tuple[Path, ...]:
    """Returns the officers' workbooks in their order, without our answers to them."""
    return tuple(sorted(inbox.glob("*päällikkö [0-9][0-9][0-9].xlsx")))


def fill(path: Path, texts: Texts) -> None:
    """Answers every goal of a form, and saves it where it lies."""
    book = openpyxl.load_workbook(path)
    for cells in book.worksheets[0].iter_rows(min_row=HEADING_ROW + 1, max_col=NARRATIVE_COLUMN):
        title = next((str(cell.value) for cell in cells[:3] if cell.value), "")
        if title:
            cells[STATUS_COLUMN - 1].value = texts.choose(*STATUSES)
            cells[DEGREE_COLUMN - 1].value = texts.degree(title.split(" ")[0])
            cells[NARRATIVE_COLUMN - 1].value = texts.narrative()
    book.save(path)


@dataclass(slots=True)
class Changes:
    """Changes the degree and the narrative of one goal in the same officer's workbook, each time otherwise."""

    root: Path
    turn: int = 0

    def save(self) -> None:
        self.turn += 1
        path, row = forms_in(self.root / "inbox")[0], HEADING_ROW + 3
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        sheet.cell(row, DEGREE_COLUMN).value = int(sheet.cell(row, DEGREE_COLUMN).value) % 4 + 1
        sheet.cell(row, NARRATIVE_COLUMN).value = Texts(SEED - self.turn).narrative()
        book.save(path)
