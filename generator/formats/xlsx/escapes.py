"""`_xHHHH_` in a workbook's texts: the way to write characters that XML cannot hold.

Source: ECMA-376 part 1, §22.9.2.19 (ST_Xstring).
"""

import re

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(runs: list[str]) -> str:
    """Joins the runs into one text; two escaped halves of a character join, and a single half becomes U+FFFD."""
    if "_x" not in "".join(runs):
        return "".join(runs)
    units = "".join(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), run) for run in runs)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
