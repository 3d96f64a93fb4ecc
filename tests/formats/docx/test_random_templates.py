"""Templates mangled at random: none gives a document that lacks words, and check refuses what a run refuses."""

import re
from collections.abc import Callable
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.app.template_check import faults_of
from generator.domain.output.report import Report
from generator.domain.plan.goals import Goal, Plan
from generator.errors import TemplateError
from generator.formats.docx.document import render_checked
from generator.formats.docx.printed_rows import KeptRows
from generator.formats.docx.required_content import require_content, require_whole_content
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element, parse_xml
from tests.builders import SETTINGS
from tests.formats.docx.broken_templates import BODY, CHANGED, field, mangled, paragraph, remove, wrap, xml
from tests.formats.docx.reports import FINNISH, PREVIOUS, TEMPLATE, answer, follow_up, parts, report, write

KEPT_FROM, LEFT_OUT_FROM, KEPT_AGAIN_FROM = "{{ title }}", "{%p if not is_brief %}", "{%p if programme.rows %}"


def _shortened(root: Element) -> None:
    """The shipped template with its title, a list and the goals' tables, so that many can be tried."""
    body, is_kept = root.find(w("body")), True
    assert body is not None
    for child in list(body):
        text = own_text(child) if child.tag == w("p") else ""
        is_kept = (is_kept and LEFT_OUT_FROM not in text) or KEPT_AGAIN_FROM in text
        if not is_kept:
            body.remove(child)


SHORT = mangled(_shortened)
REPORT = report(previous=follow_up(*PREVIOUS))
KEPT = KeptRows()
HELD = (w("p"), w("tr"), w("tc"), w("tbl"), w("r"), w("t"))
TAGS = (
    "{%p endif %}",
    "{%p if is_draft %}",
    "{%tr endfor %}",
    "{{p row.degree }}",
    "{{ row.title }}",
    "{%p else %}",
    "x",
)
WRAPPERS = (
    f"<w:ins {CHANGED}></w:ins>",
    '<w:smartTag w:uri="x" w:element="y"></w:smartTag>',
    '<w:hyperlink w:anchor="x"></w:hyperlink>',
    '<w:fldSimple w:instr=" TITLE "></w:fldSimple>',
    "<w:sdt><w:sdtPr></w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>",
)


def _some(root: Element, pick: int, *tags: str) -> Element:
    found = list(root.iter(*tags))
    return found[pick % len(found)]


def _remove_one(root: Element, pick: int, other: int) -> None:
    remove(_some(root, pick, HELD[other % len(HELD)]))


