import datetime as dt
import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import dates
from kg.extraction.dates import find, with_year


def stated(text: str) -> list[str]:
    return [date.stated for date in find(text)]


def value(text: str, published: str) -> str | None:
    found = find(text, published)
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 5 May 2024.", "2024-05-05"),
        ("They met on the afternoon of 4thMay, 2024.", "2024-05-04"),
        ("They met on May 5, 2024.", "2024-05-05"),
        ("They met on the 12th of May, 2024.", "2024-05-12"),
        ("They met on Sept. 3, 2021.", "2021-09-03"),
        ("They met on 13 Nov. 2022.", "2022-11-13"),
        ("They met on 2024-05-05.", "2024-05-05"),
        ("They met on 05.05.2024.", "2024-05-05"),
        ("They met on September 22.", "--09-22"),
        ("They met on the 3rd of June.", "--06-03"),
        ("They met on May 5th.", "--05-05"),
        ("They met in October 2023.", "2023-10"),
        ("They met in October of 2023.", "2023-10"),
        ("They met in mid-July 2022.", "2022-07"),
        ("They met in 2019.", "2019"),
        ("It is open since 2004.", "2004"),
        ("They met at 10:30 on 12 March.", "--03-12"),
    ],
)
def test_a_date_keeps_the_precision_of_its_words(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 14 to 16 October 2023", "2023-10-14/2023-10-16"),
        ("on October 14-16, 2023", "2023-10-14/2023-10-16"),
        ("on October 14–16", "--10-14/--10-16"),
        ("on the 12-14 of May", "--05-12/--05-14"),
        ("from 28 September to 2 October 2022", "2022-09-28/2022-10-02"),
        ("on June 3 – July 5, 2024", "2024-06-03/2024-07-05"),
        ("from December 30, 2023 to January 2, 2024", "2023-12-30/2024-01-02"),
        ("between 3 and 5 June", "--06-03/--06-05"),
        ("from 30 December till 2 January", "--12-30/--01-02"),
    ],
)
def test_ranges(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "They met on Monday.",
        "They met yesterday, today or last Friday.",
        "This year and last October were busy.",
        "May I come in? The march began.",
        "In room 2020 there were 2023 students.",
        "On February 29, 2023 nothing happened.",
        "2023-13-45",
        "In the 2023/2024 academic year",
        "",
    ],
)
def test_without_the_day_of_publication_these_are_no_dates(text: str) -> None:
    assert stated(text) == []


def test_the_leap_day_is_of_leap_years() -> None:
    assert stated("on February 29, 2024") == ["2024-02-29"]
    assert stated("on 29 February") == ["--02-29"]
    assert stated("on February 30") == []
    assert value("on 29 February", "2024-03-01") == "2024-02-29"
    assert value("on 29 February", "2023-03-01") == "--02-29"


# 25 September 2025 was a Thursday.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on September 22", "2025-09-22"),
        ("on September 26", "2025-09-26"),
        ("on December 30", "2024-12-30"),
        ("on Monday", "2025-09-22"),
        ("on Thursday", "2025-09-25"),
        ("on Friday they met", "2025-09-19"),
        ("last Thursday", "2025-09-18"),
        ("yesterday", "2025-09-24"),
        ("today", "2025-09-25"),
        ("this morning", "2025-09-25"),
        ("tomorrow", "2025-09-26"),
        ("last October", "2024-10"),
        ("last July", "2025-07"),
        ("in October last year", "2024-10"),
        ("in July of this year", "2025-07"),
        ("this year", "2025"),
        ("last year", "2024"),
        ("next year", "2026"),
        ("on 1 July 2020", "2020-07-01"),
        ("from 30 December to 2 January", "2024-12-30/2025-01-02"),
    ],
)
def test_the_day_of_publication_resolves(text: str, expected: str) -> None:
    assert value(text, "2025-09-25") == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2025", "2024"), ("2025-09", "2024"), ("2025-09-25", "2024"), (None, None), ("soon", None)],
)
def test_a_year_of_publication_is_enough_for_last_year(
    published: str | None, expected: str | None
) -> None:
    found = find("last year", published)
    assert [date.value for date in found] == ([expected] if expected else [])


def test_a_month_of_publication_does_not_date_a_day() -> None:
    (date,) = find("on September 22", "2025-09")
    assert (date.value, date.resolved) == ("--09-22", False)


def test_what_was_added_is_told_apart_from_what_is_stated() -> None:
    (added,) = find("on September 22", "2025-09-25")
    assert (added.stated, added.value, added.resolved) == ("--09-22", "2025-09-22", True)
    (whole,) = find("on September 22, 2024", "2025-09-25")
    assert (whole.stated, whole.value, whole.resolved) == ("2024-09-22", "2024-09-22", False)


def test_dates_come_left_to_right_with_their_words() -> None:
    text = "In 2019, on 5 May 2024 and in October 2023."
    found = find(text)
    assert [date.stated for date in found] == ["2019", "2024-05-05", "2023-10"]
    for date in found:
        assert text[slice(*date.span)] == date.words


