"""The rules of findings in plan.xlsx; each name begins with `plan-`."""

from generator.domain.base.rule import N_, Rule, Severity

PLAN_RULES = (
    Rule(
        "plan-no-code",
        Severity.ERROR,
        N_("The title has no code: “{value}”."),
        N_("Begin the title with its code, numbers parted by full stops, for example 01.02 or 1.2."),
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
        "plan-mixed-codes",
        Severity.QUESTION,
        N_("Some codes are written in another way than the others: {value}. They were read as {allowed}."),
        N_("Write all codes in one way: with leading noughts or without."),
    ),
    Rule(
        "plan-other-codes",
        Severity.ERROR,
        N_("The codes are no numbers, from “{value}” on. These rows are left out. They would be read so: {allowed}."),
        N_("If that is right, write the numbers in front of the titles, for example “1.2 Title”, level by level."),
    ),
    Rule(
        "plan-empty",
        Severity.ERROR,
        N_("The plan has no goals."),
        N_("Write the goals below the headings, one on each row, each in the column of its level."),
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
        "plan-earlier-code-both",
        Severity.ERROR,
        N_("The earlier code of the goal {code} has both codes and “new”: “{value}”. Neither is read."),
        N_(
            "Write either the goal's codes of the previous period, for example “01.02; 01.03”, or of a new goal “new”, "
            "not both."
        ),
    ),
    Rule(
        "plan-earlier-code-unknown",
        Severity.QUESTION,
        N_("The programme of the previous period has no goal {value}, which is named as the earlier code of {code}."),
        N_("Mend the earlier code, or empty the cell."),
    ),
    Rule(
        "plan-earlier-code-shared",
        Severity.QUESTION,
        N_("{code} names {value} as its earlier code, but the goal {value} stands in the plan with the same title."),
        N_(
            "If the goal was split, write {value} as the earlier code of both. If {value} is the earlier goal itself, "
            "empty the cell of {code}."
        ),
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
        "plan-reports-unclear",
        Severity.QUESTION,
        N_("It is not clear whether the officer reports: “{value}”. A form was made."),
        N_("Write “no” if the officer reports nothing; otherwise leave the cell empty."),
    ),
    Rule(
        "plan-former-title-unclear",
        Severity.QUESTION,
        N_("The former title “{value}” is not clear: an officer has it now, or two officers had it."),
        N_("Remove the former title from the officers' sheet, or mend the name on the goals' rows."),
    ),
    Rule(
        "plan-division-unknown",
        Severity.QUESTION,
        N_("No goal belongs to the division “{value}”, which seuranta.toml has under [[divisions]]."),
        N_("Mend the name in seuranta.toml. The plan has: {allowed}."),
    ),
    Rule(
        "plan-posts-not-translated",
        Severity.QUESTION,
        N_(
            "The column “{allowed}” of the officers' sheet has no name for: {value}. Reports in that language have "
            "these names as the plan has them."
        ),
        N_("Write the names into the column. If the sheet has no such column, write its heading after the last one."),
    ),
    Rule(
        "plan-divisions-not-translated",
        Severity.QUESTION,
        N_(
            "The column “{allowed}” of the officers' sheet has no name for the divisions: {value}. Reports in that "
            "language have these names as the plan has them."
        ),
        N_("Write the division's name into the column, on the row of one officer of that division."),
    ),
    Rule(
        "plan-officers-parted",
        Severity.QUESTION,
        N_("Are there several responsible officers in the cell: “{value}”? It was read as one."),
        N_("If there are several, part them by a semicolon: {allowed}. Otherwise add the name to the officers' sheet."),
    ),
    Rule(
        "plan-officer-like-another",
        Severity.QUESTION,
        N_("The responsible officer “{value}” is almost the same as “{allowed}”. Each has a form."),
        N_("Mend the name if they are one officer. Otherwise add both to the officers' sheet."),
    ),
    Rule(
        "plan-officer-not-listed",
        Severity.QUESTION,
        N_("Responsible officers who are not on the officers' sheet: {value}."),
        N_("Add them to the sheet, or mend the names. The sheet has: {allowed}."),
    ),
)