def _move_one(root: Element, pick: int, other: int) -> None:
    tag = HELD[pick % len(HELD)]
    moved, place = _some(root, pick // 7, tag), _some(root, other, tag)
    if moved not in place.iterancestors() and moved is not place:
        place.addprevious(moved)


def _copy_one(root: Element, pick: int, other: int) -> None:
    copied = _some(root, pick, HELD[other % len(HELD)])
    copied.addnext(deepcopy(copied))


def _swap_texts(root: Element, pick: int, other: int) -> None:
    one, two = _some(root, pick, w("t")), _some(root, other, w("t"))
    one.text, two.text = two.text, one.text


def _put_tag(root: Element, pick: int, other: int) -> None:
    _some(root, pick, w("t")).text = TAGS[other % len(TAGS)]


def _cut_text(root: Element, pick: int, other: int) -> None:
    piece = _some(root, pick, w("t"))
    at = other % (len(piece.text or "") + 1)
    piece.text = (piece.text or "")[:at] + (piece.text or "")[at + 1 :]


def _divide_text(root: Element, pick: int, other: int) -> None:
    piece = _some(root, pick, w("t"))
    own = piece.getparent()
    assert own is not None
    second, at = deepcopy(own), other % (len(piece.text or "") + 1)
    for copied in second.iter(w("t")):
        copied.text = (piece.text or "")[at:]
    piece.text = (piece.text or "")[:at]
    own.addnext(second)
    wrap(second, WRAPPERS[other % len(WRAPPERS)])


def _hide_one(root: Element, pick: int, _other: int) -> None:
    _some(root, pick, w("r")).insert(0, xml("<w:rPr><w:vanish/></w:rPr>"))


def _put_field(root: Element, pick: int, other: int) -> None:
    _some(root, pick, w("p")).addprevious(paragraph(field((" PAGE ", " DDE x ", " DATE ")[other % 3])))


CHANGES: tuple[Callable[[Element, int, int], None], ...] = (
    *(_remove_one, _move_one, _copy_one, _swap_texts, _put_tag, _cut_text, _divide_text, _hide_one, _put_field),
)
# Names that our own code puts into templates mean nothing to an author.
OUR_OWN = re.compile("_heading|_filled|_printed|endset")
numbers = st.integers(0, 10_000)
mangles = st.lists(st.tuples(st.sampled_from(CHANGES), numbers, numbers), min_size=1, max_size=2)


def _says_all(document: bytes, made: Report) -> bool:
    """Whether all words stand in the body's paragraphs, found without bookmarks and without our own reader."""
    root = parse_xml(parts(document)[BODY])
    hidden = {element.getparent().getparent() for element in root.iter(w("vanish"))}  # type: ignore[union-attr]
    seen = (text for text in root.iter(w("t")) if text.getparent() not in hidden)
    text = "".join(each.text or "" for each in seen)
    words = (voice.text for row in made.rows for voice in (*row.narratives, *row.main_risks))
    return all(each in text for each in words)


@settings(max_examples=200)
@given(mangles)
def test_a_mangled_template_loses_no_words_and_is_refused_by_check_where_a_run_refuses_it(
    changes: list[tuple[Callable[[Element, int, int], None], int, int]],
) -> None:
    def change(root: Element) -> None:
        for each, pick, other in changes:
            each(root, pick, other)

    template = mangled(change, template=SHORT)
    refusal = ""
    try:
        # Printed anew, then with the rows that were kept.
        printed, again = (render_checked(REPORT, template, SETTINGS.headings, FINNISH, kept=KEPT) for _ in range(2))
        assert again.docx == printed.docx == write(REPORT, template)
        require_content(printed.docx, REPORT)
        assert _says_all(printed.docx, REPORT)
    except TemplateError as error:
        refusal = str(error)
    assert not OUR_OWN.search(refusal)
    assert not refusal or _is_refused(template)


def _is_refused(template: bytes) -> bool:
    try:
        return bool(faults_of(template, SETTINGS).errors)
    except TemplateError:
        return True


def test_the_shortened_template_is_right() -> None:
    assert faults_of(SHORT, SETTINGS).errors == ()
    assert _says_all(write(REPORT, SHORT), REPORT)


odd_words = st.sampled_from(("{{ title }}", "{% if x %}", "<w:ins/>", "–", "a\tb\r\nc ", "{ organ }", "{{ a\n}}"))
own_words = st.one_of(st.text(max_size=40), odd_words)


@settings(max_examples=60)
@given(st.lists(own_words.filter(str.strip), min_size=4, max_size=4))
def test_no_words_of_officers_or_of_the_plan_are_taken_for_a_fault(words: list[str]) -> None:
    title, risks, first, second = words
    goals = (Goal("01", title, risks, ("A", "B"), title, "A2"), Goal("01.01", "x", risks, (), "", "A3"))
    said = (answer("01", "A", 3, first, risks=second), answer("01", "B", 2, second, risks=first))
    plan = Plan(goals)
    made = report(*said, plan=plan, previous=follow_up(answer("01", "A", 4), plan=plan))
    printed = render_checked(made, TEMPLATE, SETTINGS.headings, FINNISH, kept=KEPT)
    require_whole_content(printed.docx, made)
    assert printed.docx == write(made)
