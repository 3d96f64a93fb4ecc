from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.moments import read_moment, write_moment

OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=OFFSETS))
def test_a_moment_is_read_as_it_was_written_to_the_millisecond(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert read_moment(write_moment(moment)) == whole


def test_an_hour_that_is_there_twice_is_told_apart() -> None:
    summer, winter = "2026-10-25T03:30:00.000+03:00", "2026-10-25T03:10:00.000+02:00"
    assert summer > winter and read_moment(summer) < read_moment(winter)
