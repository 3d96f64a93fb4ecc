"""The mark at the end of our pages (.html) and records (.json): the digest of all bytes before it."""

import re

from generator.disk.digests import sha256_of

_PAGE_MARK = re.compile(rb"<!-- seuranta sha256:([0-9a-f]{64}) -->\n")
_RECORD_MARK = re.compile(rb',\n "mark": "([0-9a-f]{64})"\n\}\n')
_RECORD_END = b"\n}\n"


def with_page_mark(page: bytes) -> bytes:
    """Returns the page with a last comment that has the page's SHA-256."""
    return page + b"<!-- seuranta sha256:" + _digest(page) + b" -->\n"


def is_page_unchanged(page: bytes) -> bool:
    """True if the page ends in our mark and the bytes before it are unchanged."""
    end = len(page) - len(with_page_mark(b""))
    found = _PAGE_MARK.fullmatch(page[end:]) if end >= 0 else None
    return found is not None and found[1] == _digest(page[:end])


def with_record_mark(*parts: bytes) -> bytes:
    """Returns a record with a last key `mark` that has the SHA-256 of the record as given.

    Args:
        parts: a JSON object with at least one key, as `json.dumps(…, indent=1)` writes it, and a line end; in pieces
            that follow each other, so that a large record is copied once.
    """
    *first, last = parts
    mark = sha256_of(*parts).encode()
    return b"".join((*first, last.removesuffix(_RECORD_END), b',\n "mark": "', mark, b'"', _RECORD_END))


def is_record_unchanged(record: bytes) -> bool:
    """True if the record ends in our mark and is unchanged byte for byte."""
    end = len(record) - len(with_record_mark(_RECORD_END))
    found = _RECORD_MARK.fullmatch(record[end:]) if end >= 0 else None
    return found is not None and found[1] == _digest(record[:end] + _RECORD_END)


def _digest(data: bytes) -> bytes:
    return sha256_of(data).encode()
