"""The SQL statements of the ledger."""

from generator.store.ledger_schema import SEALED

SUBMISSION, ENTRY, FINDING = (
    ", ".join(f"{letter}.{column.strip()}" for column in (*SEALED[table].split(","), "seal"))
    for table, letter in (("submissions", "s"), ("entries", "e"), ("findings", "f"))
)


def _store(table: str, *more: str) -> str:
    columns = [*(column.strip() for column in SEALED[table].split(",")), "seal", *more]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


STORE_SUBMISSION = _store("submissions", "reread", "officer_key")
STORE_ENTRY = _store("entries", "officer_key")
STORE_FINDING = _store("findings")
STORE_REPLY = "INSERT INTO replies (sequence, question_key, reply, seal) VALUES (?, ?, ?, ?)"
STORE_TYPED = "INSERT INTO typed (sequence, record, seal) VALUES (?, ?, ?)"
SET_MARK = "INSERT OR REPLACE INTO marks (name, value, seal) VALUES (?1, ?2, seal(?1, ?2))"
STORE_PROBLEM = (
    "INSERT INTO problems (place, message, advice, details, seal) VALUES (?1, ?2, ?3, ?4, seal(?1, ?2, ?3, ?4))"
)
STORE_STATE = "INSERT OR REPLACE INTO file_states (period, file, event, record, seal) VALUES (?, ?, ?, ?, ?)"
PUT_IN_FORCE = (
    "INSERT OR REPLACE INTO current_answers (period, code, officer_key, sequence, position, since, withdrawn, seal)"
    " SELECT ?1, ?2, ?3, ?4, position, ?5, ?6, seal(?1, ?2, ?3, ?4, position, ?5, ?6)"
    # A save from before its officer's post was renamed has the former name.
    " FROM entries WHERE sequence = ?4 AND code = ?2 AND (officer_key = ?3 OR present_key(officer_key) = ?3)"
)
RECORD_RECEIPT = "INSERT OR REPLACE INTO receipts (page, digest, seal) VALUES (?1, ?2, seal(?1, ?2))"
RECORD_REPORT = (
    "INSERT INTO reports (period, name, inputs, sha256, time, seal) SELECT ?1, ?2, ?3, ?4, ?5, seal(?1, ?2, ?3, ?4, ?5)"
)
FORGET_REPORT = "DELETE FROM reports WHERE period = ? AND name = ?"

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
REPLIES = (
    f"SELECT r.sequence, r.question_key, r.reply, r.seal, s.file, s.officer, s.time, {FINDING}"
    " FROM current_replies AS c"
    " JOIN replies AS r ON r.sequence = c.sequence AND r.question_key = c.question_key"
    " JOIN submissions AS s ON s.sequence = c.sequence"
    " JOIN findings AS f ON f.question_key = c.question_key AND f.sequence ="
    " (SELECT MAX(asked.sequence) FROM findings AS asked WHERE asked.question_key = c.question_key)"
    " WHERE c.period = ? GROUP BY c.question_key ORDER BY c.sequence"
)
