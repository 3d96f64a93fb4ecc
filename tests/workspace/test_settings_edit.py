"""A new period is written into seuranta.toml, and all else in the file stays as it was."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SettingsError
from generator.workspace.settings_edit import NewPeriod, with_period, with_state
from generator.workspace.settings_file import decode_settings, parse_settings
from tests.builders import EXAMPLE

TEXT = (EXAMPLE / "seuranta.toml").read_text(encoding="utf-8")
PATH = Path("seuranta.toml")
AUTUMN = NewPeriod("2026-2", "heinä–joulukuu 2026", date(2026, 12, 31), date(2027, 1, 29), previous="2026-1")
NAMES = (
    '\n[names.sv]\nmunicipality = "Havulax" # ruotsiksi\n# kausi\nperiod = "januari–juni 2026"  # kevät\n',
    '\n[names]\nsv = { organ = "Kommunfullmäktige", period = "våren" }\nen.period = "spring" # en\n',
    '\n[names.sv]\nperiod = "våren"\n\n# englanniksi\n[names.en]\n# ei vielä\norgan = "Council"\nperiod = "spring"',
    "",
)

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
ids = st.from_regex(r"[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö_-]{0,39}", fullmatch=True)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
periods = st.builds(
    NewPeriod, ids, words, days, days, st.none() | days, words.map(str.strip) | st.just(""), st.none() | ids
)


@st.composite
def settings_texts(draw: st.DrawFn) -> str:
    """The example as people change it: keys taken into use or out of it, comments behind values, names, line ends."""
    lines = (TEXT + draw(st.sampled_from(NAMES))).split("\n")
    in_period = lines.index("[period]") + 1, lines.index("[level_headings]")
    for number in range(*in_period):
        line = lines[number]
        if re.match(r"# \w+ = ", line) and draw(st.booleans()):
            lines[number] = line.removeprefix("# ")
        elif line.startswith("case_number") and draw(st.booleans()):
            lines[number] = ""
        if re.match(r"\w+ = ", lines[number]) and draw(st.booleans()):
            lines[number] += "  # huomautus # toinenkin"
    return draw(st.sampled_from(["", "\ufeff"])) + draw(st.sampled_from(["\n", "\r\n"])).join(lines)


def comments(text: str) -> set[str]:
    return set(re.findall(r"(?<!\w)#[^\r\n]*", text))


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff"))


@given(settings_texts(), periods)
def test_what_is_read_back_is_what_was_given_and_all_else_is_unchanged(text: str, period: NewPeriod) -> None:
    changed = with_period(text, period)
    settings = decode_settings(changed.encode("utf-8"), PATH)
    now = settings.period
    assert (now.id, now.label, now.end, now.deadline) == (
        period.id,
        period.label.strip(),
        period.end,
        period.deadline,
    )
    assert (now.report_date, now.case_number, now.previous) == (
        period.report_date or period.end,
        period.case_number,
        period.previous or "",
    )
    assert (settings.section, settings.attachment) == ("", "")
    before, after = read(text), read(changed)
    assert all("period" not in names for names in after.get("names", {}).values())
    for table in (before, after):
        del table["period"]
        for names in table.get("names", {}).values():
            names.pop("period", None)
        table["names"] = {language: names for language, names in table.get("names", {}).items() if names}
    assert after == before


@given(settings_texts(), periods)
def test_comments_order_line_ends_and_bom_are_kept(text: str, period: NewPeriod) -> None:
    changed = with_period(text, period)
    assert changed.startswith("\ufeff") == text.startswith("\ufeff")
    assert (changed.count("\r\n") == changed.count("\n")) == ("\r\n" in text)
    lost = comments(text) - comments(changed)
    # A trailing comment of a line that became a comment stands behind it.
    assert [comment for comment in lost if comment not in changed] == []
    order = [line for line in text.splitlines() if line in set(changed.splitlines()) and line]
    kept = [line for line in changed.splitlines() if line in set(order)]
    assert kept == order


@given(settings_texts(), periods)
def test_the_same_period_written_again_changes_nothing(text: str, period: NewPeriod) -> None:
    once = with_period(text, period)
    assert with_period(once, period) == once


def test_a_key_that_was_only_an_example_is_written_under_it() -> None:
    changed = with_period(TEXT, AUTUMN)
    assert '# previous = "2025-2"\nprevious = "2026-1"\n\n# Tavoitetasojen otsikot' in changed
    assert "puuttuu, päiväys on kauden viimeinen päivä.\n# report_date = 2026-08-24\ncase_number" in changed


def test_what_belongs_to_a_meeting_is_commented_out_once() -> None:
    text = TEXT.replace('# section = "85 §"', 'section = "85 §" # 9.11.').replace("# attachment", "attachment")
    changed = with_period(text, AUTUMN)
    assert '# section = "85 §" # 9.11.\n# attachment = "3"\n' in changed
    again = with_period(changed.replace("# attachment", 'attachment = "4"\n# attachment'), AUTUMN)
    assert again.count("attachment") == changed.count("attachment")


TABLE = TEXT[TEXT.index("[period]") : TEXT.index("# Tavoitetasojen")]
KEYS = [line for line in TABLE.split("\n") if re.match(r"\w+ = ", line)]


def test_a_period_typed_on_one_line_is_written_on_that_line() -> None:
    text = f"period = {{ {', '.join(KEYS)} }} # nyt\n{TEXT.replace(TABLE, '')}"
    changed = with_period(text, AUTUMN)
    assert changed.startswith("period = { id") and changed.split("\n")[1:] == text.split("\n")[1:]
    now = parse_settings(changed, PATH).period
    assert (now.id, now.label, now.previous) == ("2026-2", AUTUMN.label, "2026-1")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"period.{key} # x" for key in KEYS) + "\n" + TEXT.replace(TABLE, ""),
        "\n".join(f"period.{key}" for key in KEYS[:2]),
        "period = 1",
        "[[period]]\nid = 1",
        "[period",
        "[period]\nid = 1\nid = 2",
    ],
)
def test_a_text_that_cannot_be_changed_safely_is_left_to_the_person_with_the_table_to_write(text: str) -> None:
    with pytest.raises(SettingsError) as refused:
        with_period(text, AUTUMN)
    assert 'previous = "2026-1"' in refused.value.advice.format(**refused.value.values)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('state = ".seuranta" # täällä\r\nperiod.id = "a"\r\n', 'state = "postgresql:koivula" # täällä\r\n'),
        ("\ufeffstate='x'\nquiet_seconds = 1\n", '\ufeffstate="postgresql:koivula"'),
        ('"state" = "x"\n', '"state" = "postgresql:koivula"\n'),
        ('\ufeffmunicipality = "K"\n[mail]\nstate = "x"\n', '\ufeffstate = "postgresql:koivula"\nmunicipality'),
    ],
)
def test_the_place_of_the_state_is_written_however_it_was_spelt(text: str, line: str) -> None:
    changed = with_state(text, "postgresql:koivula")
    assert changed.startswith(line)
    before, after = (tomllib.loads(each.removeprefix("\ufeff")) for each in (text, changed))
    assert after == {**before, "state": "postgresql:koivula"}


def test_settings_that_are_broken_get_no_other_state() -> None:
    with pytest.raises(SettingsError) as caught:
        with_state("[period", "postgresql:koivula")
    assert 'state = "postgresql:koivula"' in str(caught.value.advice.format(**caught.value.values))
