"""Prints documents and checks templates in a child process, since a template may hang or use all memory.

The child is shared by all workspaces of this process and stays warm between documents.
"""

import pickle
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TypeAlias

from generator.disk.user_cache import open_user_cache
from generator.domain.base.heading import Headings
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.output.report import Report
from generator.errors import FolderError, StoppedTemplateError, TemplateError
from generator.formats.docx.faults import TemplateComment
from generator.formats.docx.job_messages import JobWriter
from generator.formats.process.warm import StoppedError, StopReason, WarmProcess

MEGABYTES = 512  # of the child's memory
_SECONDS = 2.5  # some ten times what the check of our own template takes
_SECONDS_A_ROW = 0.01  # some twenty times what a row takes
WAITING = 2.0  # seconds by the clock beyond those of work: other programs want the processor too
_GRACE = 1.0  # seconds until a child that cannot stop itself is killed


@dataclass(frozen=True, slots=True)
class RenderJob:
    """A document to print: the arguments of `document.render`, but with the language instead of `Words`."""

    report: Report
    template: bytes
    headings: Headings
    language: Language

    @property
    def seconds(self) -> float:
        """The time limit of the job, in seconds."""
        return _SECONDS + _SECONDS_A_ROW * len(self.report.rows)


@dataclass(frozen=True, slots=True)
class ReportJob:
    """A document to print and to look at: it must say all that its report says."""

    render: RenderJob

    @property
    def seconds(self) -> float:
        """How long it may work."""
        return self.render.seconds


@dataclass(frozen=True, slots=True)
class CheckJob:
    """A template to check."""

    template: bytes

    @property
    def seconds(self) -> float:
        """The time limit of the job, in seconds."""
        return _SECONDS


@dataclass(frozen=True, slots=True)
class CommentJob:
    """A template to copy with comments."""

    template: bytes
    comments: tuple[TemplateComment, ...]

    @property
    def seconds(self) -> float:
        """The time limit of the job, in seconds."""
        return _SECONDS


Job: TypeAlias = RenderJob | ReportJob | CheckJob | CommentJob


@dataclass(frozen=True, slots=True)
class CheckedPrint:
    """A finished .docx that says all that it must, and the record of its values, see `printed_values.values_record`."""

    docx: bytes
    record: bytes


@dataclass(frozen=True, slots=True)
class JobResult:
    """The child's answer to a job: the document with the record of its values, or the template's faults.

    `lacks_rows` is True if the job names rows that the child does not have.
    """

    document: bytes = b""
    record: bytes = b""
    faults: tuple[TemplateError, ...] = ()
    lacks_rows: bool = False


def get_ready() -> None:
    """Starts the child in the background, so that the next document need not wait for the start."""
    with suppress(OSError):  # told when a document is printed
        _child().start()


def render_apart(job: RenderJob) -> bytes:
    """Returns the finished document (.docx) that `document.render` makes.

    Raises:
        TemplateError: the template is at fault; the message names the place.
        StoppedTemplateError: the template works too long or takes too much memory.
        FolderError: the child cannot be started.
    """
    return _answer(job).document


def render_checked_apart(job: RenderJob) -> CheckedPrint:
    """The finished document and the record of its values, as `document.render_checked` makes them.

    Raises:
        TemplateError: the template is at fault; the document lacks what it must say, or says what may not be published.
        StoppedTemplateError: the template works too long or takes too much memory.
        FolderError: the child cannot be started.
    """
    answer = _answer(ReportJob(job))
    return CheckedPrint(answer.document, answer.record)


def find_faults_apart(template: bytes) -> tuple[TemplateError, ...]:
    """Returns the faults that `template.find_faults` finds."""
    try:
        return _ask(CheckJob(template)).faults
    except StoppedTemplateError as error:
        return (error,)


def comment_apart(job: CommentJob) -> bytes:
    """Returns the commented copy that `comments.with_comments` makes.

    Raises:
        TemplateError: the template cannot be opened.
        FolderError: the child cannot be started.
    """
    return _answer(job).document


def stopped_error(job: Job) -> StoppedTemplateError:
    """Returns the error for a template that was stopped at an unknown place."""
    return StoppedTemplateError(_STOPPED, _SIMPLIFY, seconds=round(job.seconds), size=MEGABYTES)


def _answer(job: Job) -> JobResult:
    answer = _ask(job)
    if answer.faults:
        raise answer.faults[0]
    return answer


def _ask(job: Job) -> JobResult:
    with _ASKING:
        answer = _ask_once(job)
        if answer.lacks_rows:
            _WRITER.forget()
            answer = _ask_once(job)
        if answer.lacks_rows:
            raise LookupError("the child lacks rows that stand in its job")
        return answer


def _ask_once(job: Job) -> JobResult:
    try:
        answer: JobResult = pickle.loads(_child().answer(_WRITER.write(job), job.seconds + WAITING + _GRACE))
    except StoppedError as error:
        _WRITER.forget()
        if error.reason is StopReason.DIED and "MemoryError" not in error.said:
            raise  # a fault of this program: its trace stands in the error
        raise stopped_error(job) from error
    except OSError as error:
        raise FolderError(_NOT_STARTED, _START_AGAIN, reason=error.strerror or "") from error
    return answer


# The messages must reach the child in the order in which they are written.
_ASKING, _WRITER = Lock(), JobWriter()


@cache
def _child() -> WarmProcess:
    cache = open_user_cache()
    return WarmProcess("generator.formats.docx.child", *((str(cache.folder), cache.program) if cache else ()))


_STOPPED = N_("The template was stopped: it took more than {seconds} seconds or {size} MB of memory.")
_SIMPLIFY = N_("Take out loops inside loops, and what builds long texts. The fields: seuranta template fields")
_NOT_STARTED = N_("The program that prints the documents cannot be started ({reason}).")
_START_AGAIN = N_("Close other programs and try again. All saves are kept, and the last report stands.")
