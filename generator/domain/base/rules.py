"""All rules of findings: about what officers save, about their answers, and about plan.xlsx.

Each has its place in docs/findings.md. A name never changes; see `store/kept_words.py`.
"""

from generator.domain.base.file_rules import FILE_RULES
from generator.domain.base.plan_rules import PLAN_RULES
from generator.domain.base.question_rules import QUESTIONS
from generator.domain.base.retired_rules import RETIRED_RULES
from generator.domain.base.rule import N_, Rule, Severity
from generator.domain.base.sender_rules import SENDER_RULES

SUBMISSION_RULES = (
    *FILE_RULES,
    *SENDER_RULES,
    Rule(
        "not-signed",
        Severity.ERROR,
        N_("Only forms of the municipality are taken, and this workbook is not one of them."),
        N_("Copy your answers into your own form in the inbox, save it, and remove this workbook."),
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
        N_("The workbook is the same, to the letter, as {value}. All that was in it was taken: answers {allowed}."),
        N_("Keep one of the two workbooks, and write in that one."),
    ),
    Rule(
        "copy-needs-correction",
        Severity.ERROR,
        N_("The workbook is the same, to the letter, as {value}. In that one there is something to correct."),
        N_("Read the receipt beside {value}, correct that workbook, and remove this one."),
    ),
    Rule(
        "form-moved",
        Severity.NOTE,
        N_("The form was at {value} before. It goes on from what was saved there."),
        N_("Check that it was you who moved or renamed the form."),
    ),
    Rule(
        "returned",
        Severity.NOTE,
        N_("The workbook is again as it was when it was saved before: {value}."),
        N_("Check the answers below. If an older workbook was put back by mistake, save the newer one again."),
    ),
    Rule(
        "signature-lost",
        Severity.NOTE,
        N_("The hidden sheet of the form is gone. The answers are taken as those of {value}, as before."),
        N_("Another program than Excel has probably saved the form. Check the answers that are in the report now."),
    ),
    Rule(
        "sender-waits",
        Severity.NOTE,
        N_("The workbook is not one of the municipality's forms, so its sender has to be checked first: {value}."),
        N_("Who makes the report checks the sender. The surest way is to use your own form."),
    ),
    Rule(
        "signed-answer-stands",
        Severity.ERROR,
        N_("The officer's own form holds other answers, and those stand: {value}."),
        N_("Open {allowed}, write in it what is to be changed, and save it. Then remove this workbook."),
    ),
    Rule(
        "another-answer-stands",
        Severity.QUESTION,
        N_("Another workbook of yours holds a later answer, and that is in the report: {value}."),
        N_("Nothing, if the later answer is right. If this workbook's is, answer “this one”."),
    ),
    Rule(
        "row-emptied",
        Severity.QUESTION,
        N_("The row of the goal {code} was emptied or removed. The earlier answer, degree {value}, is in the report."),
        N_("Write the answer back; or, if there is to be none, answer “I withdraw my answer”."),
    ),
    Rule(
        "answer-withdrawn",
        Severity.NOTE,
        N_("The answer to the goal {code} was withdrawn. The report says that it has not been reported."),
        N_("Choose a degree of progress again, if the goal is to be reported."),
    ),
    Rule(
        "macros-ignored",
        Severity.NOTE,
        N_("The workbook has macros. They were not run."),
        N_("The answers were read without them."),
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
        N_("Check that this is right. The surest way is to leave the codes as they are in your form."),
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
        "merged-in-row",
        Severity.ERROR,
        N_("The cells {value} are merged, so what belongs in each of them is not clear."),
        N_("Unmerge the cells and write each answer in the column of its heading."),
    ),
    Rule(
        "hidden-rows",
        Severity.NOTE,
        N_("Rows are hidden in the workbook: {value}. What stands in them was read all the same."),
        N_("Check that the answers on them are meant to be reported."),
    ),
    Rule(
        "hidden-columns",
        Severity.NOTE,
        N_("Columns are hidden in the workbook: {value}. What stands in them was read all the same."),
        N_("Check that the answers in them are meant to be reported."),
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
        N_("Remove the row, or ask who makes the report to mend the plan. The goal belongs to: {allowed}."),
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
        N_("The goal {code} stands on more than one row, and the answers are not the same: {value}."),
        N_("Leave one row for the goal, with the answer that you mean. Until then none of them is taken."),
    ),
    Rule(
        "row-repeated",
        Severity.NOTE,
        N_("The goal {code} stands twice with the same answer, at {value}."),
        N_("The answer was taken once. One row is enough."),
    ),
    Rule(
        "files-differ",
        Severity.ERROR,
        N_("Two workbooks of yours answer differently. The answer of the other one stands: {value}."),
        N_("Choose in the column Reply which workbook is right: {allowed}. Or remove this one, if the other is right."),
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
        "degree-unclear",
        Severity.ERROR,
        N_("“{value}” is not a degree of progress as such."),
        N_("Did you mean “{allowed}”? Choose it from the list in the cell, or type its number alone."),
    ),
    Rule(
        "degree-as-date",
        Severity.ERROR,
        N_("The cell of the degree of progress is formatted as a date: {value}."),
        N_("Change the number format of the cell to General and choose the degree of progress from the list again."),
    ),
    Rule(
        "degree-label-misspelt",
        Severity.NOTE,
        N_("“{value}” was read as the degree {allowed}."),
        N_("Check that this is right. The surest way is to choose from the list in the cell."),
    ),
    Rule(
        "not-assessable-without-reason",
        Severity.ERROR,
        N_("The goal cannot be assessed, but the reason is missing."),
        N_("Write as the progress why the goal cannot be assessed."),
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
        "text-too-long",
        Severity.ERROR,
        N_("The cell holds {value} characters, more than a cell of Excel can hold."),
        N_("Shorten the text to at most {allowed} characters."),
    ),
    Rule(
        "struck-through-text",
        Severity.ERROR,
        N_("Text is struck through on the row, so it is not certain what is meant: “{value}”."),
        N_("Delete the struck-through text, or remove the strikethrough if the text is meant to be reported."),
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
        N_("Every letter of the text was taken."),
    ),
    Rule(
        "personal-identity-code",
        Severity.ERROR,
        N_("A personal identity code stands here. The report is public, and the code is repeated nowhere."),
        N_("Remove the personal identity code from the cell, and from the notes on it."),
    ),
)

# What these found is a word that names a kind of file; it is a message of the catalogue itself.
NAMES_A_KIND = frozenset({"not-a-workbook", "save-as-xlsx"})
RULES = {rule.name: rule for rule in SUBMISSION_RULES + QUESTIONS + PLAN_RULES + RETIRED_RULES}
