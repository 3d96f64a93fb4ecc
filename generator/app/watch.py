"""`seuranta watch`: one thread keeps saves, one makes PDFs, and this one processes, answers and publishes."""

import logging
import sys
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.app.editions import Edition
from generator.app.intake import Clock
from generator.app.keeping import KeeperThread, attempt
from generator.app.maintenance import sweep
from generator.app.pdf_maker import PdfMaker, PdfOrder
from generator.app.rounds import Rounds
from generator.app.run import RunResult, finished, make_keeper, opened
from generator.errors import SeurantaError
from generator.workspace.watcher import WakeSignal

log = logging.getLogger(__name__)

# Documents wait while files are being saved, but no longer than this.
LONGEST_BURST = 10.0
# Seconds that made documents wait at most to be placed with others.
LONGEST_UNPLACED = 1.0
# The longest wait, in seconds, before broken settings or a broken plan are read again.
LONGEST_BLOCKED = 2.0
# Python's threads take turns this often (seconds), so that saves are kept while a document is made.
THREAD_TURN = 0.001


@dataclass(frozen=True, slots=True)
class Announcer:
    """Callbacks of the watch: after a round that did something, and for an error that stopped one."""

    passed: Callable[[RunResult], None]
    failed: Callable[[SeurantaError], None]


class Watch:
    """Runs one round after another until `stop` is called. An error is reported once; the next round tries again."""

    def __init__(self, root: Path, clock: Clock, said: Announcer) -> None:
        self._root = root
        self._clock = clock
        self._said = said
        self._wake = WakeSignal()
        self._keeper = KeeperThread(root, clock, self._wake.send, said.failed)
        self._pdfs = PdfMaker(self._wake.send)
        self._stopped = False
        self._is_first = True
        self._last_failure = ""
        self._last_whole = 0.0
        self._changed_at: float | None = None

    def stop(self) -> None:
        """Ends the watch after the document that is being made; a signal handler may call it."""
        self._stopped = True
        self._wake.send()

    def run(self) -> None:
        """Watches until `stop` is called."""
        turn = sys.getswitchinterval()
        sys.setswitchinterval(THREAD_TURN)
        self._keeper.start()
        self._pdfs.start()
        try:
            while not self._stopped:
                attempt(self._serve, self._fail)
        finally:
            self._pdfs.stop()
            self._keeper.stop()
            sys.setswitchinterval(turn)

    def _serve(self) -> None:
        """Opens the workspace and makes rounds until one fails or the watch is stopped."""
        with (
            closing(make_keeper(self._root, self._clock)) as keeper,
            opened(self._root, keeper, self._clock) as (session, broken),
        ):
            rounds = Rounds(session, self._clock.now, broken.settings_error)
            sweep(session)
            while not self._stopped:
                self._round(rounds)
                self._wait(rounds)

    def _round(self, rounds: Rounds) -> None:
        rounds.result.unsettled = self._keeper.look.unsettled
        is_ready = rounds.take()
        self._place_pdfs(rounds)
        if is_ready and self._may_publish():
            self._publish(rounds)
            rounds.finish()
        else:
            rounds.show()
        self._tell(rounds)

    def _may_publish(self) -> bool:
        """True if documents are to be made: no file waits, or the first change was `LONGEST_BURST` ago."""
        now = self._clock.ticks()
        self._changed_at = self._changed_at or now
        return not self._keeper.is_waiting or now - self._changed_at >= LONGEST_BURST

    def _publish(self, rounds: Rounds) -> None:
        """Makes the documents one by one; saves that come in between are taken and answered first.

        They are placed together: the whole report at once, the others after a second at the latest.
        """
        queue, since = deque(rounds.editions()), self._clock.ticks()
        while queue and not self._stopped:
            edition = queue.popleft()
            if not self._pdfs.must_finish(edition.draft_name):
                rounds.make(edition)
            is_untaken, is_whole = rounds.untaken(), edition == rounds.editions()[0]
            if is_untaken or is_whole or not queue or self._clock.ticks() - since >= LONGEST_UNPLACED:
                self._place(rounds)
                since = self._clock.ticks()
            if is_untaken:
                if not rounds.take():
                    return
                queue = self._again(queue, rounds)
        self._place(rounds)
        self._changed_at = None

    def _again(self, left: deque[Edition], rounds: Rounds) -> deque[Edition]:
        """Returns the documents still to make, then all others again; the whole report first if it is due."""
        whole, *others = rounds.editions()
        is_time = not self._keeper.is_waiting or self._clock.ticks() - self._last_whole >= LONGEST_BURST
        first = (whole,) if is_time else ()
        return deque(dict.fromkeys((*first, *left, *others, whole)))

    def _place(self, rounds: Rounds) -> None:
        """Places the documents that were made, and orders their PDFs."""
        for published in rounds.place():
            if published.edition == rounds.editions()[0]:
                self._last_whole = self._clock.ticks()
            if published.wants_pdf:
                order = PdfOrder(rounds.draft(published.edition), published, published.place.read_bytes())
                self._pdfs.order(order)

    def _place_pdfs(self, rounds: Rounds) -> None:
        for finished_pdf in self._pdfs.finished():
            order = finished_pdf.order
            rounds.add_pdf(order.draft.edition, order.published, finished_pdf.pdf)

    def _tell(self, rounds: Rounds) -> None:
        """Reports a round once its documents are made, together with saves processed before."""
        if rounds.result.stopped:
            self._say(rounds.result.stopped)
            return
        self._last_failure = ""
        if not any(edition.draft_name in rounds.result.documents for edition in rounds.editions()[:1]):
            return
        result = finished(rounds, self._keeper.look)
        rounds.begin_result()
        if self._is_first or result.is_news:
            self._said.passed(result)
        self._is_first = False

    def _wait(self, rounds: Rounds) -> None:
        """Waits until there is work, at most the settings' `rescan_seconds`."""
        if rounds.untaken() or rounds.is_superseded:
            return
        if rounds.is_blocked():
            self._wake.wait(LONGEST_BLOCKED)
        else:
            self._wake.wait(1.0 if self._changed_at is not None else rounds.session.settings.rescan_seconds)

    def _fail(self, error: Exception) -> None:
        """Reports a failure and waits a moment before the workspace is opened again."""
        self._say(error)
        self._wake.wait(2.0)

    def _say(self, error: Exception) -> None:
        """Reports a failure once, until a round has succeeded again."""
        text = f"{type(error).__name__}: {error}"
        if text == self._last_failure:
            return
        self._last_failure = text
        if isinstance(error, SeurantaError):
            self._said.failed(error)
        else:
            log.error("the round failed", exc_info=error)
