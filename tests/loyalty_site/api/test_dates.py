from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_site.api.dates import UnreadableDate, house_zone, read_moment, write_moment

AT = datetime(2024, 1, 31, 22, 30, 15, 999, tzinfo=UTC)  # 23:30:15 in Warsaw


def read(text, **options):
    return f"{read_moment(text, at=AT, **options):%Y-%m-%d %H:%M:%S %Z}"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-10-05 10:59", "2017-10-05 08:59:00 UTC"),
        ("2017-12-05 10:59", "2017-12-05 09:59:00 UTC"),
        ("2017-10-05 10:59:07", "2017-10-05 08:59:07 UTC"),
        ("2017-10-05  9:05", "2017-10-05 07:05:00 UTC"),
        ("2017-10-05", "2017-10-04 22:00:00 UTC"),
        ("2017-1-5", "2017-01-04 23:00:00 UTC"),
        ("2017/10/05 10:59", "2017-10-05 08:59:00 UTC"),
        ("10/05/2017", "2017-10-04 22:00:00 UTC"),
        ("05.10.2017 10:59", "2017-10-05 08:59:00 UTC"),
        ("05-10-2017", "2017-10-04 22:00:00 UTC"),
        ("2017-09-05T10:59", "2017-09-05 08:59:00 UTC"),
        ("2017-09-05T10:59:00+02:00", "2017-09-05 08:59:00 UTC"),
        ("2017-09-05T10:59:00+0530", "2017-09-05 05:29:00 UTC"),
        ("2017-09-05T10:59:00-03", "2017-09-05 13:59:00 UTC"),
        ("2017-09-05T10:59:00Z", "2017-09-05 10:59:00 UTC"),
        ("2017-09-05t10:59:00.123456789z", "2017-09-05 10:59:00 UTC"),
        ("2017-09-05T10:59:00,5Z", "2017-09-05 10:59:00 UTC"),
        ("2017-09-05 10:59 UTC", "2017-09-05 10:59:00 UTC"),
        ("2017-09-05 10:59 +02:00", "2017-09-05 08:59:00 UTC"),
        ("2017-09-05+02:00", "2017-09-04 22:00:00 UTC"),
        ("\t2017-09-05 10:59 \u00a0", "2017-09-05 08:59:00 UTC"),
        ("2016-02-29", "2016-02-28 23:00:00 UTC"),
        ("1900-01-02", "1900-01-01 22:36:00 UTC"),
        ("9999-12-31 23:59:59", "9999-12-31 22:59:59 UTC"),
    ],
)
def test_a_date_is_read_as_php_reads_it(text, moment):
    assert read(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2024-01-31 22:30:15 UTC"),
        ("NOW", "2024-01-31 22:30:15 UTC"),
        ("today", "2024-01-30 23:00:00 UTC"),
        ("midnight", "2024-01-30 23:00:00 UTC"),
        ("noon", "2024-01-31 11:00:00 UTC"),
        ("tomorrow", "2024-01-31 23:00:00 UTC"),
        ("yesterday", "2024-01-29 23:00:00 UTC"),
        ("tomorrow 10:59", "2024-02-01 09:59:00 UTC"),
        ("+1 day", "2024-02-01 22:30:15 UTC"),
        ("1 day", "2024-02-01 22:30:15 UTC"),
        ("-2 weeks", "2024-01-17 22:30:15 UTC"),
        ("2 weeks ago", "2024-01-17 22:30:15 UTC"),
        ("+90 minutes", "2024-02-01 00:00:15 UTC"),
        ("+12 hours", "2024-02-01 10:30:15 UTC"),
        ("+1 month", "2024-03-02 22:30:15 UTC"),
        ("-1 month", "2023-12-31 22:30:15 UTC"),
        ("+1 year", "2025-01-31 22:30:15 UTC"),
    ],
)
def test_words_count_from_now_in_the_houses_zone(text, moment):
    assert read(text) == moment


