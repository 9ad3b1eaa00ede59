"""Thousands of random slot texts over random records: each value is the record's, each offset exact."""

import random
from decimal import Decimal
from typing import Any

import pytest

from api.services.grounding import EvidencePack, Rendered, render, verify_rendered
from models.claims import EvidenceSource, Verdict
from tests.unit.grounding.records import DEALER, NOW, OUTBACK

TEXTS = 3_000
MODELS = (
    ("Kia", "Niro"),
    ("Ford", "F-150"),
    ("BMW", "320d"),
    ("Škoda", "Octavia"),
    ("Toyota", "RAV4"),
    ("Mini", "One"),
)
TRIMS = (None, "XLE", "2.5i", "Sport Plus", "Édition")
SIGNS = {"usd": "$", "cad": "C$", "eur": "€"}
WORDS = ("", " ", "It is ", ", and ", "\n- ", " 😀 ", "Ж", "{ ", "} ", "e\u0301", " for you. ", "\u200b")
FIELDS = ("title", "price", "mileage", "stock_number", "exterior_color", "transmission", "seats", "year")


def _vehicle(chance: random.Random, number: int) -> dict[str, Any]:
    make, model = chance.choice(MODELS)
    amount = chance.choice((chance.randrange(100, 200_000) * 100, chance.randrange(100_00, 90_000_00)))
    price = {"amount": amount, "currency": chance.choice(tuple(SIGNS))}
    return OUTBACK | {
        "id": f"v-{number}",
        "stock_number": f"S{chance.randrange(1_000, 9_999)}",
        "make": make,
        "model": model,
        "trim": chance.choice(TRIMS),
        "year": chance.choice((None, chance.randrange(1980, 2028))),
        "price": chance.choice((None, price)),
        "mileage": chance.choice((None, 0, chance.randrange(1, 400_000))),
        "mileage_unit": chance.choice(("mi", "km")),
        "exterior_color": chance.choice((None, "Soul Red", "Grün")),
        "seats": chance.choice((None, 2, 5, 8)),
    }


def _shown(vehicle: dict[str, Any], field: str) -> str | None:
    """Say independently of the product how a record's field reads; None where it has no slot."""
    value = vehicle.get(field)
    if field == "title":
        return " ".join(str(vehicle[name]) for name in ("year", "make", "model", "trim") if vehicle[name])
    if field == "price" and value:
        whole = Decimal(value["amount"]) / 100
        digits = f"{whole:,.0f}" if value["amount"] % 100 == 0 else f"{whole:,.2f}"
        return SIGNS[value["currency"]] + digits
    if field == "mileage" and value is not None:
        return f"{value:,} {'miles' if vehicle['mileage_unit'] == 'mi' else 'km'}"
    return str(value) if value else None


def _text(chance: random.Random, cars: list[dict[str, Any]]) -> tuple[str, list[tuple[str, int, str]]]:
    """Return a template and, for each slot, its value, vehicle and field."""
    template, wanted = "", []
    for _ in range(chance.randrange(1, 7)):
        number, field = chance.randrange(len(cars)), chance.choice(FIELDS)
        value = _shown(cars[number], field)
        template += chance.choice(WORDS)
        if value is not None:
            template += chance.choice((f"{{{{v{number + 1}.{field}}}}}", f"{{{{ v{number + 1}.{field} }}}}"))
            wanted.append((value, number, field))
    return template, wanted


def _compare(rendered: Rendered, wanted: list[tuple[str, int, str]], cars: list[dict[str, Any]]) -> None:
    assert [claim.text for claim in rendered.claims] == [value for value, _, _ in wanted]
    place = 0
    for claim, (value, number, field) in zip(rendered.claims, wanted, strict=True):
        assert rendered.text[claim.start : claim.end] == value
        assert claim.start >= place
        assert claim.verdict is Verdict.SUPPORTED
        assert claim.evidence is not None
        assert (claim.evidence.source, claim.evidence.id) == (EvidenceSource.VEHICLE, cars[number]["id"])
        assert claim.evidence.field == field
        place = claim.end


@pytest.mark.parametrize("seed", range(6))
def test_every_slot_shows_its_record_s_value_where_it_says(seed: int) -> None:
    chance = random.Random(seed)
    filled = 0
    for _ in range(TEXTS // 6):
        cars = [_vehicle(chance, number) for number in range(chance.randrange(1, 5))]
        template, wanted = _text(chance, cars)
        rendered = render(template, EvidencePack(DEALER, tuple(cars), (), (), NOW))
        _compare(rendered, wanted, cars)
        filled += len(wanted)
    assert filled > TEXTS // 6


@pytest.mark.parametrize("seed", range(40))
def test_verifying_never_loses_a_slot_of_the_vehicle_that_the_text_names(seed: int) -> None:
    chance = random.Random(seed)
    car = _vehicle(chance, 0) | {"year": 2021}
    sold_as = " and ".join(f"{{{{v1.{field}}}}}" for field in ("price", "mileage") if _shown(car, field))
    evidence = EvidencePack(DEALER, (car,), (), (), NOW)
    rendered = render(f"The {{{{v1.title}}}}: {sold_as or 'ask us'}.", evidence)
    verdicts = verify_rendered(rendered, evidence)
    assert [claim for claim in verdicts if claim.verdict is Verdict.UNSUPPORTED] == []
    assert {claim.text for claim in rendered.claims} <= {claim.text for claim in verdicts}
