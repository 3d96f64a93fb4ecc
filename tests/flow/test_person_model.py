"""Random histories of an office: nothing that a person typed may be lost, and nobody is told a false word."""

import pytest

from tools.people.run import faults_of, shortest

HISTORIES, IN_ONE_TEST = 2_000, 100


@pytest.mark.parametrize("first", range(0, HISTORIES, IN_ONE_TEST))
def test_nothing_that_anybody_typed_is_lost(first: int) -> None:
    for number in range(first, first + IN_ONE_TEST):
        if faults_of(f"1:{number}"):
            history = shortest(f"1:{number}")
            pytest.fail("\n".join((f"history 1:{number}", *history.story, *history.faults)))


@pytest.mark.parametrize("name", ["10:291", "10:398", "10:1402", "10:1789", "10:7327", "10:10952", "10:15270"])
def test_a_history_in_which_something_was_lost_once_loses_nothing(name: str) -> None:
    """Found by the fuzz: answer workbooks that settled what their authors had not seen, and a reply that moved."""
    assert faults_of(name) == ()
