"""Asks for the names of posts and divisions in the languages of the reports."""

from collections.abc import Iterator

from generator.domain.base.finding import Finding
from generator.domain.base.settings import Settings
from generator.domain.output.names import names_in
from generator.domain.plan.goals import Plan
from generator.formats.xlsx.plan_columns import DIVISIONS, POSTS
from generator.i18n.words import Words


def name_questions(plan: Plan, settings: Settings) -> Iterator[Finding]:
    """Yields a question for each language in which posts or divisions have no name: there the plan's is printed.

    The column is named as in a plan in the municipality's first language.
    """
    first = Words(settings.language)
    for language in settings.languages[1:]:
        names = names_in(plan, language.value)
        posts = tuple(name for name in plan.officer_names if not names.has_post(name))
        divisions = tuple(name for name in plan.divisions if not names.has_division(name))
        asked = (
            ("plan-posts-not-translated", posts, POSTS[language.value]),
            ("plan-divisions-not-translated", divisions, DIVISIONS[language.value]),
        )
        for rule, missing, column in asked:
            if missing:
                yield Finding(rule, value="; ".join(missing), allowed=(first(column),))
