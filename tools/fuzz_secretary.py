"""Plays random evenings of the person who makes the report: no word of hers and none of an officer may be lost.

    python -m tools.fuzz_secretary --count 10000 --seed 1 [--processes 2]

A history follows from the seed and its own number, so that `--only NUMBER` plays one again and tells it as short as it
can be made. Prints each faulty history and totals; the exit code is 1 where anything was wrong.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from tempfile import TemporaryDirectory

from tests.secretary.play import fault_of, shortest

CHUNK = 20


def faulty(numbers: range, seed: int) -> dict[int, str]:
    """What is wrong in the histories with these numbers, by number; those without a fault are left out."""
    found = {number: fault_of(f"{seed}:{number}") for number in numbers}
    return {number: fault for number, fault in found.items() if fault}


def work_in(folder: str) -> None:
    """Lets this process make its temporary folders in one that is removed at the end."""
    tempfile.tempdir = folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int, help="one history, by its number, told as short as it can be made")
    asked = parser.parse_args()
    if asked.only is not None:
        fault = shortest(f"{asked.seed}:{asked.only}")
        print(fault or "nothing is wrong")
        return 1 if fault else 0
    start, found = time.perf_counter(), 0
    chunks = [range(first, min(first + CHUNK, asked.count)) for first in range(0, asked.count, CHUNK)]
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(asked.processes, initializer=work_in, initargs=(folder,)) as pool,
    ):
        for part in pool.map(faulty, chunks, [asked.seed] * len(chunks)):
            found += len(part)
            for number, fault in part.items():
                print(f"history {asked.seed}:{number}: {fault}\n", flush=True)
    print(f"histories         {asked.count}")
    print(f"with a fault      {found}")
    print(f"seconds           {time.perf_counter() - start:.0f}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
