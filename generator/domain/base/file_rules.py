"""The rules of findings about a saved file as a whole: one that cannot be read, or is not of this period."""

from generator.domain.base.rule import N_, Rule, Severity

FILE_RULES = (
    Rule(
        "empty-file",
        Severity.ERROR,
        N_("The file is empty."),
        N_("Open your workbook, save it again, and wait until it has been copied whole."),
    ),
    Rule(
        "not-a-workbook",
        Severity.ERROR,
        N_("The file is not an Excel workbook. It is: {value}."),
        N_("Save your answers as an Excel workbook (.xlsx)."),
    ),
    Rule(
        "save-as-xlsx",
        Severity.ERROR,
        N_("This format cannot be read: {value}."),
        N_("Open the file, choose Save as, and choose Excel workbook (.xlsx)."),
    ),
    Rule(
        "encrypted-workbook",
        Severity.ERROR,
        N_("The workbook is protected with a password, and cannot be read."),
        N_("Save the workbook without a password."),
    ),
    Rule(
        "damaged-workbook",
        Severity.ERROR,
        N_("The workbook is damaged."),
        N_("Open the workbook in Excel, let Excel repair it, check your answers and save it again."),
    ),
    Rule(
        "too-large-workbook",
        Severity.ERROR,
        N_("The workbook is larger than a progress workbook can be."),
        N_("Copy your answers into your own form and save that."),
    ),
    Rule(
        "too-many-rows",
        Severity.ERROR,
        N_("The sheet has more than {allowed} filled rows, which is more than a progress workbook can have."),
        N_("Copy your answers into your own form and save that."),
    ),
    Rule(
        "program-fault",
        Severity.ERROR,
        N_("The program failed on this workbook. The fault is the program's; the workbook is kept as it was saved."),
        N_(
            "Tell who makes the report. Nothing is lost: the workbook is kept, "
            "and can be read when the program is mended."
        ),
    ),
    Rule(
        "archive-missing",
        Severity.ERROR,
        N_("The kept copy of this save is missing or damaged, so it could not be read again."),
        N_("Save the workbook once more. Tell IT: the file can be put back from a backup of the archive."),
    ),
    Rule(
        "wrong-workbook",
        Severity.ERROR,
        N_("No table with the headings of a progress workbook was found."),
        N_("Save your answers in your own form. Its headings are: {allowed}."),
    ),
    Rule(
        "two-tables",
        Severity.ERROR,
        N_("The workbook holds more than one table of progress: {value}."),
        N_("Leave one table in the workbook and save it again."),
    ),
    Rule(
        "other-table",
        Severity.NOTE,
        N_("Another table has the same headings, {value}. It was not read: it has no answer of its own."),
        N_("It is enough to leave one table in the workbook. The answers were read from {allowed}."),
    ),
    Rule(
        "heading-missing",
        Severity.ERROR,
        N_("The heading “{allowed}” was not found; the headings read are: {value}."),
        N_("Write the heading back as “{allowed}”."),
    ),
    Rule(
        "column-missing",
        Severity.ERROR,
        N_("The column “{allowed}” is missing; the headings read are: {value}."),
        N_("Add the column “{allowed}” with its heading, and write what belongs in it."),
    ),
    Rule(
        "double-heading",
        Severity.ERROR,
        N_("The heading “{value}” stands in more than one column."),
        N_("Leave the heading in the one column that holds your answers."),
    ),
    Rule(
        "another-period",
        Severity.ERROR,
        N_("The workbook is the form of another reporting period: {value}."),
        N_("Fill in the form of this period, {allowed}, and move this workbook elsewhere."),
    ),
    Rule(
        "period-closed",
        Severity.ERROR,
        N_("The reporting period {value} is closed, so the workbook was not read."),
        N_(
            "Fill in your form of the present period: {allowed}. If the correction is about the closed period's "
            "report, tell who makes the report."
        ),
    ),
    Rule(
        "in-archive",
        Severity.ERROR,
        N_("The workbook lies in the folder of closed periods, so it was not read."),
        N_("Save your answers in your form of the present period: {allowed}."),
    ),
    Rule(
        "same-as-previous",
        Severity.ERROR,
        N_("Every answer in the workbook is the same as in the previous period."),
        N_("Write this period's answers, or use your own form of this period."),
    ),
)
