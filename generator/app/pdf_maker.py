"""Makes PDFs in the background, so that neither saves nor documents wait for LibreOffice."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic

from generator.app.documents import Draft, pdf_of
from generator.app.publish import Published
from generator.formats.pdf.conversion import NoPdf, Pdf

log = logging.getLogger(__name__)

# Seconds. For this long a newer document cancels the PDF of an older one; then one PDF is finished.
LONGEST_CANCELLING = 60.0


@dataclass(frozen=True, slots=True)
class PdfOrder:
    """A document whose PDF is wanted."""

    draft: Draft
    published: Published
    docx: bytes


@dataclass(frozen=True, slots=True)
class FinishedPdf:
    """A finished PDF, or the reason why there is none, with its order."""

    order: PdfOrder
    pdf: Pdf | NoPdf


class PdfMaker:
    """A thread that makes PDFs one after another; only the newest document of each edition gets one.

    Args:
        done: called in the thread when a PDF is finished.
        longest_cancelling: seconds.
    """

    def __init__(self, done: Callable[[], None], longest_cancelling: float = LONGEST_CANCELLING) -> None:
        self._done = done
        self._longest_cancelling = longest_cancelling
        self._lock = Lock()
        self._orders: dict[str, PdfOrder] = {}
        self._news: SimpleQueue[None] = SimpleQueue()
        self._finished: SimpleQueue[FinishedPdf] = SimpleQueue()
        self._running: PdfOrder | None = None
        self._cancelled = Event()
        self._cancelling_since: float | None = None
        self._stopped = False
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf-worker")
        self._thread = Thread(target=self._run, name="pdf", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Cancels the PDF that is being made, ends the thread and waits for it."""
        self._stopped = True
        self._cancelled.set()
        self._news.put(None)
        self._thread.join()
        self._worker.shutdown()

    def order(self, order: PdfOrder) -> None:
        """Asks for a PDF. An older one of the same edition is cancelled, for at most `longest_cancelling` seconds."""
        name = order.draft.edition.draft_name
        with self._lock:
            running = self._running
            if running and running.published.sha256 == order.published.sha256:
                return
            self._orders[name] = order
            if running and running.draft.edition.draft_name == name:
                self._cancelling_since = self._cancelling_since or monotonic()
                self._cancelled.set()
        self._news.put(None)

    def must_finish(self, name: str) -> bool:
        """True if the edition must wait until its PDF is finished, because too many were cancelled."""
        since, running = self._cancelling_since, self._running
        is_running = running is not None and running.draft.edition.draft_name == name
        return is_running and since is not None and monotonic() - since >= self._longest_cancelling

    def finished(self) -> list[FinishedPdf]:
        """Returns the PDFs that were finished since the last call."""
        found: list[FinishedPdf] = []
        while not self._finished.empty():
            found.append(self._finished.get_nowait())
        return found

    def _run(self) -> None:
        while not self._stopped:
            self._news.get()
            while (order := self._next()) and not self._stopped:
                self._make(order)

    def _next(self) -> PdfOrder | None:
        with self._lock:
            name = next(iter(self._orders), None)
            self._running = self._orders.pop(name) if name is not None else None
            self._cancelled.clear()
            return self._running

    def _make(self, order: PdfOrder) -> None:
        # A future keeps a fault of ours, so that it does not end this thread.
        made = self._worker.submit(pdf_of, order.docx, order.draft, self._cancelled)
        fault = made.exception()
        if fault is not None:
            log.error("the PDF could not be made", exc_info=fault)
        pdf = None if fault else made.result()
        with self._lock:
            self._running = None
            self._cancelling_since = None if pdf is not None else self._cancelling_since
        if pdf is not None:
            self._finished.put(FinishedPdf(order, pdf))
            self._done()
