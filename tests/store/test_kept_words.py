"""Words that lie in people's folders can be renamed only with an alias, and a new word is listed when it is made."""

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from generator.domain.base.heading import Field
from generator.domain.base.rule import Severity
from generator.domain.base.rules import RULES
from generator.domain.base.settings import IdentityPolicy, Language, Rollup, ScopeKind
from generator.domain.follow_up.final_sheet import FINAL_CELLS
from generator.domain.follow_up.merge import GoalState
from generator.domain.follow_up.open_items import Obstacle, OpenItemKind
from generator.domain.follow_up.status import OfficerState
from generator.domain.output.movement import Change
from generator.domain.plan.form import FORM_VERSION, IDENTITY_SHEET, PROPERTY_PREFIX, Identity
from generator.domain.submission.checks import Verdict
from generator.domain.submission.row_checks import RowState
from generator.store.kept_words import RENAMED_RULES, present_rule
from generator.store.records import KINDS
from generator.workspace.settings_file import SettingsTable
from tests.builders import SETTINGS

# One word a line, `kind word`, of all versions since 0.1.0. Lines are added; none is ever taken out.
LIST = Path(__file__).with_name("kept_words.txt")


def listed_words() -> frozenset[str]:
    return frozenset(LIST.read_text(encoding="utf-8").splitlines())


def words_of_today() -> frozenset[str]:
    kinds: dict[str, Iterable[str]] = {
        "rule": RULES,
        "severity": Severity,
        "verdict": Verdict,
        "row": RowState,
        "goal": GoalState,
        "officer": OfficerState,
        "change": Change,
        "status": (status.id for status in SETTINGS.statuses.statuses),
        "journal": KINDS,
        "matter": OpenItemKind,
        "obstacle": Obstacle,
        "final-cell": FINAL_CELLS,
        "field": Field,
        "form": (FORM_VERSION, IDENTITY_SHEET, *(PROPERTY_PREFIX + name for name, _ in IDENTITY.pairs(b"key"))),
        "identity": IdentityPolicy,
        "rollup": Rollup,
        "scope": ScopeKind,
        "language": Language,
        "setting": settings_in(SettingsTable),
    }
    return frozenset(f"{kind} {word}" for kind, words in kinds.items() for word in words)


IDENTITY = Identity("2026-1", "Sivistysjohtaja", "0" * 64, 0)


def settings_in(table: type[BaseModel]) -> Iterator[str]:
    """Every key of seuranta.toml by its dotted name, `period.id`."""
    for name, field in table.model_fields.items():
        yield name
        inner = (key for table_in_it in tables_in(field.annotation) for key in settings_in(table_in_it))
        yield from (f"{name}.{key}" for key in inner)


def tables_in(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from tables_in(part)


def lost_words(listed: Set[str], today: Set[str], renamed_rules: Mapping[str, str]) -> set[str]:
    """The listed words that this version neither has nor knows under another name."""
    renamed = {f"rule {old}" for old, now in renamed_rules.items() if f"rule {now}" in today}
    return set(listed - today - renamed)


def test_no_word_that_was_ever_kept_is_lost() -> None:
    assert lost_words(listed_words(), words_of_today(), RENAMED_RULES) == set(), "give the new name an alias"


def test_every_word_of_today_is_listed() -> None:
    assert sorted(words_of_today() - listed_words()) == [], f"add these lines to {LIST.name}"


def test_the_list_is_sorted_and_names_each_word_once() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_a_renamed_word_without_an_alias_would_be_found() -> None:
    listed = frozenset({"rule empty-file", "verdict accepted"})
    renamed = frozenset({"rule file-is-empty", "verdict accepted"})
    assert lost_words(listed, renamed, {}) == {"rule empty-file"}
    assert lost_words(listed, renamed, {"empty-file": "file-is-gone"}) == {"rule empty-file"}
    assert lost_words(listed, renamed, {"empty-file": "file-is-empty"}) == set()
    assert lost_words(listed, frozenset({"rule empty-file", "verdict taken"}), {}) == {"verdict accepted"}


def test_a_rule_is_known_by_its_present_and_its_earlier_names() -> None:
    renamed = {"file-without-bytes": "empty-file"}
    assert present_rule("empty-file", renamed) == present_rule("file-without-bytes", renamed) == "empty-file"
    assert present_rule("never-a-rule", renamed) is None
    assert present_rule("file-without-bytes") is None


def test_an_earlier_name_leads_to_a_rule_of_today_and_is_none_itself() -> None:
    assert set(RENAMED_RULES.values()) <= set(RULES)
    assert RENAMED_RULES.keys().isdisjoint(RULES)
