"""Rules of earlier versions: no check uses them any more, but stored findings of earlier saves name them."""

from generator.domain.base.rule import N_, Rule, Severity

RETIRED_RULES = (
    Rule(
        "copy-differs",
        Severity.ERROR,
        N_("The file is by its name a copy, and it answers differently from what has been taken from {value}."),
        N_("Write the answer in your own form and save it. The answer that was taken stays in force."),
    ),
    Rule(
        "copy-name",
        Severity.NOTE,
        N_("The file is by its name a copy: {value}."),
        N_("Keep one workbook and save your answers in it."),
    ),
    Rule(
        "older-base",
        Severity.NOTE,
        N_("The workbook is older than your latest answer to this goal, which was taken from {value}."),
        N_("Check that the answer in this workbook is the one you mean: it is now in force."),
    ),
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
