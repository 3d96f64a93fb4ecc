"""Rows that are kept between documents: the same bytes as when each document is printed anew, and the same guard."""

import marshal
import os
import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.disk.digests import sha256_of
from generator.disk.user_cache import UserCache
from generator.domain.base.settings import Language, ScopeKind
from generator.domain.follow_up.merge import FollowUp
from generator.domain.output.frame import Scope, frame_of
from generator.domain.output.report import Report, extract_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.domain.output.written_texts import NO_TEXTS
from generator.domain.submission.answers import Answer
from generator.errors import StoppedTemplateError, TemplateError
from generator.formats.docx.chart import ChartPlace
from generator.formats.docx.document import print_document, render_checked
from generator.formats.docx.document_language import document_language
from generator.formats.docx.fields import RowFields, field_types
from generator.formats.docx.job_messages import JobReader, JobWriter, UnknownRowError
from generator.formats.docx.kept_templates import open_kept
from generator.formats.docx.printed_rows import KeptRows
from generator.formats.docx.printed_values import values_record
from generator.formats.docx.printer import Printer
from generator.formats.docx.rendering import CheckedPrint, RenderJob, render_apart, render_checked_apart
from generator.formats.docx.required_content import check_content
from generator.formats.docx.rows import RowOnDemand
from generator.formats.docx.template import open_template
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
from tests.formats.docx.test_right_templates import RIGHT

KEPT = KeptRows()
CACHE = UserCache(Path(os.environ["XDG_CACHE_HOME"]), "p")
texts = st.sampled_from(
    ("Etenee.", "Rahoitus puuttuu.\nHaetaan uudelleen.", "{{ title }}", "A & B < C", "a\u00a0\u0002b", "–")
)
degrees = st.sampled_from((1, 3, 5, None))
scopes = st.sampled_from((None, Scope(ScopeKind.OFFICER, "Tekninen johtaja"), Scope(ScopeKind.DIVISION, "Tekninen")))
given_answers = st.lists(st.tuples(st.integers(0, len(ANSWERS) - 1), degrees, texts), min_size=1, max_size=4)


def checked(made: Report, template: bytes = TEMPLATE, words: Words = FINNISH, kept: KeptRows = KEPT) -> CheckedPrint:
    return render_checked(made, template, SETTINGS.headings, words, kept=kept)


def changed(said: list[tuple[int, int | None, str]]) -> tuple[Answer, ...]:
    """The usual answers, some of them with another degree and text."""
    new = {index: (degree, text) for index, degree, text in said}
    return tuple(
        answer(each.entry.code, each.entry.officer, *new.get(index, (each.entry.degree, each.entry.narrative)))
        for index, each in enumerate(ANSWERS)
    )


@settings(max_examples=60)
@given(given_answers, scopes, st.sampled_from((None, follow_up(*PREVIOUS))), st.sampled_from((FINNISH, ENGLISH)))
def test_kept_rows_give_the_same_documents_as_rows_printed_anew(
    said: list[tuple[int, int | None, str]], scope: Scope | None, previous: FollowUp | None, words: Words
) -> None:
    made = report(*changed(said), previous=previous)
    if scope:
        made = extract_of(made, scope, PLAN)
    printed = checked(made, words=words)
    assert printed.docx == write(made, words=words)
    assert check_content(printed.docx, made).faults == ()
    assert values_record(check_content(printed.docx, made).text.values) == printed.record


@settings(max_examples=30)
@given(given_answers, st.sampled_from((None, follow_up(*PREVIOUS))), st.sampled_from((FINNISH, ENGLISH)))
def test_rows_of_an_earlier_process_give_the_same_documents(
    said: list[tuple[int, int | None, str]], previous: FollowUp | None, words: Words
) -> None:
    made = report(*changed(said), previous=previous)
    printed = checked(made, words=words, kept=KeptRows(CACHE))
    assert printed.docx == write(made, words=words)
    assert checked(made, words=words, kept=KeptRows(CACHE)) == printed
    assert values_record(check_content(printed.docx, made).text.values) == printed.record


@pytest.mark.parametrize("ending", [".rows", ".template"])
@pytest.mark.parametrize(
    "content", [b"", b"?", marshal.dumps(1), marshal.dumps([(b"", 0, 0, [1])]), pickle.dumps([1]), pickle.dumps(CACHE)]
)
def test_a_kept_file_with_anything_else_is_made_anew(tmp_path: Path, ending: str, content: bytes) -> None:
    made, cache = report(), UserCache(tmp_path, "p")
    printed = checked(made, kept=KeptRows(cache))
    names = [path.name.removeprefix("p-") for path in tmp_path.iterdir() if path.name.endswith(ending)]
    open_kept.cache_clear()
    for name in names:
        cache.write(name, content)
    assert names and checked(made, kept=KeptRows(cache)) == printed
    assert all(cache.read(name) != content for name in names)


