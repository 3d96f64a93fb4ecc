"""Plays random histories by seed, each from one of a few beginnings, and makes one that fails as short as it can be."""

import atexit
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.secretary.checks import status_faults
from tests.secretary.history import OFFICERS, History
from tests.secretary.rounds import FaultError, require, whole_round
from tests.secretary.steps import STEPS, answer, edit_draft, finish, save, write
from tests.workspaces import fill, make_workspace_with_forms

BY_NAME = {step.__name__: step for step in STEPS}
# What has happened before a history begins; each beginning goes on from the one before it.
BEGINNINGS = ((), (edit_draft, write), (save, edit_draft), (finish,))


@dataclass(frozen=True)
class Step:
    """A step by its name, the seed of its own choices, and whether a round follows it."""

    name: str
    seed: str
    with_round: bool


def steps_of(seed: str) -> tuple[Step, ...]:
    """The steps of the history with this seed: 4 to 6."""
    random = Random(seed)
    names = random.choices([*BY_NAME], [*STEPS.values()], k=random.randint(4, 6))
    return tuple(Step(name, f"{seed}/{number}", random.random() < 0.45) for number, name in enumerate(names))


def fault_of(seed: str, steps: tuple[Step, ...] | None = None) -> str | None:
    """What is wrong in a history, with its story; None where nothing is."""
    told: list[str] = []
    try:
        with _begun(seed) as history:
            told = history.story
            _play(history, steps_of(seed) if steps is None else steps)
    except FaultError as fault:
        return str(fault)
    except Exception:  # noqa: BLE001 — a crash is a fault, too
        return "\n".join((f"crash: {traceback.format_exc()}", *told))
    return None


def shortest(seed: str) -> str | None:
    """What is wrong in a history, told without the steps that the fault does not need."""
    steps, found = list(steps_of(seed)), fault_of(seed)
    is_shorter = found is not None
    while is_shorter:
        is_shorter = False
        for number in reversed(range(len(steps))):
            fewer = (*steps[:number], *steps[number + 1 :])
            fault = fault_of(seed, fewer)
            if _kind(fault) == _kind(found):
                steps, found, is_shorter = list(fewer), fault, True
    return found


def _play(history: History, steps: tuple[Step, ...]) -> None:
    for step in steps:
        history.story.append(f"{step.name} {step.seed}")
        BY_NAME[step.name](history, Random(step.seed))
        if step.with_round:
            history.story.append("round")
            whole_round(history)
    history.story.append("last round")
    whole_round(history)
    require(history, *status_faults(history))


@contextmanager
def _begun(seed: str) -> Iterator[History]:
    beginning = Random(f"{seed}/beginning").randrange(len(BEGINNINGS))
    with TemporaryDirectory(prefix="history-", dir=_folder()) as folder:
        history = _beginning(beginning).copied_to(Path(folder))
        history.is_watched = Random(f"{seed}/watched").random() < 0.5
        history.story.append(f"beginning {beginning}{', watched' if history.is_watched else ''}")
        try:
            yield history
        finally:
            history.stop_watching()


@cache
def _folder() -> Path:
    """A folder of this process, for the beginnings and the copies of them."""
    folder = TemporaryDirectory(prefix="seuranta-histories-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def _beginning(number: int) -> History:
    """A history that is copied: everybody has reported, and nothing is open."""
    root = _folder() / f"beginning-{number}"
    if number:
        history = _beginning(number - 1).copied_to(root)
    else:
        history = History(make_workspace_with_forms(_made(root), extracts=[]).root)
        _report_all(history)
    for step in BEGINNINGS[number]:
        step(history, Random(f"beginning {number}"))
    whole_round(history)
    history.story.clear()
    return history


def _report_all(history: History) -> None:
    random = Random("beginning")
    for officer in OFFICERS:
        answers = {code: answer(history, random, code, officer) for code in history.codes_of(officer)}
        for code in answers:
            answers[code]["degree"] = history.degrees[code, officer] = 3
        path = history.root / "inbox" / f"{officer}.xlsx"
        fill(path, answers)
        history.saves[path.name] = path.read_bytes()


def _made(root: Path) -> Path:
    root.mkdir()
    return root


def _kind(fault: str | None) -> str:
    return fault.split(":")[0] if fault else ""
