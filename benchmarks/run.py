"""Measures the cases, each beside its peers in the same run, and prints a table.

    python -m benchmarks.run --page                                every case; writes docs/performance.md
    python -m benchmarks.run --quick                               every case, small: does it run at all
    python -m benchmarks.run --case first-pass --officers 200      one case, one size
    python -m benchmarks.run --case first-pass --folder /tmp/b     keeps the offices there, and uses them again

An office that was kept is as the program of that time left it: remove the folder where the state folder changes.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import commands, history, passes, rendering
from benchmarks.case import Bench, Case, Line, value_text
from benchmarks.page import write_page

OFFICERS, QUICK_OFFICERS = (12, 50, 200), (3,)
# Twenty periods of 200 officers take most of an hour to make: --case periods --officers 200
PERIOD_OFFICERS = 50
CASES = (
    Case("first-pass", passes.first_pass, "officers", OFFICERS, QUICK_OFFICERS),
    Case("one-changed-fresh", passes.one_changed_fresh, "officers", OFFICERS, QUICK_OFFICERS),
    Case("one-changed-same", passes.one_changed_same, "officers", OFFICERS, QUICK_OFFICERS),
    Case("nothing-new", passes.nothing_new, "officers", OFFICERS, QUICK_OFFICERS),
    Case("render", rendering.rendering, "rows", (500, 2_000, 10_000), (25,)),
    Case("read-form", commands.read_form, "officers", (12, 200), QUICK_OFFICERS),
    Case("start", commands.start, "officers", (12,), QUICK_OFFICERS),
    Case("forms", commands.forms, "officers", (300,), QUICK_OFFICERS),
    Case("old-saves", history.old_saves, "saves", (1, 20, 200), (1, 2)),
    Case("periods", history.periods, "periods", (1, 20), (1, 2)),
)


def main() -> None:
    chosen = _arguments()
    cases = [case for case in CASES if not chosen.case or case.name in chosen.case]
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["XDG_CACHE_HOME"] = str(folder / ".cache")
        lines = []
        for case in cases:
            for line in measured(case, folder, chosen):
                print(shown(line), flush=True)
                lines.append(line)
    if chosen.page:
        write_page(lines)


def measured(case: Case, folder: Path, chosen: argparse.Namespace) -> Iterator[Line]:
    """Measures one case on the sizes that were asked for, else on its own."""
    sizes = tuple(getattr(chosen, case.unit) or (case.quick if chosen.quick else case.sizes))
    officers = QUICK_OFFICERS[0] if chosen.quick else PERIOD_OFFICERS
    repeats = 1 if chosen.quick else chosen.repeats
    return case.measure(Bench(folder, repeats, sizes, (chosen.officers or (officers,))[0]))


def shown(line: Line) -> str:
    """Returns a line as the terminal shows it: medians, and the spread as a share of the median."""
    text = f"{line.what:66} {value_text(line.ours.median, line.unit):>12} ±{line.ours.spread:4.0%}"
    if line.peer:
        text += f"  {line.peer.name:16} {value_text(line.peer.median, line.unit):>12} ±{line.peer.spread:4.0%}"
    if line.ratio:
        text += f"  {line.ratio:7.2f} ×"
    return "  ".join((text, *line.aim.texts)).rstrip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", nargs="+", choices=[case.name for case in CASES])
    parser.add_argument("--officers", type=int, nargs="+")
    for unit in ("rows", "saves", "periods"):
        parser.add_argument(f"--{unit}", type=int, nargs="+")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="keeps the offices in this folder, and uses what is there")
    parser.add_argument("--page", action="store_true", help="writes docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="small sizes, once")
    return parser.parse_args()


if __name__ == "__main__":
    main()
