"""Currencies (ISO 4217) and countries (ISO 3166-1) that the product accepts."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_CURRENCY_CODES = """
    aed afn all amd aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob bov brl bsd btn bwp byn bzd cad
    cdf chf clf clp cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf
    gtq gyd hkd hnl htg huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp
    lkr lrd lsl lyd mad mdl mga mkd mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab
    pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sdg sek sgd shp sle sos srd ssp stn svc syp szl
    thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw zwg
"""
_COUNTRY_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
    YT ZA ZM ZW
"""
CURRENCIES = frozenset(_CURRENCY_CODES.split())
COUNTRIES = frozenset(_COUNTRY_CODES.split())
_WHOLE_UNITS = frozenset(
    {"bif", "clp", "djf", "gnf", "isk", "jpy", "kmf", "krw", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf"}
) | {"xof", "xpf"}
_THOUSANDTHS = frozenset(("bhd", "iqd", "jod", "kwd", "lyd", "omr", "tnd"))


def minor_digits(currency: str) -> int:
    """Return how many decimals an amount in `currency` (lower case) may have: 0, 2 or 3 (4 for CLF)."""
    if currency in _WHOLE_UNITS:
        return 0
    if currency in _THOUSANDTHS:
        return 3
    return 4 if currency == "clf" else 2


def _currency(code: str) -> str:
    if code.lower() not in CURRENCIES:
        raise ValueError("must be an ISO 4217 currency code such as USD")
    return code.lower()


def _country(code: str) -> str:
    if code.upper() not in COUNTRIES:
        raise ValueError("must be an ISO 3166-1 alpha-2 country code such as US")
    return code.upper()


Currency = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_currency)]
Country = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_country)]

__all__ = ["COUNTRIES", "CURRENCIES", "Country", "Currency", "minor_digits"]
