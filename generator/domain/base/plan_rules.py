"""The rules of findings in plan.xlsx; each name begins with `plan-`."""

from generator.domain.base.rule import N_, Rule, Severity

PLAN_RULES = (
    Rule(
        "plan-no-code",
        Severity.ERROR,
        N_("The title has no code: “{value}”."),
        N_("Begin the title with its code, two digits for each level, for example 01.02."),
    ),
    Rule(
        "plan-code-not-text",
        Severity.ERROR,
        N_("Excel keeps the code as a number or a date: {value}."),
        N_("Make the cell text and write the code and the title, for example “01.02 Title”."),
    ),
    Rule(
        "plan-struck-through-text",
        Severity.ERROR,
        N_("Text is struck through: “{value}”. The plan cannot tell whether it still holds."),
        N_("Delete the row or the struck-through text, or remove the strikethrough."),
    ),
    Rule(
        "plan-no-title",
        Severity.ERROR,
        N_("The row has no goal, though it has other words: “{value}”."),
        N_("Write the goal's code and title in the column of its level."),
    ),
    Rule(
        "plan-two-titles",
        Severity.ERROR,
        N_("The row has more than one goal: “{value}”."),
        N_("Leave one goal on each row."),
    ),
    Rule(
        "plan-double-code",
        Severity.ERROR,
        N_("The code {code} stands on more than one row: {value}."),
        N_("Give each goal a code of its own."),
    ),
    Rule(
        "plan-unknown-parent",
        Severity.ERROR,
        N_("The goal {code} is under {value}, which the plan does not have."),
        N_("Add the goal {value}, or mend the code."),
    ),
    Rule(
        "plan-code-and-column-disagree",
        Severity.QUESTION,
        N_("The code {code} does not fit its column “{value}”. The code decides the level."),
        N_("Move the title to the column “{allowed}”, or mend the code."),
    ),
    Rule(
        "plan-translation-of-another",
        Severity.ERROR,
        N_("The title in another language is of another goal than {code}: “{value}”. It is left out."),
        N_("Write the title that belongs to the goal {code}, with its code or without."),
    ),
    Rule(
        "plan-earlier-code-unclear",
        Severity.ERROR,
        N_("The earlier code of the goal {code} cannot be read: “{value}”. It is left out."),
        N_(
            "Make the cell text and write the goal's code of the previous period, several parted by a semicolon, for"
            " example “01.02; 01.03”. Of a new goal under an old code write “new”."
        ),
    ),
    Rule(
        "plan-earlier-code-unknown",
        Severity.QUESTION,
        N_("The programme of the previous period has no goal {value}, which is named as the earlier code of {code}."),
        N_("Mend the earlier code, or empty the cell."),
    ),
    Rule(
        "plan-goal-under-another-code",
        Severity.QUESTION,
        N_("The goal {code} has the title that {value} had in the previous period. It is printed as a new goal."),
        N_("If it is the same goal, write {value} into the column of earlier codes. Otherwise write “new” there."),
    ),
    Rule(
        "plan-goal-with-another-year",
        Severity.QUESTION,
        N_(
            "The goal {code} differs by a year from the goal of the previous period: “{value}”. It is printed as a new "
            "goal."
        ),
        N_("If it is the same goal, write {code} into the column of earlier codes. Otherwise write “new” there."),
    ),
    Rule(
        "plan-no-officer",
        Severity.NOTE,
        N_("The goal {code} has no responsible officer."),
        N_("Nothing, if nobody is to report it. Otherwise write the responsible officer on the row."),
    ),
    Rule(
        "plan-officer-not-listed",
        Severity.QUESTION,
        N_("The responsible officer “{value}” is not on the officers' sheet."),
        N_("Add the officer to the sheet, or mend the name. The sheet has: {allowed}."),
    ),
)
