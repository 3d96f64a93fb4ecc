"""The marks by which a file proves that it is ours and that nobody has changed it since we wrote it."""

from pathlib import PurePath

from generator.formats.text_mark import is_page_unchanged, is_record_unchanged


def is_unchanged(name: str, data: bytes) -> bool:
    """True if the file carries our mark and nothing in it was changed since we wrote it.

    A mark is a plain digest, no signature: it tells a changed file from an unchanged one, not a forged one.

    Args:
        name: the file's name; its ending tells the format. A format without a mark (.pdf) is never unchanged.
        data: the whole file. Nothing in it is trusted; a damaged or oversized one is False.

    Source: DESIGN, section 3, What is ours.
    """
    ending = PurePath(name).suffix.casefold()
    if ending == ".docx":
        from generator.formats.docx.document_mark import is_document_unchanged

        return is_document_unchanged(data)
    if ending in (".xlsx", ".xlsm"):
        from generator.formats.xlsx.workbook_mark import is_workbook_unchanged

        return is_workbook_unchanged(data)
    if ending == ".html":
        return is_page_unchanged(data)
    return ending == ".json" and is_record_unchanged(data)
