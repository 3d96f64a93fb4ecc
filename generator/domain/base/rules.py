"""All rules of findings: of what officers save, what is asked about it, and of plan.xlsx.

Each has its place in docs/findings.md. A name never changes; see `store/kept_words.py`.
"""

from generator.domain.base.plan_rules import PLAN_RULES
from generator.domain.base.rule import N_, Rule, Severity

SUBMISSION_RULES = (
    Rule(
        "empty-file",
        Severity.ERROR,
        N_("The file is empty."),
        N_("Open your workbook, save it again, and wait until it has been copied whole."),
    ),
    Rule(
        "not-a-workbook",
        Severity.ERROR,
        N_("The file is not an Excel workbook ({value})."),
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
        N_("The workbook is damaged: {value}."),
        N_("Open the workbook in Excel, let Excel repair it, check your answers and save it again."),
    ),
    Rule(
        "too-large-workbook",
        Severity.ERROR,
        N_("The workbook is larger than a progress workbook can be: {value}."),
        N_("Copy your answers into your own form and save that."),
    ),
    Rule(
        "program-fault",
        Severity.ERROR,
        N_("The program failed on this workbook. The fault is the program's; the workbook is kept as it was saved."),
        N_("Tell the secretary. Nothing is lost: the workbook is kept, and can be read when the program is mended."),
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
        "heading-missing",
        Severity.ERROR,
        N_("The heading “{allowed}” was not found; the headings read are: {value}."),
        N_("Write the heading back as “{allowed}”."),
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
        N_("Fill in the form of this period: {allowed}."),
    ),
    Rule(
        "same-as-previous",
        Severity.ERROR,
        N_("Every answer in the workbook is the same as in the previous period."),
        N_("Write this period's answers, or use your own form of this period."),
    ),
    Rule(
        "unsigned",
        Severity.NOTE,
        N_("The workbook is not one of the forms of this workspace, so each row was taken in the name on the row."),
        N_("Nothing, if the names are right. The surest way is to fill in your own form in the inbox."),
    ),
    Rule(
        "not-signed",
        Severity.ERROR,
        N_("Only the forms of this workspace are taken, and this workbook is not one of them."),
        N_("Copy your answers into your own form in the inbox and save it."),
    ),
    Rule(
        "folder-of-nobody",
        Severity.ERROR,
        N_("The folder does not bear the name of a responsible officer: {value}."),
        N_("Save the workbook in the folder of the responsible officer. Officers: {allowed}."),
    ),
    Rule(
        "copy",
        Severity.NOTE,
        N_("The workbook is the same, to the letter, as one that was saved before: {value}."),
        N_("Nothing: the answers have been taken already."),
    ),
    Rule(
        "macros-ignored",
        Severity.NOTE,
        N_("The workbook has macros. They were not run."),
        N_("Nothing: the answers have been read without them."),
    ),
    Rule(
        "nothing-filled",
        Severity.NOTE,
        N_("Nothing has been filled in, so nothing is reported."),
        N_("Choose a degree of progress for each of your goals, describe the progress, and save."),
    ),
    Rule(
        "not-read",
        Severity.NOTE,
        N_("These were not read ({value} in all): {allowed}."),
        N_("Write what belongs in the report in the cells to answer in, on the goal's own row, and save."),
    ),
    Rule(
        "no-code",
        Severity.ERROR,
        N_("The row has answers but no code of a goal: “{value}”."),
        N_("Write the goal's code and title on the row as in your form, for example: {allowed}."),
    ),
    Rule(
        "unknown-code",
        Severity.ERROR,
        N_("The plan has no goal with the code {value}."),
        N_("Use the codes of the plan. Your goals are: {allowed}."),
    ),
    Rule(
        "two-goals",
        Severity.ERROR,
        N_("The row has the title of more than one goal: “{value}”."),
        N_("Leave one goal on each row."),
    ),
    Rule(
        "code-unclear",
        Severity.ERROR,
        N_("“{value}” does not say for certain which goal the row is about."),
        N_("Make the cell text and write the code and the title of one of these: {allowed}."),
    ),
    Rule(
        "code-read-as",
        Severity.NOTE,
        N_("“{value}” was read as the goal {allowed}, because the title agrees."),
        N_("Nothing, if that is right. The surest way is to leave the codes as they are in your form."),
    ),
    Rule(
        "code-and-title-disagree",
        Severity.ERROR,
        N_("The code {code} and the title on the row do not belong together: “{value}”."),
        N_("See which goal the answer is about, and write its code and title: {allowed}."),
    ),
    Rule(
        "merged-cells",
        Severity.ERROR,
        N_("The cells {value} are merged, so it is not clear whose answer stands in them."),
        N_("Unmerge the cells and write each goal's answer on its own row."),
    ),
    Rule(
        "hidden-row",
        Severity.NOTE,
        N_("The row or the column is hidden in the workbook. What stands in it was read all the same."),
        N_("Nothing, if the answer is meant to be reported."),
    ),
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
        "title-differs",
        Severity.NOTE,
        N_("The title on the row differs from the plan's: “{value}”. The report prints the plan's title."),
        N_("Check that the answer is about this goal: {allowed}."),
    ),
    Rule(
        "not-your-goal",
        Severity.ERROR,
        N_("The plan does not give the goal {code} to {value}."),
        N_("Remove the row, or ask the secretary to mend the plan. The goal belongs to: {allowed}."),
    ),
    Rule(
        "officer-unclear",
        Severity.ERROR,
        N_("Who reports is not clear: “{value}”."),
        N_("Write one of these as the responsible officer: {allowed}."),
    ),
    Rule(
        "double-row",
        Severity.ERROR,
        N_("The goal {code} has two different answers, at {value}."),
        N_("Leave one answer for each goal."),
    ),
    Rule(
        "row-repeated",
        Severity.NOTE,
        N_("The goal {code} stands twice with the same answer, at {value}."),
        N_("Nothing: the answer has been taken once."),
    ),
    Rule(
        "files-differ",
        Severity.ERROR,
        N_("Two workbooks saved at the same time answer differently for the goal {code}: {value}."),
        N_("Leave one of the workbooks in the inbox, check the answer and save it again."),
    ),
    Rule(
        "degree-missing",
        Severity.ERROR,
        N_("The row has answers but no degree of progress."),
        N_("Choose the degree of progress: {allowed}."),
    ),
    Rule(
        "degree-out-of-scale",
        Severity.ERROR,
        N_("“{value}” is not a degree of progress."),
        N_("Choose one of these: {allowed}."),
    ),
    Rule(
        "degree-label-misspelt",
        Severity.NOTE,
        N_("“{value}” was read as the degree {allowed}."),
        N_("Nothing, if that is right. The surest way is to choose from the list in the cell."),
    ),
    Rule(
        "not-assessable-without-reason",
        Severity.ERROR,
        N_("The goal cannot be assessed, but the reason is missing."),
        N_("Write as the progress why the goal cannot be assessed."),
    ),
    Rule(
        "overall-status-unknown",
        Severity.ERROR,
        N_("“{value}” is not an overall status."),
        N_("Choose one of these, or leave the cell empty: {allowed}."),
    ),
    Rule(
        "cell-error",
        Severity.ERROR,
        N_("The cell holds an error: {value}."),
        N_("Write the answer itself in the cell."),
    ),
    Rule(
        "formula-without-value",
        Severity.ERROR,
        N_("The cell holds a formula whose result is not stored in the workbook: {value}."),
        N_("Write the answer itself in the cell, without a formula."),
    ),
    Rule(
        "text-is-not-text",
        Severity.ERROR,
        N_("The cell holds a number, a date or a truth value instead of text: {value}."),
        N_("Make the cell text and write the answer in words."),
    ),
    Rule(
        "control-characters",
        Severity.NOTE,
        N_("Characters that no document can hold were left out of the text: {value}."),
        N_("Nothing: every letter of the text has been taken."),
    ),
    Rule(
        "personal-identity-code",
        Severity.ERROR,
        N_("A personal identity code stands here. The report is public, and the code is repeated nowhere."),
        N_("Remove the personal identity code from the cell, and from the notes on it."),
    ),
)

