"""Words that remain in users' folders for years: in ledgers, journals, receipts and settings."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.domain.base.rules import RULES

# Earlier names of rules, each with the present name.
RENAMED_RULES: Mapping[str, str] = MappingProxyType({})


def present_rule(name: str, renamed: Mapping[str, str] = RENAMED_RULES) -> str | None:
    """The present name of a rule; None for an unknown name, and the ledger is then rebuilt.

    Args:
        name: the rule's name as an earlier version, or this one, wrote it.
        renamed: earlier names, each with the present name.
    """
    now = renamed.get(name, name)
    return now if now in RULES else None
