"""Which vehicles a text speaks of, as people write them."""

import pytest

from api.services.vehicle_mentions import Mention, find, numbers, rank
from models.vehicles import Vehicle

INVENTORY = [
    ("toyota", "camry", "se", "sedan"),
    ("toyota", "corolla", "le", "sedan"),
    ("toyota", "tundra", "limited", "pickup"),
    ("ford", "f-150", "", "pickup"),
    ("ford", "focus", "", ""),
    ("chevrolet", "silverado 1500", "", ""),
    ("honda", "cr-v", "", ""),
    ("honda", "fit", "", ""),
    ("mazda", "3", "", ""),
    ("mercedes-benz", "c 300", "luxury", ""),
    ("alfa romeo", "giulia", "", ""),
    ("jeep", "grand cherokee", "", "suv"),
    ("jeep", "cherokee", "", "suv"),
    ("jeep", "wrangler", "unlimited rubicon", "suv"),
    ("kia", "forte", "", ""),
    ("kia", "sedona", "", "minivan"),
    ("nissan", "truck", "", ""),
]


def named(*texts: str) -> list[tuple[set[str], int | None]]:
    return [({model for _, model in mention.names}, mention.year) for mention in find(texts, INVENTORY)]


@pytest.mark.parametrize(
    ("text", "models", "year"),
    [
        ("Is the 03 camry still there?", {"camry"}, 2003),
        ("that '98 Camry", {"camry"}, 1998),
        ("2012 silver Toyota Camry", {"camry"}, 2012),
        ("Camry, 2012 I think", {"camry"}, 2012),
        ("got any camrys", {"camry"}, None),
        ("the F150", {"f-150"}, None),
        ("a Ford F 150 from 2001", {"f-150"}, 2001),
        ("chevy silverado", {"silverado 1500"}, None),
        ("silverado?", {"silverado 1500"}, None),
        ("your CRV", {"cr-v"}, None),
        ("a mazda3", {"3"}, None),
        ("mazda 3 hatch", {"3"}, None),
        ("benz C300", {"c 300"}, None),
        ("the Grand Cherokee", {"grand cherokee"}, None),
        ("a cherokee", {"cherokee"}, None),
        ("the focus", {"focus"}, None),
        ("2010 focus", {"focus"}, 2010),
        ("ford focus", {"focus"}, None),
        ("Kía Forté", {"forte"}, None),
        ("the Mercedes", {"c 300"}, None),
        ("a Mercedes-Benz", {"c 300"}, None),
        ("alfa romeo giulia", {"giulia"}, None),
        ("Rubicon price pls", {"wrangler"}, None),
        ("how much is the van", {"sedona"}, None),
        ("looking for a truck", {"tundra", "f-150"}, None),
        ("a nissan truck", {"truck"}, None),
        ("toyota trucks", {"tundra"}, None),
        ("the Camry sedan", {"camry"}, None),
        ("a 2012 Toyota pickup", {"tundra"}, 2012),
    ],
)
def test_names_as_people_write_them(text: str, models: set[str], year: int | None) -> None:
    assert named(text) == [(models, year)]


@pytest.mark.parametrize(
    "text", ["what would fit my family?", "we focus on price", "3 kids and 2 dogs", "camryesque", "limited luxury", ""]
)
def test_everyday_words_and_bare_digits_name_no_vehicle(text: str) -> None:
    assert named(text) == []


def test_a_make_alone_means_all_of_it_unless_a_model_is_named() -> None:
    assert named("any toyotas?") == [({"camry", "corolla", "tundra"}, None)]
    assert named("any toyota? a camry?") == [({"camry"}, None)]
    assert named("the F150, is that a truck?") == [({"f-150"}, None)]


@pytest.mark.parametrize(
    "text",
    [
        "what would you give for my 2015 Camry?",
        "I have a 2015 Honda Fit with 80,000 miles",
        "we've got an F150",
        "Has a trade-in: 2012 Toyota Camry.",
        "trade my old blue Corolla",
        "our paid off 2014 Grand Cherokee",
        "my Toyota truck",
    ],
)
def test_the_customers_own_vehicle_is_none_of_ours(text: str) -> None:
    assert named(text) == []
    assert named(text, "for the Tundra") == [({"tundra"}, None)]


@pytest.mark.parametrize(
    "text", ["Can I have a Camry?", "my wife likes the Camry", "could we drive a Camry", "trade for the Camry"]
)
def test_what_the_customer_wants_is_not_his_own(text: str) -> None:
    assert named(text) == [({"camry"}, None)]


def test_a_model_without_its_year_is_the_one_whose_year_was_told() -> None:
    assert named("2016 Camry SE", "is the Camry still there?") == [({"camry"}, 2016)]
    assert named("2016 Camry or 2018 Camry", "the Camry") == [({"camry"}, 2016), ({"camry"}, 2018)]


def test_the_latest_words_come_first() -> None:
    assert named("a 2012 camry", "or the f-150") == [({"f-150"}, None), ({"camry"}, 2012)]


def test_stock_numbers_and_vins_are_told_from_years_and_prices() -> None:
    found = numbers(["A1001 for $25,000, a 2012?", "stock # 77 and stock no. blue, 1m8gdm9axkp042788. G-118/B7"])
    assert {"a1001", "77", "blue", "1m8gdm9axkp042788", "g-118", "b7"} <= set(found.stock_keys)
    assert not {"2012", "25", "000", "25000"} & set(found.stock_keys)
    assert found.vins == ["1M8GDM9AXKP042788"]
    assert found.stock_keys.index("77") < found.stock_keys.index("a1001")


def test_a_years_own_vehicles_come_alone_and_colour_decides_among_them() -> None:
    def camry(stock: str, year: int, colour: str) -> Vehicle:
        return Vehicle(stock_number=stock, make="Toyota", model="Camry", year=year, exterior_color=colour)

    rows = [camry("1", 2012, "Red"), camry("2", 2012, "Blue"), camry("3", 2013, "Blue")]
    mention = Mention(frozenset({("toyota", "camry")}), 2012, True, words=frozenset({"blue", "camry"}))
    assert [row.stock_number for row in rank(mention, rows)] == ["2", "1"]
    other = Mention(mention.names, 2009, True)
    assert [row.stock_number for row in rank(other, rows)] == ["1", "2", "3"]


def test_very_long_threads_are_read_from_their_end() -> None:
    assert named("a camry", "x " * 15_000) == []
    assert named("x " * 15_000, "a camry") == [({"camry"}, None)]
