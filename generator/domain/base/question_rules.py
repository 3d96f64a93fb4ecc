"""The rules of questions about answers that count; a question stops nothing."""

from generator.domain.base.rule import N_, Rule, Severity

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
        "narrative-says-nothing",
        Severity.QUESTION,
        N_("The progress tells nothing by itself: “{value}”. The report prints it as it stands."),
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
        "overall-status-unclear",
        Severity.QUESTION,
        N_("“{value}” is not an overall status, so the goal is reported without one."),
        N_("Choose one of these, or leave the cell empty: {allowed}."),
    ),
    Rule(
        "contact-details",
        Severity.QUESTION,
        N_("The text holds an e-mail address, a telephone number or a bank account: {value}."),
        N_("The report is published on the internet. Remove the details, or answer “may be published”."),
    ),
)
