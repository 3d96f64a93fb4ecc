"""JSON on many lines is written as Python's own library writes it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.indented_json import indented_json

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.builds(tuple, st.lists(inner)),
)


@given(_values)
def test_the_text_is_that_of_the_json_library(value: object) -> None:
    assert indented_json(value) == json.dumps(value, ensure_ascii=False, indent=1)


@given(_values, st.integers(0, 3))
def test_all_lines_but_the_first_begin_deeper(value: object, depth: int) -> None:
    written = json.dumps(value, ensure_ascii=False, indent=1)
    assert indented_json(value, depth) == written.replace("\n", "\n" + " " * depth)
