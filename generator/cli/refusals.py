"""The choices that a run could not carry out, in words: a line each."""

from generator.app.run import RunResult
from generator.i18n.words import Words


def refusal_lines(result: RunResult, words: Words) -> tuple[str, ...]:
    """Returns each choice of the secretary's workbook that could not be carried out, with the reason."""
    if not result.refused:
        return ()
    from generator.formats.xlsx.refusal_words import refusal_words

    titles = {item.goal.code: item.goal.title for item in result.status.follow_up.goals}
    told = (refusal_words(refused, titles, words) for refused in result.refused)
    return tuple(" ".join(line.split()) for line in told)
