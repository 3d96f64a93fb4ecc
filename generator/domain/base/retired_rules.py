"""Rules of earlier versions: no check finds them any more, but what was told of earlier saves still names them."""

from generator.domain.base.rule import N_, Rule, Severity

RETIRED_RULES = (
    Rule(
        "hidden-row",
        Severity.NOTE,
        N_("The row or the column is hidden in the workbook. What stands in it was read all the same."),
        N_("Check that the answer is meant to be reported."),
    ),
    Rule(
        "overall-status-unknown",
        Severity.ERROR,
        N_("“{value}” is not an overall status."),
        N_("Choose one of these, or leave the cell empty: {allowed}."),
    ),
)
