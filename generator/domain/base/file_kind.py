"""The kinds of files that people save instead of a workbook, with their names."""

from enum import StrEnum

from generator.domain.base.rule import N_


class FileKind(StrEnum):
    """What a file is by its content; the values are short words for programs."""

    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    FODS = "fods"
    XML = "xml"
    CSV = "csv"
    HTML = "html"
    TEXT = "text"
    GOOGLE_LINK = "google-link"
    LINK = "link"
    PDF = "pdf"
    PICTURE = "picture"
    WORD = "word"
    POWERPOINT = "powerpoint"
    RTF = "rtf"
    ODT = "odt"
    NUMBERS = "numbers"
    MESSAGE = "message"
    ZIP = "zip"
    OTHER = "other"


_NAMES = {
    FileKind.XLS: N_("Excel 97–2003 workbook"),
    FileKind.XLSB: N_("Excel binary workbook"),
    FileKind.ODS: N_("OpenDocument spreadsheet"),
    FileKind.FODS: N_("OpenDocument spreadsheet in one XML file"),
    FileKind.XML: N_("XML spreadsheet"),
    FileKind.CSV: N_("comma-separated text"),
    FileKind.HTML: N_("web page"),
    FileKind.TEXT: N_("text file"),
    FileKind.GOOGLE_LINK: N_("link (Google Sheets)"),
    FileKind.LINK: N_("link"),
    FileKind.PDF: N_("PDF file"),
    FileKind.PICTURE: N_("picture"),
    FileKind.WORD: N_("Word document"),
    FileKind.POWERPOINT: N_("PowerPoint presentation"),
    FileKind.RTF: N_("text document (RTF)"),
    FileKind.ODT: N_("OpenDocument text document"),
    FileKind.NUMBERS: N_("Numbers spreadsheet"),
    FileKind.MESSAGE: N_("e-mail message"),
    FileKind.ZIP: N_("compressed folder (zip)"),
    FileKind.OTHER: N_("unknown file"),
}


def kind_name(word: str) -> str:
    """Returns the message that names a kind; any other word is returned unchanged."""
    return _NAMES[FileKind(word)] if word in list(FileKind) else word
