"""Runs random histories by seed, and makes one that fails as short as it can be."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from generator.domain.base.settings import IdentityPolicy, Settings
from generator.workspace.settings_file import read_settings
from tools.people.history import History
from tools.people.steps import STEPS, new_form

SETTINGS_FILE = Path(__file__).parent.parent.parent / "generator" / "example" / "seuranta.toml"
BY_NAME = {step.__name__: step for step in STEPS}


@dataclass(frozen=True)
class Step:
    """A step by its name, the seed of its own choices, and whether a round follows it."""

    name: str
    seed: str
    with_round: bool


def steps_of(seed: str) -> tuple[Step, ...]:
    """The steps of the history with this seed: 10 to 30."""
    random = Random(seed)
    names = random.choices([*BY_NAME], [*STEPS.values()], k=random.randint(10, 30))
    return tuple(Step(name, f"{seed}/{number}", random.random() < 0.7) for number, name in enumerate(names))


def play(seed: str, steps: tuple[Step, ...]) -> History:
    """Plays steps one after another, up to the first fault."""
    identity = IdentityPolicy.CONFIRM if Random(f"{seed}/identity").random() < 0.3 else IdentityPolicy.OPEN
    history = History(_settings(), identity)
    new_form(history, Random(f"{seed}/form"))
    for step in steps:
        BY_NAME[step.name](history, Random(step.seed))
        if step.with_round:
            history.round()
        if history.faults:
            break
    else:
        history.round()
        if not history.faults:
            history.forget_ledger()
    history.office.close()
    return history


def faults_of(seed: str) -> tuple[str, ...]:
    """What is wrong in the history with this seed; () where nothing is."""
    return tuple(play(seed, steps_of(seed)).faults)


def shortest(seed: str) -> History:
    """The history with this seed without the steps that its fault does not need."""
    steps, kind = list(steps_of(seed)), _kind(play(seed, steps_of(seed)))
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for number in reversed(range(len(steps))):
            fewer = (*steps[:number], *steps[number + 1 :])
            if _kind(play(seed, fewer)) == kind:
                steps, is_shorter = list(fewer), True
    return play(seed, tuple(steps))


def _kind(history: History) -> str:
    return history.faults[0].split()[0] if history.faults else ""


@cache
def _settings() -> Settings:
    return read_settings(SETTINGS_FILE)
