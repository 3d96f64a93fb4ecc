"""Finds personal data in texts: identity codes, which are never repeated, and contact details, which are questioned.

Source: Digital and Population Data Services Agency, "The personal identity code": ddmmyy, sign of the century,
    individual number, and the check character at (ddmmyy + number) mod 31. ISO 13616, IBAN: the remainder by 97 is 1.
"""

import re
from collections.abc import Iterator

from generator.domain.base.text import clean_text, visible

IDENTITY_MASK = "●●●●●●-●●●●"

# Word makes other dashes of the sign, and people write blanks around it.
_BLANKS = r"\s{0,3}"
_IDENTITY_CODE = re.compile(
    rf"(?<![0-9A-Za-z])(0[1-9]|[12][0-9]|3[01]){_BLANKS}(0[1-9]|1[0-2]){_BLANKS}([0-9]{{2}})"
    rf"{_BLANKS}[-‐‑‒–—−+A-FU-Y]{_BLANKS}([0-9]{{3}}){_BLANKS}([0-9A-Y])(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_LEAST_DIGITS_OF_CODE = 9  # the sign and the check character may be letters
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|[(\[]\s?(?:at|ät)\s?[)\]])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# Finnish numbers begin with 0 or with +358; a date's or a sum's digits are parted by full stops, or begin otherwise.
_TELEPHONE = re.compile(
    r"(?<![\w/.,])(?:\+[1-9][0-9]{0,2}[ \u00a0-]?(?:\(0\)[ \u00a0]?)?[1-9]|\(?0[1-9])[0-9]{0,3}\)?"
    r"(?:[ \u00a0-]?[0-9]){5,9}(?![\w/])"
)
_LEAST_DIGITS = 8
_ACCOUNT = re.compile(r"(?<!\w)FI[0-9]{2}(?:[ \u00a0]?[0-9]){14}(?!\w)", re.IGNORECASE)
_LETTERS_OF_FI = "1518"  # F and I as the standard counts letters: A is 10


def has_identity_code(text: str) -> bool:
    """True if the text has a valid Finnish personal identity code, with or without blanks inside."""
    return _may_hold_code(text) and next(_identity_codes(_as_seen(text)), None) is not None


def mask_identity_codes(text: str) -> str:
    """Returns the text with each personal identity code replaced by `●●●●●●-●●●●`."""
    if not _may_hold_code(text):
        return text
    seen = _as_seen(text)
    found = tuple(_identity_codes(seen))
    for match in reversed(found):
        seen = seen[: match.start()] + IDENTITY_MASK + seen[match.end() :]
    return seen if found else text


def contact_details(text: str) -> tuple[str, ...]:
    """Returns the e-mail addresses, telephone numbers and Finnish bank accounts in a text, as written there."""
    # Quick tests first: nearly all texts have neither a sign of an address nor so many digits.
    may_hold_email = "@" in text or "(" in text or "[" in text
    emails = tuple(match[0] for match in _EMAIL.finditer(text)) if may_hold_email else ()
    if _digit_count(text) < _LEAST_DIGITS:
        return emails
    accounts = tuple(match[0] for match in _ACCOUNT.finditer(text) if _is_account(match[0]))
    telephones = (match[0] for match in _TELEPHONE.finditer(text) if len(_digits(match[0])) >= _LEAST_DIGITS)
    return (*emails, *accounts, *telephones)


def _may_hold_code(text: str) -> bool:
    """True if the text has enough digits for a code: a quick test that excludes nearly all texts."""
    return len(text) > _LEAST_DIGITS_OF_CODE and _digit_count(text) >= _LEAST_DIGITS_OF_CODE


def _digit_count(text: str) -> int:
    encoded = text.encode("utf-8", "surrogatepass")
    return len(encoded) - len(encoded.translate(None, b"0123456789"))


def _as_seen(text: str) -> str:
    return visible(clean_text(text))


def _identity_codes(text: str) -> Iterator[re.Match[str]]:
    for match in _IDENTITY_CODE.finditer(text):
        if _CHECK_CHARACTERS[int("".join(match.groups()[:4])) % 31] == match[5].upper():
            yield match


def _is_account(text: str) -> bool:
    digits = _digits(text)
    return int(digits[2:] + _LETTERS_OF_FI + digits[:2]) % 97 == 1


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())
