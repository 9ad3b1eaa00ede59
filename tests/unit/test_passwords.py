"""Which passwords are refused, and with which reasons."""

import pytest

from api.core.errors import ValidationError
from api.services.common_passwords import LEAKED, WHOLE, WORDS
from api.services.passwords import is_common, require_good

EMAIL = "jane.doe+work@example.com"


def reasons(password: str, email: str = EMAIL) -> set[str]:
    """Return the codes of what stands against a password."""
    try:
        require_good(password, email)
    except ValidationError as refusal:
        return {error.code for error in refusal.errors}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "wm4-Ktv9qL",
        "tulips on the north wall",
        "пароль-для-теста",
        "a1" * 3 + "Zq" * 2,
        "x9" * 127 + "qz",
    ],
)
def test_a_good_password_passes(password: str) -> None:
    assert reasons(password) == set()


def test_the_bounds_are_ten_and_256_characters() -> None:
    assert reasons("tulip-wal") == {"too_short"}
    assert reasons("tulip-wall") == set()
    assert reasons("tulip-wall" * 25 + "123456") == set()
    assert reasons("tulip-wall" * 25 + "1234567") == {"too_long"}


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "PassWord123",
        "P@ssw0rd123",
        "1234567890",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "ababababab",
        "iloveyou123",
        "Sunshine2024",
        "testtesttest",
        "!!welcome!!",
        "letmein123456789",
        "administrator",
        "motherlode",
        "Salamander99",
    ],
)
def test_a_common_password_is_refused(password: str) -> None:
    assert reasons(password) == {"too_common"}


@pytest.mark.parametrize("password", ["sunshine over the 7 hills", "dragon-8812-teapot", "monkey91827364"])
def test_a_common_word_within_a_longer_password_is_no_reason(password: str) -> None:
    assert not is_common(password)


@pytest.mark.parametrize("password", ["xx-JANE.DOE-xx", "my jane.doe+work 7"])
def test_the_name_of_the_email_is_refused_whatever_its_case(password: str) -> None:
    assert reasons(password) == {"contains_email"}


def test_a_name_of_two_letters_is_in_too_many_words_to_count() -> None:
    assert reasons("tulips on the wall", "th@example.com") == set()
    assert reasons("tulips on the wall", "tul@example.com") == {"contains_email"}


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(ValidationError) as refusal:
        require_good("short", EMAIL, "body.new_password")
    assert [error.field for error in refusal.value.errors] == ["body.new_password"]
    assert "at least 10 characters" in refusal.value.detail


def test_every_reason_is_told_at_once() -> None:
    assert reasons("qwerty", "qwerty@example.com") == {"too_short", "too_common", "contains_email"}


def test_the_list_is_not_a_token_one() -> None:
    assert len(LEAKED) >= 10_000
    assert {"123456", "qwertyuiop", "usuckballz1"} <= LEAKED < WHOLE
    assert all(word == word.lower() for word in WHOLE | WORDS)


@pytest.mark.parametrize(
    "password",
    [
        "DealSmart2026",
        "dealsmart-hub!",
        "HarborLane2026",
        "harbor lane motors",
        "H@rborLane1!",
        "Motors!Harbor99",
        "Söderström12",
    ],
)
def test_words_of_the_house_are_no_password(password: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        require_good(password, EMAIL, house_name="Harbor Lane Motors & Söderström")
    assert {error.code for error in refusal.value.errors} == {"too_common"}


@pytest.mark.parametrize("password", ["tulips in the harbor", "harbor-quartz-lamp", "lane of 7 elms wm4"])
def test_a_word_of_the_house_among_others_is_no_reason(password: str) -> None:
    require_good(password, EMAIL, house_name="Harbor Lane Motors")
