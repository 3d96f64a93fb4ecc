"""The child's program: `python validator_child.py ua1 2a …`, a PDF in, JSON out: for each profile [agrees, said]."""

import json
import sys
from collections import Counter

import page

_LIMITS = page.SafetyLimits(max_table_grid_rows=65_536)


def main(*profiles: str) -> None:
    data = sys.stdin.buffer.read()
    json.dump([opinion(data, profile) for profile in profiles], sys.stdout)


def opinion(data: bytes, profile: str) -> tuple[bool, str]:
    """Returns whether the validator agrees, and its report: name, counts, and each broken rule with its first case."""
    name = f"page-validation {page.__version__}, {profile}"
    try:
        report = page.validate_pdf_bytes(data, profile=profile, limits=_LIMITS)
    except page.PageError as error:
        return False, f"{name}: {type(error).__name__}: {error}"
    counts = f"{name}: {report.rules.passed} of {report.rules.total} rules kept, {report.checks.failed} faults"
    return report.is_compliant, "\n".join((counts, *_faults(report)))


def _faults(report: page.ValidationReport) -> list[str]:
    times = Counter(failure.rule_id for failure in report.failures)
    first = {failure.rule_id: failure.message for failure in reversed(report.failures)}
    return [f"{rule} ({count}): {first[rule]}" for rule, count in times.items()]


if __name__ == "__main__":
    main(*sys.argv[1:])
