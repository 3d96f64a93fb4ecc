"""Random evenings of the person who makes the report: no word of hers and none of an officer is lost.

Each word of hers stands in the report, in an open matter, in her file, or in the archive, whose journal tells where it
was; each officer's present word is printed, or hers stands in its place. Nothing hand-made is overwritten, degrees are
the officers' alone, and nobody is told that nothing is open while a word of hers waits. More of them are played by
`python -m tools.fuzz_secretary`.
"""

import os

import pytest

from tests.secretary.play import fault_of, shortest

HISTORIES, IN_ONE_TEST = int(os.environ.get("HISTORIES", "700")), 20


@pytest.mark.parametrize("first", range(0, HISTORIES, IN_ONE_TEST))
def test_no_word_of_anybody_is_lost(first: int) -> None:
    for number in range(first, min(first + IN_ONE_TEST, HISTORIES)):
        if fault_of(f"1:{number}"):
            pytest.fail(f"history 1:{number}\n{shortest(f'1:{number}')}")