QUESTIONS = (
    Rule(
        "degree-moved-without-word",
        Severity.QUESTION,
        N_("The degree of progress went from {value}, and the progress does not tell why."),
        N_("Write in the progress what happened, or answer this question."),
    ),
    Rule(
        "narrative-unchanged",
        Severity.QUESTION,
        N_("The progress is word for word the same as in the previous period: “{value}”."),
        N_("Write what has been done in this period, or answer this question."),
    ),
    Rule(
        "narrative-empty",
        Severity.QUESTION,
        N_("The progress is empty."),
        N_("Write what has been done, or answer this question."),
    ),
    Rule(
        "completed-with-risk",
        Severity.QUESTION,
        N_("The goal has been completed, but a risk is still named: “{value}”."),
        N_("Remove the risk if it is over, or answer this question."),
    ),
    Rule(
        "status-against-degree",
        Severity.QUESTION,
        N_("The degree of progress rose, but the overall status got worse: {value}."),
        N_("Check both, or answer this question."),
    ),
    Rule(
        "contact-details",
        Severity.QUESTION,
        N_("The text holds an e-mail address, a telephone number or a bank account: {value}."),
        N_("The report is published on the internet. Remove the details, or answer “may be published”."),
    ),
)

RULES = {rule.name: rule for rule in SUBMISSION_RULES + QUESTIONS + PLAN_RULES}
