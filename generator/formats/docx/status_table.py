"""The summary's table of overall statuses by division, and the same numbers as a chart."""

from generator.domain.output.report import Report
from generator.domain.output.summary import StatusCount
from generator.formats.docx.chart import Chart, Series
from generator.formats.docx.document_language import DocumentLanguage, division_line, language_tag, one_line
from generator.formats.docx.summary_fields import DivisionFields


class StatusTable:
    """The numbers of goals by division and overall status, without states that no goal is in."""

    def __init__(self, report: Report, lang: DocumentLanguage) -> None:
        self._lang, self._summary = lang, report.summary
        every = report.summary.all_statuses
        names = [status.text(lang.language) for status in report.frame.statuses.statuses]
        others = ((lang.words("Assessments differ"), every.disputed), (lang.words("Not told"), every.not_given))
        self._statuses = len(names)
        self._kept = [*range(len(names)), *(len(names) + index for index, (_, count) in enumerate(others) if count)]
        self.columns = (*names, *(label for label, count in others if count))

    @property
    def divisions(self) -> tuple[DivisionFields, ...]:
        """The divisions' lines."""
        return tuple(self._line(each, *self._name(each)) for each in self._summary.statuses)

    @property
    def total(self) -> DivisionFields:
        """The line of all goals."""
        return self._line(self._summary.all_statuses, self._lang.words("All goals"), "")

    def chart(self, most_bars: int) -> Chart:
        """The same numbers as bars: by division, or of all goals alone where there is no room for so many bars."""
        few = self._summary.statuses if len(self._summary.statuses) < most_bars else ()
        every = self._lang.words("All goals"), self._summary.all_statuses
        bars = (*((self._name(each)[0], each) for each in few), every)
        counts = [self._counts(each) for _, each in bars]
        return Chart(
            title=self._lang.words("Goals by overall status"),
            description=" ".join(self._bar_text(name, self._counts(each)) for name, each in bars),
            language=language_tag(self._lang.words.language),
            categories=tuple(f"{name} ({each.total})" for name, each in bars),
            series=tuple(
                Series(name, tuple(count[index] for count in counts), is_degree=self._kept[index] < self._statuses)
                for index, name in enumerate(self.columns)
            ),
        )

    def _counts(self, count: StatusCount) -> tuple[int, ...]:
        every = (*count.statuses, count.disputed, count.not_given)
        return tuple(every[index] for index in self._kept)

    def _line(self, count: StatusCount, name: str, language: str) -> DivisionFields:
        return DivisionFields(name, language, tuple(map(str, self._counts(count))), count.total)

    def _name(self, count: StatusCount) -> tuple[str, str]:
        return division_line(one_line(count.division), self._lang)

    def _bar_text(self, name: str, counts: tuple[int, ...]) -> str:
        told = ", ".join(f"{column}: {count}" for column, count in zip(self.columns, counts, strict=True) if count)
        return f"{name}: {told or 0}."
