"""The child process that prints documents: `python -m generator.formats.docx.child [FOLDER PROGRAM]`. See `rendering`.

FOLDER and PROGRAM are those of the `UserCache` where it keeps what it has printed.
"""

import gc
import os
import pickle
import sys
from pathlib import Path

from generator.disk.user_cache import UserCache
from generator.domain.output.report import ReportRow
from generator.errors import TemplateError
from generator.formats.docx.document import render, render_checked
from generator.formats.docx.job_messages import JobReader, UnknownRowError
from generator.formats.docx.printed_rows import KeptRows
from generator.formats.docx.rendering import (
    MEGABYTES,
    WAITING,
    CheckJob,
    CommentJob,
    Job,
    JobResult,
    RenderJob,
    ReportJob,
    stopped_error,
)
from generator.formats.docx.working_time import TooSlowError, at_most
from generator.formats.process.limits import collect_garbage_rarely, limit_process
from generator.formats.process.warm import serve
from generator.i18n.words import Words


def main() -> None:
    """Answers jobs until its standard input ends."""
    limit_process(MEGABYTES)
    collect_garbage_rarely()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as target:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the answers
        serve(sys.stdin.buffer, target, _answer)


def _answer(message: bytes) -> bytes:
    try:
        job: Job = _READER.read(message)
    except UnknownRowError:
        return pickle.dumps(JobResult(lacks_rows=True))
    _READER.keep(_rows_of(job))
    try:
        with at_most(job.seconds, job.seconds + WAITING):
            answer = _do(job)
    except TemplateError as error:
        answer = JobResult(faults=(error,))
    except (TooSlowError, MemoryError):
        answer = JobResult(faults=(stopped_error(job),))
    if answer.faults:
        gc.collect()  # objects that a hostile template made refer to the error and back
    return pickle.dumps(answer)


def _rows_of(job: Job) -> tuple[ReportRow, ...]:
    wanted = job.render if isinstance(job, ReportJob) else job
    return wanted.report.rows if isinstance(wanted, RenderJob) else ()


def _do(job: Job) -> JobResult:
    if isinstance(job, CommentJob):
        from generator.formats.docx.comments import with_comments  # with python-docx: slow to import

        return JobResult(with_comments(job.template, job.comments))
    if isinstance(job, CheckJob):
        from generator.formats.docx.template import find_faults  # with docxtpl

        return JobResult(faults=find_faults(job.template))
    if isinstance(job, ReportJob):
        wanted = job.render
        words = Words(wanted.language)
        made = render_checked(wanted.report, wanted.template, wanted.headings, words, kept=_KEPT)
        return JobResult(made.docx, made.record)
    words, cache = Words(job.language), _KEPT.cache
    return JobResult(render(job.report, job.template, job.headings, words, cache=cache))


_READER = JobReader()
_KEPT = KeptRows(UserCache(Path(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 2 else None)


if __name__ == "__main__":
    main()
