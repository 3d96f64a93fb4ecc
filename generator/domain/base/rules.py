"""All rules of findings by their names; each has its page in docs/findings.md."""

from generator.domain.base.plan_rules import PLAN_RULES
from generator.domain.base.submission_rules import QUESTIONS, SUBMISSION_RULES

RULES = {rule.name: rule for rule in SUBMISSION_RULES + QUESTIONS + PLAN_RULES}