@pytest.mark.parametrize(
    ("date", "day", "expected"),
    [
        ("--12-30", dt.date(2024, 1, 5), "2023-12-30"),
        ("--01-05", dt.date(2023, 12, 30), "2024-01-05"),
        ("--05-04", dt.date(2025, 3, 1), "--05-04"),  # 64 days ahead, 301 days ago: neither
        ("--05-06", dt.date(2025, 3, 1), "2024-05-06"),
        ("--02-29", dt.date(2025, 3, 1), "--02-29"),
        ("--12-30/--01-02", dt.date(2024, 1, 5), "2023-12-30/2024-01-02"),
        ("--03-01/--03-05", dt.date(2024, 3, 3), "2024-03-01/2024-03-05"),
        ("2020-01-01", dt.date(2024, 1, 5), "2020-01-01"),
        ("--09-22", None, "--09-22"),
    ],
)
def test_with_year(date: str, day: dt.date | None, expected: str) -> None:
    assert with_year(date, day) == expected


DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))


@settings(max_examples=80, deadline=None)
@given(DAYS, DAYS)
def test_with_year_never_goes_far(date: dt.date, day: dt.date) -> None:
    month_day = f"--{date:%m-%d}"
    found = with_year(month_day, day)
    if found != month_day:
        assert found.endswith(f"{date:-%m-%d}")
        assert -300 <= (dt.date.fromisoformat(found) - day).days <= 60


@settings(max_examples=80, deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)))
def test_a_date_written_in_full_is_read_back(date: dt.date) -> None:
    for form in ("{d} {m} {y}", "{m} {d}, {y}", "the {d}th of {m}, {y}"):
        text = form.format(d=date.day, m=date.strftime("%B"), y=date.year)
        assert stated(text) == [date.isoformat()]


def test_the_examples_of_the_documentation_hold() -> None:
    result = doctest.testmod(dates)
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("They met on Monday and Tuesday.", "2024-05-16", "2024-05-13/2024-05-14"),
        ("They met on Tuesday and Wednesday.", "2024-05-14", "2024-05-07/2024-05-08"),
        ("They will meet next Monday.", "2024-05-16", "2024-05-20"),
        ("They will meet next Thursday.", "2024-05-16", "2024-05-23"),
        ("The visit is planned for October.", "2024-05-16", "2024-10"),
        ("The visit is scheduled for March.", "2024-05-16", "2025-03"),
        ("March. A seminar was held.", "2024-05-16", "2024-03"),
        ("December: a seminar was held.", "2024-05-16", "2023-12"),
        ("It opens in the second half of 2025.", "2024-05-16", "2025"),
        ("It goes back to 2011.", "2024-05-16", "2011"),
    ],
)
def test_days_and_months_as_news_names_them(text: str, published: str, expected: str) -> None:
    assert value(text, published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The camp closed on 26 July 2025. The contest was two days before.", "2025-07-24"),
        ("The camp closed on 26 July 2025. Three days later they left.", "2025-07-29"),
        ("The camp closed on 1 March. The contest was two days earlier.", "--02-28"),
    ],
)
def test_days_before_and_behind_another(text: str, expected: str) -> None:
    assert stated(text)[-1] == expected


def test_a_month_of_this_year_stays_one_without_a_day_of_publication() -> None:
    assert stated("The visit is planned for September of this year.") == ["--09"]


def test_a_weekday_behind_a_range_is_a_day_of_it() -> None:
    text = "From 12 to 15 June a group toured. Monday was for talks, Friday last for nothing."
    assert [date.value for date in find(text, "2023-06-22")] == [
        "2023-06-12/2023-06-15",
        "2023-06-12",
        "2023-06-16",
    ]


def test_a_weekday_before_a_coming_range_counts_from_publication() -> None:
    text = "The fair will be held from 12 to 15 June. It was announced on Monday."
    assert [date.value for date in find(text, "2023-06-07")][-1] == "2023-06-05"


def test_the_same_day_of_a_month_is_the_month() -> None:
    text = "On 3 May they met. In June 2024 a group came. On that date it left."
    assert stated(text) == ["--05-03", "2024-06", "2024-06"]


@pytest.mark.parametrize(
    "day", ["Monday, 22nd July 2013", "Monday, July 22, 2013", "Monday (22 July 2013)"]
)
def test_a_weekday_beside_its_day_is_no_date_of_its_own(day: str) -> None:
    assert [date.value for date in find(f"On {day} they met.", "2024-05-10")] == ["2013-07-22"]


def test_a_word_grown_together_with_a_day() -> None:
    assert stated("On December 20thOslo time they met.") == ["--12-20"]


def test_the_next_day_counts_from_the_news() -> None:
    text = "On 14 May 2024 they met. A fair will be held on 3 July 2024. The next day they left."
    assert [date.value for date in find(text, "2024-05-16")][-1] == "2024-05-15"
    assert [date.value for date in find(text)][-1] == "2024-07-04"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They came three years ago.", "2021"),
        ("A year ago they came.", "2023"),
        ("They spent October in Oslo.", "--10"),
    ],
)
def test_how_long_ago(text: str, expected: str) -> None:
    assert find(text, "2024-11-22")[0].stated == expected


def test_that_year_is_the_one_told_before() -> None:
    assert stated("They met in May 2013; he came in that year.") == ["2013-05", "2013"]
