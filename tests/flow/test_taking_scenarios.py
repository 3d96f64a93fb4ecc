"""What the person model found in taking saves, each as a short history: a file, what happens to it, and the outcome."""

from dataclasses import replace

from generator.domain.follow_up.acts import ChosenFile, WithdrawnAnswer
from tools.people.documents import BLANK, WITHDRAW, Document, Line
from tools.people.history import CLERK, History
from tools.people.model import value_of
from tools.people.run import settings

FORM, COPY, MOVED = f"{CLERK}.xlsx", f"{CLERK} (2).xlsx", f"kansio/{CLERK}.xlsx"
KEY = "01.01", CLERK.casefold()
OLD, NEW, LAST = (2, "vanha"), (4, "uusi"), (5, "viimeinen")


def office() -> History:
    return History(settings())


def write(history: History, path: str, document: Document, value: tuple[object, str]) -> Document:
    new = history.typed(document, {"01.01": value}, path)
    history.save(path, new, "save")
    return new


def in_force(history: History) -> object:
    return value_of(history.look.state.in_force.get(KEY))


def rules(history: History, path: str) -> list[str]:
    """The rules that a file itself breaks; its receipt also tells those of its answer workbooks."""
    return [finding.rule for finding in history.look.state.present[path].save.findings]


def two_files_that_differ(history: History) -> Document:
    """The form's answer is in force, and that of a second file waits for a choice."""
    blank = history.form(CLERK)
    write(history, FORM, blank, OLD)
    second = write(history, COPY, blank, NEW)
    history.round()
    assert rules(history, COPY) == ["files-differ"]
    return second


def chosen(history: History, file: str, other: str) -> ChosenFile:
    return ChosenFile(history.period, "01.01", CLERK, file, other, "X", history.office.now, history.last_round)


def test_a_choice_settles_only_what_the_person_saw() -> None:
    history = office()
    second = two_files_that_differ(history)
    act = chosen(history, FORM, COPY)
    write(history, COPY, second, LAST)
    history.act(act, "chosen")
    history.round()
    assert (in_force(history), rules(history, COPY)) == (OLD, ["files-differ"])


def test_an_answer_given_since_is_not_withdrawn_unseen() -> None:
    history = office()
    form = write(history, FORM, history.form(CLERK), OLD)
    history.round()
    act = WithdrawnAnswer(history.period, "01.01", CLERK, "X", history.office.now, history.last_round)
    write(history, FORM, form, NEW)
    history.act(act, "withdrawn")
    history.round()
    assert in_force(history) == NEW


def test_a_file_that_was_moved_after_a_choice_keeps_the_choice() -> None:
    history = office()
    second = two_files_that_differ(history)
    history.act(chosen(history, FORM, COPY), "chosen")
    history.round()
    history.save(MOVED, second, "move")
    history.leave(COPY, MOVED)
    history.round()
    assert rules(history, MOVED) == ["copy-needs-correction"]
    write(history, MOVED, second, LAST)
    history.round()
    assert in_force(history) == LAST


def test_a_copy_of_a_row_that_awaits_a_choice_awaits_it_too() -> None:
    history = office()
    second = two_files_that_differ(history)
    history.save(MOVED, second, "copy")
    history.round()
    assert "files-differ" in rules(history, MOVED)


def test_a_reply_is_heard_once_and_a_row_changed_later_counts() -> None:
    history = office()
    two_files_that_differ(history)
    answer_path = f"{CLERK} (2).korjattavaa.xlsx"
    answer = history.ours[answer_path]
    answer = history.reply(answer, answer_path, answer.questions[0], WITHDRAW)
    history.save(answer_path, answer, "reply")
    history.round()
    assert value_of(history.look.state.in_force[KEY]) == (WITHDRAW, "")
    answer = write(history, answer_path, answer, LAST)
    history.round()
    history.save(answer_path, replace(answer, number=99), "save again")
    history.round()
    assert in_force(history) == LAST


def test_a_ledger_that_is_made_anew_knows_the_previous_periods_answers() -> None:
    history = office()
    write(history, FORM, history.form(CLERK), OLD)
    history.round()
    period = replace(history.office.settings.period, id="seuraava", previous=history.period)
    history.office.settings = replace(history.office.settings, period=period)
    history.round()
    same = history.typed(Document(50, (Line("01.01", officer=CLERK),)), {"01.01": OLD}, "oma.xlsx")
    history.save("oma.xlsx", same, "write")
    history.round()
    assert rules(history, "oma.xlsx") == ["same-as-previous"]
    history.forget_ledger()
    assert history.faults == []


OWN, OWN_ANSWER = "oma.xlsx", "oma.korjattavaa.xlsx"


