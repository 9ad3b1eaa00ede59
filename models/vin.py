"""Vehicle identification numbers and their check digit (49 CFR 565.15)."""

_TRANSLITERATION = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_FORBIDDEN = frozenset("IOQ")
FIRST_YEAR_OF_17 = 1981


def check_digit(vin: str) -> str:
    """Return the digit or `X` that belongs in the ninth place of a VIN of 17 characters in upper case."""
    values = (int(_TRANSLITERATION.get(character, character)) for character in vin)
    remainder = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) % 11
    return "X" if remainder == 10 else str(remainder)


def clean_vin(text: str) -> str:
    """Return the VIN in upper case.

    A number of fewer than 17 characters passes as it is: before 1981 each maker counted in his own way.

    Raises:
        ValueError: Other characters than A-Z and 0-9, more than 17 of them, or, among 17, an I, O or Q
            or a wrong check digit.
    """
    vin = text.strip()
    if not (vin.isascii() and vin.isalnum()):
        raise ValueError("a VIN consists of the letters A to Z and digits only")
    vin = vin.upper()
    if len(vin) > 17:
        raise ValueError("a VIN has 17 characters at most")
    if len(vin) == 17:
        _check_modern(vin)
    return vin


def _check_modern(vin: str) -> None:
    if _FORBIDDEN & set(vin):
        raise ValueError("a VIN never has the letters I, O or Q")
    if vin[8] != check_digit(vin):
        raise ValueError("the VIN's check digit (its ninth character) is wrong")


__all__ = ["FIRST_YEAR_OF_17", "check_digit", "clean_vin"]
