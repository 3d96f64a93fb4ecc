"""Questions about answers that count: each is asked once, and none stops its answer."""

import hashlib
import re
from collections.abc import Callable, Iterator

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.personal import contact_details
from generator.domain.base.text import is_blank, name_key, visible, words_in
from generator.domain.plan.form import PreviousAnswer
from generator.domain.submission.answers import Entry
from generator.domain.submission.check_rules import CheckRules

# A degree that moved this far in one period wants a word.
LONG_MOVE = 2


def ask(entry: Entry, rules: CheckRules, unread: tuple[Finding, ...] = ()) -> tuple[Finding, ...]:
    """Returns the questions on an answer, without those its officer has answered for the same values before.

    Args:
        unread: the questions about cells whose value is not in the answer, as it could not be read.
    """
    asked = [finding for question in _QUESTIONS for finding in question(entry, rules)]
    if not asked and not unread:
        return ()
    keyed = (
        *(_with_key(finding, entry, rules, finding.value) for finding in unread),
        *(_with_key(finding, entry, rules) for finding in asked),
    )
    return tuple(finding for finding in keyed if finding.key not in rules.replied)


def _with_key(finding: Finding, entry: Entry, rules: CheckRules, *unread: str) -> Finding:
    said = (str(entry.degree), entry.overall_status, entry.main_risks, entry.narrative, *unread)
    parts = (finding.rule, entry.code, name_key(entry.officer), rules.period.id, *said)
    key = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Finding(finding.rule, finding.place, finding.code, finding.value, finding.allowed, key)


def _ask_for_words(entry: Entry, rules: CheckRules) -> Iterator[Finding]:
    """Asks one question about the narrative: the most serious that applies."""
    before = rules.previous_answer(entry.code, entry.officer) if entry.degree is not None else None
    place, empty = _place(entry.cells.narrative), is_blank(entry.narrative)
    unchanged = before is not None and entry.narrative.split() == before.narrative.split()
    is_wordless = empty or unchanged or says_nothing(entry.narrative)
    if before and is_wordless and _moved_far(before.degree, entry.degree):
        yield Finding("degree-moved-without-word", place, entry.code, f"{before.degree} → {entry.degree}")
    elif empty:
        yield Finding("narrative-empty", place, entry.code)
    elif says_nothing(entry.narrative):
        yield Finding("narrative-says-nothing", place, entry.code, shown(entry.narrative))
    elif unchanged:
        yield Finding("narrative-unchanged", place, entry.code, shown(entry.narrative))


def _moved_far(before: int | None, now: int | None) -> bool:
    """Asks about a degree that fell at all, or rose by two or more."""
    return before is not None and now is not None and (now < before or now - before >= LONG_MOVE)


def _ask_of_risks(entry: Entry, rules: CheckRules) -> Iterator[Finding]:
    if entry.degree == rules.scale.degrees[-1].value and not is_blank(entry.main_risks):
        # A workbook without that column keeps the plan's risks.
        place = _place(entry.cells.main_risks or entry.cells.degree)
        yield Finding("completed-with-risk", place, entry.code, shown(entry.main_risks))


def _ask_of_status(entry: Entry, rules: CheckRules) -> Iterator[Finding]:
    before = rules.previous_answer(entry.code, entry.officer)
    if before is None or not _rose(before, entry) or not _got_worse(before, entry, rules):
        return
    value = f"{before.degree} → {entry.degree}, {before.overall_status} → {entry.overall_status}"
    yield Finding("status-against-degree", _place(entry.cells.overall_status), entry.code, value)


def _ask_of_contacts(entry: Entry, rules: CheckRules) -> Iterator[Finding]:
    """Asks once about contact details in the printed texts; the plan's own risks are not asked about."""
    goal = rules.plan.by_code.get(entry.code)
    own_risks = "" if goal and entry.main_risks == goal.main_risks else entry.main_risks
    in_narrative, in_risks = contact_details(entry.narrative), contact_details(own_risks)
    if in_narrative or in_risks:
        place = _place(entry.cells.narrative if in_narrative else entry.cells.main_risks)
        yield Finding("contact-details", place, entry.code, shown(", ".join((*in_narrative, *in_risks))))


def _rose(before: PreviousAnswer, entry: Entry) -> bool:
    return before.degree is not None and entry.degree is not None and entry.degree > before.degree


def _got_worse(before: PreviousAnswer, entry: Entry, rules: CheckRules) -> bool:
    """Asks about a status that got worse; the settings list statuses from best to worst."""
    order = [status.id for status in rules.statuses.statuses]
    if before.overall_status not in order or entry.overall_status not in order:
        return False
    return order.index(entry.overall_status) > order.index(before.overall_status)


def _place(cell: str) -> Place:
    sheet, _, name = cell.rpartition("!")
    return Place(sheet or None, name or None)


_QUESTIONS: tuple[Callable[[Entry, CheckRules], Iterator[Finding]], ...] = (
    _ask_for_words,
    _ask_of_risks,
    _ask_of_status,
    _ask_of_contacts,
)


# Letters; a text that is longer has something to say, or is no work for a list of words.
LONGEST_EMPTY = 200
# A text of one of these words says nothing. `ei muutoksia` says something.
_ALONE = frozenset(
    words_in(
        "ei ok kyllä joo on sama kesken puuttuu tyhjä testi ks kts katso "
        "liite liitteet liitteessä liitteenä edellinen edellä yllä myöhemmin tulossa täydentyy täydennetään "
        "bilaga ovan föregående se senare kompletteras attached attachment annex appendix see above previous later "
        "todo tbd tba tbc wip nej ja samma saknas tom test no yes same idem dito ditto none nil na missing empty"
    )
)
# Words that refer to another text or to a later day; a text of only these, and of numbers, says nothing.
_POINTING = frozenset(
    words_in(
        "ks kts katso vrt se kuten sama samat samaa kuin liite liitteet liitteessä liitteenä liitteestä liitteen "
        "oheinen oheisessa erillinen edellinen edellisen edelliseen edellisestä edellä edellisellä kaudella kausi "
        "kauden viimeksi viime ennen aiemmin aiempi aikaisempi yllä yllämainittu ylempänä ylhäällä alla tuo tämä "
        "raportti raportissa raportin rivi rivin rivillä solu kohta kohdassa mainittu todettu "
        "täydennetään täydentyy täydennän lisätään lisään kirjoitetaan kirjoitan myöhemmin tulossa tähän vielä teksti "
        "som sist förra förut samma se bilaga bilagan bilagorna ovan ovanstående nedan föregående tidigare perioden "
        "raporten kompletteras senare kommer text här jfr "
        "see cf as same like last time before previous period above below attached attachment attachments annex "
        "appendix report row the in of to be added later text here todo tbd tba tbc wip xxx n a"
    )
)
_LETTER_AGAIN = re.compile(r"(\w)\1*")


def says_nothing(text: str) -> bool:
    """True if a narrative has no words of its own: `-`, `?`, `xxx`, `TODO`, `ks. edellinen`, `se bilaga 3`."""
    if len(text) > LONGEST_EMPTY:
        return False
    words = [word for word in words_in(visible(text)) if not word.isdigit()]
    if len(words) == 1:
        return words[0] in _ALONE or _LETTER_AGAIN.fullmatch(words[0]) is not None
    return _POINTING.issuperset(words)
