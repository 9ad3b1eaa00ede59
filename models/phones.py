"""Telephone numbers as E.164, the only form that is stored."""

import unicodedata

import phonenumbers


def to_e164(number: str, region: str | None = None) -> str:
    """Return `number` as E.164, its extension left out; possible numbers are accepted (contract, section 3).

    Possible, not valid: numbering plans change faster than tables, and a customer's number is worth keeping.

    Args:
        number: As somebody typed it, full-width digits and odd spaces included.
        region: ISO 3166-1 alpha-2 code for numbers without a country code; None refuses those.

    Raises:
        ValueError: It is no possible telephone number.
    """
    try:
        parsed = phonenumbers.parse(unicodedata.normalize("NFKC", number), region)
    except phonenumbers.NumberParseException as error:
        raise ValueError("must be a telephone number, with its country code such as +1") from error
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("must be a possible telephone number: it has too few or too many digits")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


__all__ = ["to_e164"]
