"""The SQL statements of the ledger, in words that SQLite and PostgreSQL both understand; `?` is a value."""

from generator.store.ledger_schema import SEALED

SUBMISSION, ENTRY, FINDING = (
    ", ".join(f"{letter}.{column.strip()}" for column in (*SEALED[table].split(","), "seal"))
    for table, letter in (("submissions", "s"), ("entries", "e"), ("findings", "f"))
)


def _insert(table: str, columns: str, *more: str) -> str:
    names = [*(column.strip() for column in columns.split(",")), "seal", *more]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _store(table: str, *more: str) -> str:
    return _insert(table, SEALED[table], *more)


def _replace(table: str, key: str, columns: str) -> str:
    """The statement that stores a row in place of the one with the same key."""
    changed = (f"{name.strip()} = excluded.{name.strip()}" for name in (*columns.split(","), "seal"))
    return f"{_insert(table, f'{key}, {columns}')} ON CONFLICT ({key}) DO UPDATE SET {', '.join(changed)}"


STORE_SUBMISSION = _store("submissions", "reread", "officer_key")
STORE_ENTRY = _store("entries", "officer_key")
STORE_FINDING = _store("findings")
STORE_REPLY = _insert("replies", "sequence, question_key, reply")
STORE_TYPED = _insert("typed", "sequence, record")
STORE_PROBLEM = _insert("problems", "position, place, message, advice, details")
STORE_PLAN = _insert("plans", "digest, record")
STORE_REPORT = _insert("reports", "period, name, inputs, sha256, time")
COUNT_FILE = _replace("current_files", "period, file", "sequence")
COUNT_OFFICER = _replace("current_officers", "period, officer_key", "sequence")
COUNT_REPLY = _replace("current_replies", "period, question_key", "sequence")
PUT_IN_FORCE = _replace("current_answers", "period, code, officer_key", "sequence, position, since, withdrawn")
STORE_STATE = _replace("file_states", "period, file, event", "record")
SET_MARK = _replace("marks", "name", "value")
RECORD_RECEIPT = _replace("receipts", "page", "digest")
FORGET_REPORT = "DELETE FROM reports WHERE period = ? AND name = ?"

ENTRIES_OF_SAVE = "SELECT position, code, officer_key FROM entries WHERE sequence = ? ORDER BY position"
OF_CURRENT_FILES = "JOIN current_files AS c ON c.sequence = s.sequence WHERE c.period = ?"
OF_REREAD = (
    "WHERE s.period = ? AND s.reread = 1 AND NOT EXISTS (SELECT 1 FROM submissions AS later"
    " WHERE later.file = s.file AND later.sequence > s.sequence AND later.verdict = 'accepted')"
)
LAST_SAVED = (
    "SELECT c.officer_key, s.time FROM current_officers AS c JOIN submissions AS s ON s.sequence = c.sequence"
    " WHERE c.period = ?"
)
IN_FORCE = (
    # LEFT: an entry that is no longer where it was stored is damage, not nothing.
    f"SELECT c.since, c.withdrawn, s.file, s.time, {ENTRY} FROM current_answers AS c"
    " LEFT JOIN entries AS e ON e.sequence = c.sequence AND e.position = c.position"
    " LEFT JOIN submissions AS s ON s.sequence = c.sequence WHERE c.period = ? AND c.sequence >= ?"
)
# Without the texts of the answers, which are long.
IN_FORCE_PLACES = (
    "SELECT since, withdrawn, sequence, position FROM current_answers WHERE period = ? ORDER BY sequence, position"
)
LAST_STATES = (
    "SELECT period, file, event, record, seal FROM file_states AS f WHERE period = ? AND event ="
    " (SELECT MAX(event) FROM file_states AS other WHERE other.period = f.period AND other.file = f.file)"
)
STATE_AT = "SELECT period, file, event, record, seal FROM file_states WHERE period = ? AND file = ? AND event = ?"
ANSWERS_OF = (
    f"SELECT s.file, s.time, {ENTRY} FROM entries AS e JOIN submissions AS s ON s.sequence = e.sequence"
    " WHERE e.sequence = ? ORDER BY e.position"
)
FINDINGS = (
    f"SELECT {FINDING} FROM submissions AS s JOIN findings AS f ON f.sequence = s.sequence"
    " {which} ORDER BY s.sequence, f.position"
)
# A question is told as it was asked last; a save that asks it twice tells it by its first finding.
REPLIES = (
    f"SELECT r.sequence, r.question_key, r.reply, r.seal, s.file, s.officer, s.time, {FINDING}"
    " FROM current_replies AS c"
    " JOIN replies AS r ON r.sequence = c.sequence AND r.question_key = c.question_key"
    " JOIN submissions AS s ON s.sequence = c.sequence"
    " JOIN findings AS f ON f.question_key = c.question_key AND f.sequence ="
    " (SELECT MAX(asked.sequence) FROM findings AS asked WHERE asked.question_key = c.question_key)"
    " WHERE c.period = ? AND f.position = (SELECT MIN(twice.position) FROM findings AS twice"
    " WHERE twice.question_key = f.question_key AND twice.sequence = f.sequence) ORDER BY c.sequence, c.question_key"
)
