"""The list of reasons beside a final: what was open and accepted, and what had been settled. It stays in the house."""

from generator.app.provenance import Approval
from generator.app.session import Session
from generator.app.settlements import open_items, settlements_made
from generator.app.snapshot import Snapshot
from generator.domain.base.rule import N_
from generator.domain.follow_up.open_items import UNKNOWN, ChoiceColumn
from generator.formats.xlsx.settlements_sheet import SETTLED_SHEET, settlement_lines
from generator.i18n.open_kinds import KIND_NAMES, kind_lines


def reasons_list(session: Session, snapshot: Snapshot, title: str, approval: Approval) -> bytes:
    """Returns what was open and why the report was made final all the same, and what had been settled."""
    words, found = session.words, snapshot.open
    signature, texts = approval.signature, {reason.kind: reason.text for reason in approval.reasons}
    who = words(_NOBODY_KNOWN) if signature.who == UNKNOWN else signature.who
    lines = [title, words(_MADE_BY, who=who, time=words.moment(signature.time))]
    if signature.because and not texts:
        lines.append(f"{words(ChoiceColumn.BECAUSE)}: {signature.because}")
    for kind in found.kinds:
        lines += ["", words(KIND_NAMES[kind]), *(f"  {line}" for line in kind_lines(found, kind, words))]
        lines.append(f"  {words(ChoiceColumn.BECAUSE)}: {texts[kind]}")
    settled = tuple(settlement_lines(settlements_made(session, snapshot, open_items(session, snapshot)), words))
    if settled:
        lines += ["", words(SETTLED_SHEET), *(f"  {line}" for line in settled)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


_NOBODY_KNOWN = N_("unknown (the workbook does not tell who saved it)")
_MADE_BY = N_("Made final by {who}, {time}")
