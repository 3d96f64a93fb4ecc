"""The rules of notes on workbooks that are not the municipality's forms: to which officer they were attributed."""

from generator.domain.base.rule import N_, Rule, Severity

SENDER_RULES = (
    Rule(
        "unsigned",
        Severity.NOTE,
        N_("The workbook is not a form of the municipality, so each row was taken in the name on the row."),
        N_("Check that the names are right. The surest way is to fill in your own form in the inbox."),
    ),
    Rule(
        "unsigned-in-folder",
        Severity.NOTE,
        N_("The workbook is not a form of the municipality. It was taken as that of {value}, whose folder it is in."),
        N_("Check that it is in the right folder. The surest way is to fill in your own form in the inbox."),
    ),
    Rule(
        "from-deputy",
        Severity.NOTE,
        N_("{value} is the deputy of {allowed}. The rows with the deputy's name count as those of {allowed}."),
        N_("Check that the officer knows of it. An answer in the officer's own form comes before the deputy's."),
    ),
)
