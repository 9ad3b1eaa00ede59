"""One line of text, as names, subjects and labels are."""

import pytest

from models.base import clean_line
from models.customers import CustomerInput


def test_a_name_shows_its_letters_in_the_order_they_have() -> None:
    """A sign that turns letters around would let a name seem another; Arabic and Hebrew need none."""
    assert CustomerInput(name="Eve \u202egnp.exe").name == "Eve gnp.exe"
    assert clean_line("\u202dאבי Cohen ") == "אבי Cohen"


@pytest.mark.parametrize("text", ["a\x00b", "a\nb", "\x7f"])
def test_a_line_has_no_controls(text: str) -> None:
    with pytest.raises(ValueError, match="control characters"):
        clean_line(text)
