import json
from collections.abc import Mapping
from dataclasses import dataclass, field, make_dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.domain.base.canonical import NOT_CONTENT, HasDigest, canonical, digest, fields_digest, filled, old_digest

texts = st.text(st.characters(), max_size=20)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts, lambda parts: st.lists(parts, max_size=4), max_leaves=12
)


class Shape(StrEnum):
    ROUND = "round"


@dataclass(frozen=True)
class Inner(HasDigest):
    text: str


@dataclass(frozen=True, slots=True)
class Outer:
    inner: Inner
    words: Mapping[str, str]
    day: date
    shape: Shape | None = None
    numbers: tuple[int, ...] = ()
    cell: str = field(default="", metadata=NOT_CONTENT)


def outer(**changes: Any) -> Outer:
    values = {"inner": Inner("a"), "words": {"fi": "yksi", "sv": "ett"}, "day": date(2026, 8, 24), **changes}
    return Outer(**values)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (("01", None, True, 1, ()), b'["01",null,true,1,[]]'),
        (("å\u200b\n\"'", ["\ud800"], ("\U0001f600",)), b'["\\u00e5\\u200b\\n\\"\'",["\\ud800"],["\\ud83d\\ude00"]]'),
        (("\ud83d", "\ude00"), b'["\\ud83d","\\ude00"]'),
        (Shape.ROUND, b'"round"'),
        ("", b'""'),
    ],
)
def test_a_value_is_written_as_json_in_ascii(value: Any, written: bytes) -> None:
    assert canonical(value) == written


def test_a_digest_is_the_same_in_every_version() -> None:
    assert digest(("01", ("Å",), None)) == "620026c21134423ae7e16d2cb4f5d046752560c0d561488d2947c29edd9fd9dd"


@given(plain_values)
@example("\ud83d\ude00")
def test_a_value_can_be_read_from_its_canonical_form(value: Any) -> None:
    assert json.loads(canonical(value)) == _with_whole_pairs(value)


@pytest.mark.parametrize(
    "value", [1.5, b"x", {"a": 1}, {1}, date(2026, 8, 24), Inner("a"), object(), ("a", ["b", {"c": 1}])]
)
def test_an_object_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical(value)


def test_a_field_that_is_not_filled_leaves_the_digest_as_it_was() -> None:
    known = filled(title="Tavoite", code="01")
    assert known == (("code", "01"), ("title", "Tavoite"))
    assert filled(code="01", title="Tavoite", later="", pairs=(), names=[], ends=None, silent=False) == known
    assert filled(level=0, is_new=True) == (("is_new", True), ("level", 0))


def test_a_dataclass_is_told_by_its_fields_and_not_by_where_it_stands() -> None:
    same = outer(words=MappingProxyType({"sv": "ett", "fi": "yksi"}), cell="B12")
    assert fields_digest(same) == fields_digest(outer())
    others = (
        outer(inner=Inner("b")),
        outer(words={"fi": "yksi", "sv": "en"}),
        outer(day=date(2026, 8, 25)),
        outer(shape=Shape.ROUND),
        outer(numbers=(1,)),
    )
    assert len({fields_digest(value) for value in (same, *others)}) == 6


def test_a_digest_is_computed_once() -> None:
    inner = Inner("a")
    assert inner.digest is inner.digest == fields_digest(inner)


@pytest.mark.parametrize("value", ["text", ("a",), None, Inner])
def test_only_a_dataclass_has_fields_to_digest(value: object) -> None:
    with pytest.raises(TypeError):
        fields_digest(value)


@pytest.mark.parametrize("part", [{1, 2}, object(), b"x"])
def test_what_has_no_fixed_order_or_form_is_refused_inside_a_dataclass(part: Any) -> None:
    with pytest.raises(TypeError):
        fields_digest(outer(numbers=(part,)))


@given(plain_values)
def test_an_old_digest_is_that_of_repr(value: Any) -> None:
    as_tuples = _as_tuples(value)
    assert old_digest(as_tuples) == old_digest(_Written(repr(as_tuples)))


def test_an_old_digest_leaves_out_the_fields_that_0_1_0_did_not_know() -> None:
    known = [("code", str), ("title", str), ("main_risks", str), ("officers", Any), ("division", str)]
    goal = make_dataclass("Goal", [*known, ("translations", Any)])
    later = make_dataclass("Goal", [*known, ("earlier_codes", Any), ("translations", Any)])
    values = "01", "Elinvoima", "", (), ""
    expected = "Goal(code='01', title='Elinvoima', main_risks='', officers=(), division='', translations=())"
    assert old_digest(goal(*values, ())) == old_digest(later(*values, ("02",), ())) == old_digest(_Written(expected))


class _Written:
    """A value whose `repr` is a given text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def _with_whole_pairs(value: Any) -> Any:
    """The value with the character that a pair of surrogates means in place of the pair."""
    if isinstance(value, list):
        return list(map(_with_whole_pairs, value))
    is_text = isinstance(value, str)
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if is_text else value


def _as_tuples(value: Any) -> Any:
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value
