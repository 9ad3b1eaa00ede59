"""How numbers are read: marks of items, spans of time in words, months with their year."""

from decimal import Decimal

import pytest

from api.services.grounding.dates import find_dates
from api.services.grounding.markers import find_markers
from api.services.grounding.normalise import normalise
from api.services.grounding.quantities import Dimension, find_quantities


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("1) price\n2) mileage", ["1)", "2)"]),
        ("Two things:\n 1. $300 deposit\n 2. ID", ["1.", "2."]),
        ("1️⃣ $300 deposit", ["1)"]),
        ("You need (1) a license (2) insurance.", ["1)", "2)"]),
        ("Step 2: sign here.", ["2"]),
        ("The last six are 204410.", ["six"]),
        ("It seats twelve (12) people.", []),
        ("Call (555) 014 7730.", []),
        ("We close at 5.\nBye", []),
    ],
)
def test_marks_of_items_count_nothing(text: str, marked: list[str]) -> None:
    lower = normalise(text).lower
    assert sorted(lower[start:end] for start, end in find_markers(lower)) == sorted(marked)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("three quarters of an hour", "0.75"),
        ("a quarter of an hour", "0.25"),
        ("an hour and a half", "1.5"),
        ("two and a half hours", "2.5"),
        ("1½ hours", "1.5"),
        ("half a day", "12"),
        ("one business day", "24"),
        ("a couple of weeks", "336"),
    ],
)
def test_spans_in_words_are_read_whole(text: str, hours: str) -> None:
    found = [one for one in find_quantities(normalise(text).lower, False) if one.dimension is Dimension.HOURS]
    assert [one.value for one in found] == [Decimal(hours)]


@pytest.mark.parametrize("text", ["call if you need a car one day", "would you like both on one day?"])
def test_one_day_may_be_any_day(text: str) -> None:
    assert find_quantities(text, False) == ()


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("valid until 04/2028", 2028, 4, None),
        ("valid until 2028-04", 2028, 4, None),
        ("serviced in april '26", 2026, 4, None),
        ("on 24.12.2026", 2026, 12, 24),
        ("on december 5", None, 12, 5),
    ],
)
def test_a_month_may_stand_with_its_year_alone(text: str, year: int | None, month: int, day: int | None) -> None:
    assert [(one.year, one.month, one.day) for one in find_dates(text, True, 2026, 11)] == [(year, month, day)]


@pytest.mark.parametrize("text", ["6.9% apr\n3) payments", "at 5.9% apr 24 months", "2.9 apr"])
def test_a_rate_is_no_april(text: str) -> None:
    assert find_dates(text, True, 2026, 11) == ()
