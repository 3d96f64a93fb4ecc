"""Plays random histories of an office against the person model: nothing that anybody typed may be lost.

    python -m tools.fuzz_people --count 20000 --seed 1 [--processes 2]

A history follows from the seed and its own number, so that `--only NUMBER` plays one again and tells it as short as it
can be made. Prints totals; the exit code is 1 where anything was wrong.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from tools.people.run import faults_of, shortest

CHUNK = 50


def faulty(numbers: range, seed: int) -> dict[int, tuple[str, ...]]:
    """What is wrong in the histories with these numbers, by number; those without a fault are left out."""
    found = {number: faults_of(f"{seed}:{number}") for number in numbers}
    return {number: faults for number, faults in found.items() if faults}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int, help="one history, by its number, told as short as it can be made")
    asked = parser.parse_args()
    if asked.only is not None:
        history = shortest(f"{asked.seed}:{asked.only}")
        print(*history.story, *history.faults, sep="\n")
        return 1 if history.faults else 0
    start = time.perf_counter()
    found: dict[int, tuple[str, ...]] = {}
    chunks = [range(first, min(first + CHUNK, asked.count)) for first in range(0, asked.count, CHUNK)]
    with ProcessPoolExecutor(asked.processes) as pool:
        for part in pool.map(faulty, chunks, [asked.seed] * len(chunks)):
            found |= part
            for number, faults in part.items():
                print(f"history {number}: {faults[0]}", flush=True)
    print(f"histories         {asked.count}")
    print(f"with a fault      {len(found)}")
    print(f"seconds           {time.perf_counter() - start:.0f}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
