"""`_xHHHH_` in a workbook's texts: how characters that XML cannot hold are written.

Source: ECMA-376 part 1, §22.9.2.19 (ST_Xstring).
"""

import re

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LIKE_ONE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """The text as a cell holds it: an underscore that would begin an escape is written as one."""
    return _LIKE_ONE.sub("_x005F_", text)


def unescaped(runs: list[str]) -> str:
    """The runs as one text; two escaped halves of a character join, and half of one alone becomes U+FFFD."""
    if "_x" not in "".join(runs):
        return "".join(runs)
    units = "".join(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), run) for run in runs)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
