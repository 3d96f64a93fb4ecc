"""The log of `seuranta worker` and `seuranta ring` on stderr: one line for each job, never officers' texts."""

import logging
import sys

from procrastinate.exceptions import ConnectorException

from generator.store.postgres.connection import one_line


def start_log() -> None:
    """Sets up the log of this process: information on our jobs, and warnings and errors of the libraries."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("generator.hosted").setLevel(logging.INFO)
    # It logs each failed connection, which procrastinate logs too.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    for handler in logging.getLogger().handlers:
        handler.addFilter(without_connection_trace)


def without_connection_trace(record: logging.LogRecord) -> bool:
    """Replaces the trace of a lost connection by its reason: it is no fault of the program. Always returns True."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, ConnectorException):
        record.msg, record.args, record.exc_info = "the database cannot be used now: %s", (reason_of(error),), None
    return True


def reason_of(error: ConnectorException) -> str:
    """Returns the reason why the connection failed, in one line."""
    return one_line(error.__cause__ or error)
