"""The bookmarks that enclose a report's values: `g_01_02_degree` is the degree of the goal 01.02."""

import re

_NAME = re.compile(r"g_(\d\d(?:_\d\d){0,2})_([a-z_]+)")
# How such a bookmark starts in a part's XML. No text holds it: there a quotation mark is escaped.
BOOKMARK_START = ' w:name="g_'


def value_bookmark(code: str, field: str) -> str:
    """The bookmark of a goal's value: `g_01_02_degree`."""
    return f"g_{code.replace('.', '_')}_{field}"


def read_value_bookmark(name: str) -> tuple[str, str] | None:
    """The goal's code and the field of a bookmark; None where it encloses no value of a report."""
    match = _NAME.fullmatch(name)
    return (match[1].replace("_", "."), match[2]) if match else None