def own_book_behind_a_form(history: History) -> Document:
    """The answer workbook of an unsigned book whose answer a form replaced."""
    book = history.typed(
        Document(50, (Line("01.01", officer=CLERK), Line("01.02", officer=CLERK))), {"01.01": OLD}, OWN
    )
    history.save(OWN, book, "write")
    write(history, FORM, history.form(CLERK), NEW)
    history.round()
    assert rules(history, OWN) == ["unsigned", "another-answer-stands"]
    return history.ours[OWN_ANSWER]


def test_a_value_typed_back_in_a_moved_answer_workbook_is_asked_about() -> None:
    history = office()
    changed = write(history, OWN_ANSWER, own_book_behind_a_form(history), LAST)
    history.leave(OWN_ANSWER)
    write(history, f"kansio/{OWN_ANSWER}", changed, OLD)
    history.round()
    assert rules(history, f"kansio/{OWN_ANSWER}") == ["unsigned", "another-answer-stands"]


def test_a_value_typed_back_after_its_row_was_emptied_is_asked_about() -> None:
    history = office()
    emptied = write(history, OWN_ANSWER, own_book_behind_a_form(history), BLANK)
    write(history, "oma.korjattavaa (2).xlsx", emptied, OLD)
    history.round()
    assert rules(history, "oma.korjattavaa (2).xlsx") == ["unsigned", "another-answer-stands"]


def test_a_question_that_was_answered_is_not_asked_again_in_the_answer_workbook() -> None:
    history = office()
    answer = own_book_behind_a_form(history)
    (question,) = (each for each in answer.questions if each.rule == "another-answer-stands")
    history.save(OWN_ANSWER, history.reply(answer, OWN_ANSWER, question, "Myöhempi on oikea."), "reply")
    history.round()
    assert (rules(history, OWN_ANSWER), in_force(history)) == (["unsigned"], NEW)


def test_a_restored_row_that_shows_what_a_reply_withdrew_brings_nothing_back() -> None:
    history = office()
    two_files_that_differ(history)
    path = f"{CLERK} (2).korjattavaa.xlsx"
    answer = history.ours[path]
    first = write(history, path, answer, NEW)
    history.round()
    assert rules(history, path) == ["files-differ"]
    history.save(path, history.reply(answer, path, answer.questions[0], WITHDRAW), "reply")
    history.round()
    history.save(path, first, "restore")
    history.round()
    assert (in_force(history), history.faults) == ((WITHDRAW, ""), [])
    assert rules(history, path) == ["returned", "answer-withdrawn"]


def test_a_restored_row_that_was_not_settled_is_asked_about_as_before() -> None:
    history = office()
    second = two_files_that_differ(history)
    history.save(COPY, history.typed(second, {"01.02": LAST}, COPY), "save")
    history.round()
    history.save(COPY, second, "restore")
    history.round()
    assert rules(history, COPY) == ["returned", "files-differ", "row-emptied"]
    assert history.faults == []


def test_a_form_that_is_moved_and_changed_replaces_what_it_said_before() -> None:
    history = office()
    form = write(history, FORM, history.form(CLERK), OLD)
    history.round()
    history.leave(FORM)
    write(history, MOVED, form, NEW)
    history.round()
    assert (in_force(history), rules(history, MOVED)) == (NEW, ["form-moved"])


def test_an_answer_workbook_does_not_go_on_from_another_file_that_is_gone() -> None:
    history = office()
    form = write(history, FORM, history.form(CLERK), OLD)
    history.round()
    write(history, COPY, form, NEW)
    history.round()
    answer_path = f"{CLERK} (2).korjattavaa.xlsx"
    answer = history.ours[answer_path]
    write(history, FORM, form, LAST)
    history.round()
    history.leave(FORM)
    write(history, answer_path, answer, OLD)
    history.round()
    assert "form-moved" not in rules(history, answer_path)


def test_nothing_goes_on_from_a_form_that_lies_elsewhere_as_it_was() -> None:
    history = office()
    form = write(history, FORM, history.form(CLERK), OLD)
    history.round()
    history.leave(FORM, MOVED)
    write(history, COPY, form, NEW)
    history.save(MOVED, form, "move")
    history.round()
    assert (rules(history, COPY), rules(history, MOVED)) == (["files-differ"], ["form-moved"])


def test_a_reply_that_stood_there_already_is_no_new_reply() -> None:
    history = office()
    two_files_that_differ(history)
    path = f"{CLERK} (2).korjattavaa.xlsx"
    answer = history.ours[path]
    replied = history.reply(answer, path, answer.questions[0], WITHDRAW)
    assert history.reply(replied, path, replied.questions[0], WITHDRAW) == replied != answer
    assert history.reply(replied, path, replied.questions[0], "ehkä") != replied