def test_another_template_under_the_name_is_not_believed(tmp_path: Path) -> None:
    cache, other = UserCache(tmp_path, "p"), edited("row.overall_status", "row.officers")
    checked(report(), other, kept=KeptRows(cache))
    (path,) = tmp_path.glob("*.template")
    path.rename(path.with_name(f"p-{sha256_of(TEMPLATE)}.template"))
    open_kept.cache_clear()
    assert checked(report(), kept=KeptRows(cache)).docx == write()


def test_a_kept_row_is_of_its_template_its_language_and_its_words_alone() -> None:
    first = checked(report(), kept=KeptRows(CACHE))
    others = (
        (report(answer("01", "Talousjohtaja", 2, "Toisin.")), TEMPLATE, FINNISH),
        (report(), edited("row.overall_status", "row.officers"), FINNISH),
        (report(), TEMPLATE, ENGLISH),
    )
    for made, template, words in others:
        printed = checked(made, template, words, KeptRows(CACHE))
        assert printed.docx == write(made, template, words=words) != first.docx


def test_few_new_rows_do_not_write_the_kept_file_again(tmp_path: Path) -> None:
    cache, made = UserCache(tmp_path, "p"), sample_report(SampleKind.EVERY_STATE, frame_of(SETTINGS, Language.FINNISH))
    checked(made, kept=KeptRows(cache))
    (path,) = tmp_path.glob("*.rows")
    before = path.read_bytes()
    first, *others = made.sections[0].rows
    section = replace(made.sections[0], rows=(replace(first, waiting=("Talousjohtaja",)), *others))
    for sections in ((section, *made.sections[1:]), (section,)):
        changed_report = replace(made, sections=sections, texts=NO_TEXTS)
        assert checked(changed_report, kept=KeptRows(cache)).docx == write(changed_report)
    assert path.read_bytes() == before


@pytest.mark.parametrize("make", [RIGHT[name] for name in RIGHT], ids=RIGHT)
def test_rows_are_joined_as_jinja_prints_them(make: Callable[[], bytes]) -> None:
    opened = open_template(make())
    by_jinja = replace(opened, texts=tuple(replace(text, plans=(None,) * len(text.plans)) for text in opened.texts))
    sample = sample_report(SampleKind.EVERY_STATE, frame_of(SETTINGS, SETTINGS.language))
    for made, words in ((sample, FINNISH), (sample, ENGLISH), (report(previous=follow_up(*PREVIOUS)), FINNISH)):
        one, other = (
            print_document(way, made, SETTINGS.headings, words, kept=KeptRows()).docx for way in (opened, by_jinja)
        )
        assert one == other


@pytest.mark.parametrize(
    "said", ["Etenee.", 'A & B < C > "D"', "yksi\nkaksi\tkolme\n", "\n", "{{ title }}", "</w:t><w:t>"]
)
def test_markup_and_words_take_turns(said: str) -> None:
    made, opened = (
        report(answer("01", "Talousjohtaja", 4, said), answer("01.01", "Talousjohtaja", 2, said)),
        open_template(TEMPLATE),
    )
    lang = document_language(made.frame, FINNISH)
    plans = [plan for text in opened.texts for plan in text.plans if plan]
    for plan, row in product(plans, made.rows):
        printer = Printer(opened.formats, opened.first_id, ChartPlace(opened.width, ""))
        pieces = plan.print(RowOnDemand(row, lang), printer)
        assert len(pieces) % 2 == 0
        assert not any("<" in words or ">" in words for words in pieces[1::2])
        assert not any(word in markup for markup in pieces[::2] for word in ("Etenee", "kaksi", "title }}"))


def test_every_field_of_a_row_can_be_made() -> None:
    lang = document_language(report().frame, FINNISH)
    for row in report().rows:
        made = RowOnDemand(row, lang)
        assert all(getattr(made, field) is not None for field in field_types(RowFields))
        with pytest.raises(AttributeError):
            made.colour  # noqa: B018


def test_the_shipped_template_needs_no_jinja_for_its_rows() -> None:
    plans = [plan for text in open_template(TEMPLATE).texts for plan in text.plans]
    assert (
        len([plan for plan in plans if plan]) == 3
    )  # goals not reported, goals with differing assessments, the goals of a section


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
