"""Rounds in a workspace that stays open, as `seuranta watch` makes them, measured one by one."""

import gc
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measure import Cost, measured
from generator.app.rounds import Rounds
from generator.app.run import make_keeper, opened, system_clock
from generator.cli.start import OBJECTS_BETWEEN_LOOKS


class WarmRounds:
    """One open workspace; `round` is called after somebody has saved, or with nothing new."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        gc.set_threshold(OBJECTS_BETWEEN_LOOKS)  # as the command does
        clock = system_clock()
        self._keeper = make_keeper(root, clock)
        self._keeper.journal.read()
        session, broken = stack.enter_context(opened(root, self._keeper, clock))
        self._rounds = Rounds(session, clock.now, broken.settings_error)
        self.round()

    def round(self) -> Cost:
        """Makes a round; its cost is from the end of the quiet window until the whole report is in place.

        The extracts, tilanne.html and the workbook of decisions follow, and are not counted.
        """
        self._keeper.look()  # the quiet window begins
        self._rounds.begin_result()
        cost = measured(self._until_whole_report)
        _, *others = self._rounds.editions()
        self._rounds.publish(*others)
        self._rounds.finish()
        return cost

    def _until_whole_report(self) -> None:
        self._keeper.look()
        assert self._rounds.take()
        self._rounds.publish(self._rounds.editions()[0])
