"""The program as a watch: one session and one snapshot, kept from round to round."""

from contextlib import ExitStack
from pathlib import Path

from generator.app.intake import Clock
from generator.app.rounds import Rounds
from generator.app.run import MOST_ROUNDS, RunResult, finished, make_keeper, one_round, opened, settle


class Watching:
    """A program that goes on running; `stop` ends it."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._clock = clock
        self._keeper = make_keeper(root, clock)
        self._keeper.journal.read()
        self._stack = ExitStack()
        session, broken = self._stack.enter_context(opened(root, self._keeper, clock))
        self._rounds = Rounds(session, clock.now, broken.settings_error)

    def round(self) -> RunResult:
        """Makes rounds until nothing is left."""
        look = settle(self._keeper, self._clock)
        for _ in range(MOST_ROUNDS):
            self._rounds.result.unsettled = look.unsettled
            one_round(self._rounds)
            look = settle(self._keeper, self._clock)
            if not self._rounds.untaken() and not self._rounds.is_superseded:
                break
        try:
            return finished(self._rounds, look)
        finally:
            self._rounds.begin_result()

    def stop(self) -> None:
        """Ends the program."""
        self._stack.close()
