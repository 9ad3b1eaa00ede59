"""How else a name may be written."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.services.spellings import however_spelt

LATIN = st.characters(max_codepoint=0x24F, exclude_categories=["Cc"])


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Muñoz", ["munoz", "MUÑOZ", "Muñóz"]),
        ("Munoz", ["Muñoz"]),
        ("O'Neil", ["ONeil", "O’Neil", "o`neil"]),
        ("Strauß", ["Strauss", "STRAUSS", "strauß"]),
        ("Strauss", ["Strauß"]),
        ("Søren", ["Soren"]),
        ("İbrahim", ["Ibrahim", "ibrahim", "İbrahim"]),
        ("Пётр", ["пётр"]),
    ],
)
def test_accents_and_apostrophes_may_be_others(name: str, spellings: list[str]) -> None:
    for spelling in spellings:
        assert re.fullmatch(however_spelt(name), spelling, re.IGNORECASE), spelling


@pytest.mark.parametrize(("name", "other"), [("Ann", "Anna"), ("Jon", "Jan"), ("A.B", "AxB"), ("Straus", "Strauß")])
def test_other_names_stay_others(name: str, other: str) -> None:
    assert not re.fullmatch(however_spelt(name), other, re.IGNORECASE)


@given(st.text(LATIN, max_size=20) | st.text("'’‘ʼ`´", max_size=3))
def test_whatever_the_name_it_is_a_spelling_of_itself(name: str) -> None:
    """Signs of regular expressions among its letters stand for themselves; nothing is no spelling of it."""
    assert re.fullmatch(however_spelt(name), unicodedata.normalize("NFC", name), re.IGNORECASE)
    assert not name or not re.fullmatch(however_spelt(name), "")