def test_a_day_more_is_the_same_hour_when_the_clocks_change():
    before = datetime(2024, 3, 30, 11, 0, tzinfo=UTC)  # noon in Warsaw; the next day begins summer time
    assert read_moment("+1 day", at=before) == datetime(2024, 3, 31, 10, 0, tzinfo=UTC)
    assert read_moment("+24 hours", at=before) == datetime(2024, 3, 31, 11, 0, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_the_one_after():
    assert write_moment(read_moment("2017-03-26 02:30", at=AT)) == "2017-03-26T03:30:00+0200"


def test_an_hour_that_the_clocks_repeat_is_the_first_of_the_two():
    assert write_moment(read_moment("2017-10-29 02:30", at=AT)) == "2017-10-29T02:30:00+0200"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-10-05", "2017-10-05 21:59:59 UTC"),
        ("tomorrow", "2024-02-01 22:59:59 UTC"),
        ("2017-09-05+00:00", "2017-09-05 23:59:59 UTC"),
        ("2017-10-05 00:00", "2017-10-04 22:00:00 UTC"),
        ("midnight", "2024-01-30 23:00:00 UTC"),
        ("now", "2024-01-31 22:30:15 UTC"),
    ],
)
def test_an_end_includes_its_day_but_not_its_minute(text, moment):
    assert read(text, end=True) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2017",
        "2017-10",
        "20171005",
        "2017-02-30",
        "2017-02-29",
        "2017-13-01",
        "2017-00-01",
        "2017-10-00",
        "0000-00-00",
        "2017-10-051",
        "2017-10-05 10",
        "2017-10-05 1059",
        "2017-10-05 24:00",
        "2017-10-05 10:60",
        "2017-10-05 10:59:60",
        "2017-10-05 10:59 pm",
        "2017-10-05 10:59+25:00",
        "2017-10-05 10:59+02:60",
        "2017-10-05 10:59 Mars/Olympus",
        "2017-10-05\n10:59",
        "todayish",
        "+1 fortnight",
        "+99999 days",
        "+9999 years",
        "-9999 months",
        "-9999 years",
        "1899-12-31",
        "0001-01-01",
        "9999-12-31T23:30Z",
        "9999-12-31T23:59:59-05:00",
        "٢٠١٧-10-05",
        "2017-10-05" + " " * 100 + "10:59",
        "2017-10-05 10:59:00." + "0" * 100_000,
        "2017-10-05\x00 10:59",
        "1507193940",
        "@1507193940",
    ],
)
def test_what_names_no_moment_is_refused(text):
    with pytest.raises(UnreadableDate):
        read_moment(text, at=AT)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2017, 10, 5, 8, 59, tzinfo=UTC), "2017-10-05T10:59:00+0200"),
        (datetime(2017, 12, 5, 9, 59, 30, 5, tzinfo=UTC), "2017-12-05T10:59:30+0100"),
    ],
)
def test_a_moment_is_written_in_the_houses_zone(moment, text):
    assert write_moment(moment) == text


def test_the_houses_zone_is_a_setting(settings):
    settings.LOYALTY_TIME_ZONE = "America/New_York"
    assert read("2017-10-05 10:59") == "2017-10-05 14:59:00 UTC"
    assert write_moment(datetime(2017, 10, 5, 14, 59, tzinfo=UTC)) == "2017-10-05T10:59:00-0400"


def test_offsets_of_old_with_seconds_are_cut_to_minutes(settings):
    settings.LOYALTY_TIME_ZONE = "America/New_York"
    assert write_moment(datetime(1883, 1, 1, 12, 0, tzinfo=UTC)) == "1883-01-01T07:03:58-0456"


@given(st.integers(-2_208_900_000, 253_402_000_000))  # seconds: 1900 to 9999
def test_what_is_written_reads_back(seconds):
    moment = datetime.fromtimestamp(seconds, UTC)
    assert read_moment(write_moment(moment), at=AT) == moment


@given(
    st.text() | st.text("0123456789-+:./ tzTZ") | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", fullmatch=True),
    st.booleans(),
)
def test_any_text_is_a_moment_that_can_be_written_or_is_refused(text, end):
    try:
        moment = read_moment(text, at=AT, end=end)
    except UnreadableDate:
        return
    assert moment.astimezone(house_zone()).year >= 1900
    assert read_moment(write_moment(moment), at=AT) == moment
