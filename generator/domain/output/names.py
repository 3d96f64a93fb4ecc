"""The names of posts and divisions in a document's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.text import name_key
from generator.domain.plan.goals import Plan


@dataclass(frozen=True)
class TranslatedNames:
    """The plan's names of posts and divisions, each with its name in the document's language.

    A name that is not among them is printed as the plan has it.
    """

    posts: tuple[tuple[str, str], ...] = ()
    divisions: tuple[tuple[str, str], ...] = ()

    def post(self, name: str) -> str:
        """Returns an officer's name as the document prints it."""
        return self._posts.get(name_key(name), name) if self.posts else name

    def division(self, name: str) -> str:
        """Returns a division's name as the document prints it."""
        return self._divisions.get(name_key(name), name) if self.divisions else name

    def has_post(self, name: str) -> bool:
        """True if the officer's name is in the document's language."""
        return bool(self.posts) and name_key(name) in self._posts

    def has_division(self, name: str) -> bool:
        """True if the division's name is in the document's language."""
        return bool(self.divisions) and name_key(name) in self._divisions

    @cached_property
    def _posts(self) -> Mapping[str, str]:
        return MappingProxyType({name_key(name): translated for name, translated in self.posts})

    @cached_property
    def _divisions(self) -> Mapping[str, str]:
        return MappingProxyType({name_key(name): translated for name, translated in self.divisions})


PLAN_NAMES = TranslatedNames()


def names_in(plan: Plan, language: str) -> TranslatedNames:
    """Returns the names that the plan's officers' sheet has in a language (fi, sv, en)."""
    return TranslatedNames(plan.posts_in(language), plan.divisions_in(language))
