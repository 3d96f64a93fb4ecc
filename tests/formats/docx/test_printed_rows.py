"""Rows that are kept between documents: the same bytes as when each document is printed anew, and the same guard."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.domain.base.settings import Language, ScopeKind
from generator.domain.follow_up.merge import FollowUp
from generator.domain.output.report import Report, Scope, extract_of
from generator.errors import StoppedTemplateError, TemplateError
from generator.formats.docx.document import render_checked
from generator.formats.docx.job_messages import JobReader, JobWriter, UnknownRowError
from generator.formats.docx.printed_rows import KeptRows
from generator.formats.docx.printed_values import values_record
from generator.formats.docx.rendering import CheckedPrint, RenderJob, render_apart, render_checked_apart
from generator.formats.docx.required_content import check_content
from generator.i18n.words import Words
from tests.builders import SETTINGS
from tests.formats.docx.reports import (
    ANSWERS,
    ENGLISH,
    FINNISH,
    PLAN,
    PREVIOUS,
    TEMPLATE,
    answer,
    edited,
    follow_up,
    parts,
    report,
    template_of,
    with_parts,
    write,
)

KEPT = KeptRows()
texts = st.sampled_from(
    ("Etenee.", "Rahoitus puuttuu.\nHaetaan uudelleen.", "{{ title }}", "A & B < C", "a\u00a0\u0002b", "–")
)
degrees = st.sampled_from((1, 3, 5, None))
scopes = st.sampled_from((None, Scope(ScopeKind.OFFICER, "Tekninen johtaja"), Scope(ScopeKind.DIVISION, "Tekninen")))
given_answers = st.lists(st.tuples(st.integers(0, len(ANSWERS) - 1), degrees, texts), min_size=1, max_size=4)


def checked(made: Report, template: bytes = TEMPLATE, words: Words = FINNISH, kept: KeptRows = KEPT) -> CheckedPrint:
    return render_checked(made, template, SETTINGS.headings, words, kept=kept)


@settings(max_examples=60)
@given(given_answers, scopes, st.sampled_from((None, follow_up(*PREVIOUS))), st.sampled_from((FINNISH, ENGLISH)))
def test_kept_rows_give_the_same_documents_as_rows_printed_anew(
    said: list[tuple[int, int | None, str]], scope: Scope | None, previous: FollowUp | None, words: Words
) -> None:
    changed = {index: (degree, text) for index, degree, text in said}
    answers = tuple(
        answer(each.entry.code, each.entry.officer, *changed.get(index, (each.entry.degree, each.entry.narrative)))
        for index, each in enumerate(ANSWERS)
    )
    made = report(*answers, previous=previous)
    if scope:
        made = extract_of(made, scope, PLAN)
    printed = checked(made, words=words)
    assert printed.docx == write(made, words=words)
    assert check_content(printed.docx, made).faults == ()
    assert values_record(check_content(printed.docx, made).text.values) == printed.record


def test_words_that_a_template_leaves_out_are_missed_with_kept_rows_too() -> None:
    template = edited("row.narrative", "row.officer")
    for _ in range(2):
        with pytest.raises(TemplateError, match=r"row\.narrative"):
            checked(report(), template)


def test_rows_that_something_around_them_hides_are_missed() -> None:
    body, styles = (parts(TEMPLATE)[name].decode() for name in ("word/document.xml", "word/styles.xml"))
    goals = body.rindex("<w:tbl>", 0, body.index("row.narrative"))
    table = re.sub(r"<w:tblStyle [^>]*/>", '<w:tblStyle w:val="Piilo"/>', body[goals:], count=1)
    style = '<w:style w:type="table" w:styleId="Piilo"><w:name w:val="Piilo"/><w:rPr><w:vanish/></w:rPr></w:style>'
    hiding = with_parts(
        TEMPLATE,
        word__document_xml=f"{body[:goals]}{table}".encode(),
        word__styles_xml=styles.replace("</w:styles>", f"{style}</w:styles>").encode(),
    )
    checked(report())
    with pytest.raises(TemplateError, match=r"do(es)? not print"):
        checked(report(), hiding)


def test_a_row_is_sent_to_the_child_once() -> None:
    made = report()
    job = RenderJob(made, b"", SETTINGS.headings, Language.FINNISH)
    writer, reader = JobWriter(), JobReader()
    first, second = writer.write(job), writer.write(job)
    assert b"Budjetti on tasapainossa" in first and b"Budjetti on tasapainossa" not in second
    with pytest.raises(UnknownRowError):
        reader.read(second)
    reader.keep(reader.read(first).report.rows)
    assert reader.read(second) == job
    writer.forget()
    assert reader.read(writer.write(job)) == job


def test_a_row_may_stand_twice_in_a_message() -> None:
    made = report()
    assert made.rows  # now the report itself holds its rows twice: in its sections, and all together
    job = RenderJob(made, b"", SETTINGS.headings, Language.FINNISH)
    writer = JobWriter()
    assert JobReader().read(writer.write(job)) == job
    writer.forget()
    assert JobReader().read(writer.write(job)) == job


def test_a_new_child_gets_all_rows_again() -> None:
    job = RenderJob(report(), TEMPLATE, SETTINGS.headings, Language.FINNISH)
    first = render_checked_apart(job)
    hostile = template_of("{% for a in sections %}{% for b in 'x' * 90000 %}{{ b * 90000 }}{% endfor %}{% endfor %}")
    with pytest.raises((StoppedTemplateError, TemplateError)):
        render_apart(replace(job, template=hostile))
    assert render_checked_apart(job) == first == checked(job.report, kept=KeptRows())
