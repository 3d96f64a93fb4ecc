"""Words that lie in people's folders for years: in ledgers, journals, receipts and settings."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.domain.rules import RULES

# Names that rules of findings had in earlier versions, each with the name that the rule has now.
RENAMED_RULES: Mapping[str, str] = MappingProxyType({})


def present_rule(name: str) -> str | None:
    """The name that a rule has now; None where no version had a rule of this name, so that the ledger is made anew.

    Args:
        name: the rule's name as an earlier version, or this one, wrote it.
    """
    now = RENAMED_RULES.get(name, name)
    return now if now in RULES else None
