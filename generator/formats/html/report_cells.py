"""The cells of tilanne.html that tell of the report in the outbox, and of the final one."""

from collections.abc import Iterator

from generator.domain.base.rule import N_
from generator.domain.base.settings import Settings
from generator.domain.follow_up.status import EditedReport, FinalReport, ReportFile
from generator.formats.html.pages import HtmlCell, Listing, link_to
from generator.i18n.difference_lines import DIFFERENCES_UNKNOWN, REPLACED_EDIT, difference_lines
from generator.i18n.words import Words


def report_cell(report: ReportFile | None, settings: Settings, words: Words) -> HtmlCell:
    """Returns the link to the report, with where an edited one differs from it."""
    if report is None:
        return HtmlCell(words("No report has been made yet."))
    changed = words("changed {time}", time=words.moment(report.time))
    edited = (line for each in report.edited for line in _edited(report, each, settings, words))
    replaced = (words(REPLACED_EDIT, time=words.moment(report.replaced_edit)),) if report.replaced_edit else ()
    return HtmlCell(report.name, href=link_to(report.name), notes=(changed, *replaced, *edited))


def edited_copies(report: ReportFile | None, settings: Settings, words: Words) -> Iterator[Listing]:
    """Yields for each edited extract and further language where it differs from ours."""
    for copy in report.edited_copies if report else ():
        intro = words(_COPY_NOT_TOLD if copy.differences is None else _COPY_DIFFERS)
        yield Listing(copy.name, intro, tuple(difference_lines(copy.differences or (), settings.headings, words)))


def _edited(report: ReportFile, edited: EditedReport, settings: Settings, words: Words) -> Iterator[str]:
    if edited.differences is None:
        yield words(DIFFERENCES_UNKNOWN, name=edited.name)
        return
    own = _HAS_BEEN_EDITED if edited.is_of_known_draft else _HAS_NO_MARK
    yield words(_STANDS_BESIDE_FINAL if report.is_final else own, name=edited.name)
    yield from difference_lines(edited.differences, settings.headings, words)


_COPY_DIFFERS = N_("Somebody has edited this document, and its edits are not carried on. It differs from ours here:")
_COPY_NOT_TOLD = N_("Somebody has edited this document. What differs in it cannot be told.")
_HAS_BEEN_EDITED = N_(
    "{name} has been edited. Its texts of goals are carried on in ours; what else differs stands in it alone:"
)

_HAS_NO_MARK = N_(
    "{name} has been edited, and the program that saved it has removed the mark of the draft that it was made from: "
    "nothing of it is carried on. Copy the edits into the new draft. It differs from ours here:"
)
_STANDS_BESIDE_FINAL = N_("{name} has been edited, and stands beside the final report. It differs from it here:")


def final_cell(final: FinalReport, words: Words) -> HtmlCell:
    """Returns which version is final, and whether it is still up to date."""
    # By whom is an account's name: it stays in the journal and in the provenance.
    made = words("version {version}, made {time}", version=final.version, time=words.moment(final.time))
    if final.is_current:
        return HtmlCell(made)
    late = words("What is held has changed since the report was made final; the draft is newer.")
    return HtmlCell(made, notes=(late,))
