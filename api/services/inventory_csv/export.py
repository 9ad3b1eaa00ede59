"""Cells for people who open an export in a spreadsheet."""

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def export_cell(text: str) -> str:
    """Return `text` with an apostrophe before it where a spreadsheet would run it as a formula.

    Source: OWASP, "CSV Injection". Quoting and delimiters stay the csv module's work.
    """
    starts_formula = text[:1] in _FORMULA_STARTS or text.lstrip()[:1] in _FORMULA_STARTS
    return f"'{text}" if text.strip() and starts_formula else text
