"""What must stand beside each degree, found anew from the documents and the plans alone: an oracle for `test_term`."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import openpyxl
from docx import Document
from docx.oxml.ns import qn


@dataclass(frozen=True)
class Printed:
    """A goal's cell of degree: the degree (None: none or several), whether it is computed, and what follows it."""

    degree: int | None
    is_computed: bool
    remark: str


def read_document(path: Path) -> dict[str, Printed]:
    """Each goal's degree as printed, by its code."""
    found = {}
    for cell in Document(str(path)).element.body.iter(qn("w:tc")):
        names = [start.get(qn("w:name")) for start in cell.iter(qn("w:bookmarkStart"))]
        for code in (name[2:-7].replace("_", ".") for name in names if name.endswith("_degree")):
            lines = ["".join(text.text for text in line.iter(qn("w:t"))) for line in cell.iter(qn("w:p"))]
            degrees = [int(line[0]) for line in lines if re.match(r"[1-5] [^→]*$", line)]
            remark = next((line for line in lines if re.search("→|uusi tavoite|aiemp|jaettu|yhdistetty", line)), "")
            found[code] = Printed(*(degrees if len(degrees) == 1 else [None]), "laskettu" in "".join(lines), remark)
    return found


def read_goals(path: Path) -> dict[str, tuple[str, str]]:
    """Each goal's title and its cell of earlier codes, by its code."""
    heading, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    column = heading.index("Aiempi koodi") if "Aiempi koodi" in heading else len(heading)
    titled = ((next(filter(None, row[:3])), (*row, None)[column] or "") for row in rows if any(row[:3]))
    return {title.split(" ", 1)[0]: (title.split(" ", 1)[1], earlier) for title, earlier in titled}


def origins(before: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """The codes then of each goal of now: those that the plan names, or its own under nearly the same title."""
    found = {}
    for code, (title, named) in now.items():
        old, old_named = before.get(code, ("", ""))
        years = [re.findall(r"\b20\d\d\b", each) for each in (old, title)]
        found[code] = [code] if years[0] == years[1] and SequenceMatcher(None, old, title).ratio() > 0.7 else []
        if named and named != old_named:
            found[code] = re.findall(r"[\d.]+", named)
    return found


def expected(before: Path, now: Path, plans: tuple[Path, Path], beginning: str) -> dict[str, str]:
    """What must stand beside each degree of the report of now; `…` where the words are of a joined or split goal."""
    then, present, (old, new) = read_document(before), read_document(now), map(read_goals, plans)
    come_from = origins(old, new)
    uses = Counter(code for codes in come_from.values() for code in codes)

    def sources(printed: dict[str, Printed], code: str) -> list[str]:
        below = [each for each in printed if each.rpartition(".")[0] == code and printed[each].degree]
        return [leaf for each in below for leaf in sources(printed, each)] if printed[code].is_computed else [code]

    def remark(code: str) -> str:
        codes, now_degree = come_from[code], present[code].degree
        is_named = new[code][1] not in ("", "uusi", old.get(code, ("", ""))[1])
        if beginning == "term" or (beginning == "year" and "." in code and not is_named):
            return ""
        if len(codes) != 1 or uses[codes[0]] > 1 or None in (now_degree, then[codes[0]].degree):
            return "…" if codes else "uusi tavoite"
        degree, own = then[codes[0]].degree, [come_from[each] for each in sources(present, code)]
        is_same = beginning == "period" and all(len(each) == 1 and uses[each[0]] == 1 for each in own)
        is_same = is_same and sorted(each[0] for each in own) == sorted(sources(then, codes[0]))
        if (present[code].is_computed or then[codes[0]].is_computed) and not is_same:
            return f"{degree} → {now_degree}, laskentaperuste muuttui"
        return "" if degree == now_degree else f"{degree} → {now_degree}, {'nousi' if now_degree > degree else 'laski'}"

    return {code: remark(code) for code in present}
