"""docs/security.md answers every item of the standard's levels 1 and 2, and names tests that there are."""

import re

import pytest

from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs/security.md").read_text()
# Items of levels 1 and 2 by section, as ASVS 5.0.0 has them; those of level 3 are left out.
ITEMS = {
    "6.1": range(1, 4), "6.2": range(1, 13), "6.3": range(1, 5), "6.4": range(1, 5), "6.5": range(1, 6),
    "6.6": range(1, 4), "6.8": range(1, 5),
    "7.1": range(1, 4), "7.2": range(1, 5), "7.3": range(1, 3), "7.4": range(1, 6), "7.5": range(1, 3),
    "7.6": range(1, 3),
    "8.1": range(1, 3), "8.2": range(1, 4), "8.3": range(1, 2), "8.4": range(1, 2),
    "9.1": range(1, 4), "9.2": range(1, 5),
    "10.1": range(1, 3), "10.2": range(1, 3), "10.3": range(1, 5), "10.4": range(1, 12), "10.5": range(1, 6),
    "10.6": range(1, 3), "10.7": range(1, 4),
}  # fmt: skip
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT)))


def test_the_table_names_many() -> None:
    assert len(NAMED) > 40


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_each_named_test_exists(file: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", (ROOT / "tests" / file).read_text(), re.MULTILINE), f"{file}::{name}"


def test_each_item_has_its_row_and_no_other() -> None:
    first_cells = re.findall(r"^\| (\d[\d., ]*) \|", DOCUMENT, re.MULTILINE)
    answered = [item for cell in first_cells for item in cell.split(", ")]
    assert sorted(answered) == sorted(f"{section}.{number}" for section, numbers in ITEMS.items() for number in numbers)
