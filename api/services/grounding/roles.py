"""What an amount is for: price, payment, discount, fee, down payment, trade-in value, rate, term, mileage."""

import re
from enum import StrEnum

from api.services.grounding.quantities import Dimension, Quantity
from models.claims import ClaimKind


class Role(StrEnum):
    """The part that a quantity plays; values of two roles never stand for one another."""

    PRICE = "price"
    MONTHLY = "monthly payment"
    DOWN = "down payment"
    DEPOSIT = "deposit"
    DISCOUNT = "discount"
    TRADE = "trade-in value"
    FEE = "fee"
    TOTAL = "total"
    DIFFERENCE = "price difference"
    RATE = "interest rate"
    TAX = "tax rate"
    TERM = "term"
    MILEAGE = "mileage"
    DAMAGE = "damage"
    LIMIT = "distance"
    DURATION = "duration"
    COUNT = "count"


KIND_OF_ROLE = {
    Role.PRICE: ClaimKind.PRICE,
    Role.MONTHLY: ClaimKind.MONTHLY_PAYMENT,
    Role.DOWN: ClaimKind.DOWN_PAYMENT,
    Role.DEPOSIT: ClaimKind.FEE_OR_TOTAL,
    Role.DISCOUNT: ClaimKind.DISCOUNT,
    Role.TRADE: ClaimKind.TRADE_IN_VALUE,
    Role.FEE: ClaimKind.FEE_OR_TOTAL,
    Role.TOTAL: ClaimKind.FEE_OR_TOTAL,
    Role.DIFFERENCE: ClaimKind.PRICE,
    Role.RATE: ClaimKind.RATE,
    Role.TAX: ClaimKind.FEE_OR_TOTAL,
    Role.TERM: ClaimKind.TERM,
    Role.MILEAGE: ClaimKind.MILEAGE,
    Role.DAMAGE: ClaimKind.FEE_OR_TOTAL,
    Role.LIMIT: ClaimKind.QUANTITY,
    Role.DURATION: ClaimKind.TIME_OR_HOURS,
    Role.COUNT: ClaimKind.QUANTITY,
}

OF_PURCHASE = frozenset({Role.DOWN, Role.DEPOSIT, Role.MONTHLY, Role.RATE, Role.TERM})
"""What is said of the vehicle that is bought, even beside the customer's own: "with your Corolla, $214 a month"."""

_KIND_BY_TALK = (
    (re.compile(r"warrant"), ClaimKind.WARRANTY_OR_SERVICE),
    (re.compile(r"\bhold|reserve|deliver|ship"), ClaimKind.COMMITMENT),
    (re.compile(r"owner"), ClaimKind.HISTORY_OR_CONDITION),
)
_KEYWORDS = (
    (
        Role.DISCOUNT,
        r"\boff\b(?! the (?:lot|market|website|floor)| road)|\bdiscounts?\b|\bsav(?:e|es|ing|ings)\b|\brebates?\b"
        r"|\bknock\w*\b"
        r"|\bcash ?back\b|\breduction\b|\bmarkdown\b|\bshave\b|\bdrop (?:it|the price) by\b|\breduced?"
        r" (?:it |the price )?by\b|\bcoupon\b|(?<!the )\bcheaper\b(?! than the)|\bless\b(?! than)|\bprice cut\b"
        r"|\blower(?:ed)? by\b",
    ),
    (
        Role.DOWN,
        r"(?<!\bcome )(?<!\bcoming )(?<!\bgo )(?<!\bpayment )(?<!\bpayments )(?<!\bcosts )(?<!\bprice )\bdown\b"
        r"(?! to\b| from\b| the road| here)|\bdown ?payment\b|\binitial (?:payment|rental)\b|\bup ?front\b"
        r"|\bput (?:in|up)\b",
    ),
    (
        Role.DEPOSIT,
        r"\bdeposits?\b|\bholding fee\b|\breservation fee\b|\bto (?:hold|reserve) (?:it|the|a)\b"
        r"|\b(?:holds?|reserves?|keeps?|secures?) (?:it|the|a|one|either|any|both|that|this|them|your|her)\b"
        r"|(?<!fully )\b(?:non-?)?refundable\b",
    ),
    (
        Role.TRADE,
        r"\btrade(?:[- ]?ins?)?\b|\bapprais\w+\b|\bfor your (?!information|patience|message|budget|needs)"
        r"|\byour (?:car|vehicle|civic|truck|old car|old one)\b|\bworth\b(?! (?:of|it|a|the))|\bgive"
        r" you\b|\bbuy (?:it|yours) (?:from|off)\b|\btoward\b|\bkbb\b",
    ),
    (
        Role.TOTAL,
        r"\bout[- ]the[- ]door\b|\botd\b|\ball[- ]in\b|\ball in all\b|\btotal(?:s|ing|ling|led)?\b"
        r"|\baltogether\b|\bin (?:all|total)\b"
        r"|\bover the (?:life|full term|whole term)\b|\bcomes? (?:out )?to\b|\bmakes\b"
        r"|\bdrive[- ]away\b|\bdrives? (?:it )?home\b"
        r"|\bgrand total\b|\badds? up\b|\bsum\b|\bleaves? (?:you|it) at\b|\bbefore (?:tax|hst"
        r"|registration)|\bafter tax|\b(?:incl(?:uding|usive|\.)?|with) (?:all )?(?:tax|fees)\b|\bbrings?"
        r" (?:it|the|you)\b|\bends? up\b|\bworks? out\b",
    ),
    (
        Role.FEE,
        r"\bfees?\b|\bcharges?\b|\btax(?:es)?\b|\bhst\b|\bdoc(?:umentation)?\b|\badmin(?:istration)?\b"
        r"|\bregistration\b|\bdeliver(?:y|ed|ing)?\b|\bshipping\b|\bsurcharge\b|\bextra\b|\binstall(?:ed"
        r"|ation)?\b|\bprep\b|\btitle fee\b|\btransport\b",
    ),
    (
        Role.MONTHLY,
        r"\b(?:bank|lender|credit union)(?:'s)? (?:figure|number|quote|offer)\b"
        r"|\bmonthly (?:payment|installment|instalment|rate)s?\b|(?<!down )(?<!initial )\bpayments? (?:of|is|are"
        r"|would be|at|around|about|comes?)\b|\binstallments?\b|(?<!down )(?<!initial )\bpayments?\b(?! method)",
    ),
    (Role.DAMAGE, r"\bdamage\b|\baccident\b|\bclaim\b|\brepair(?:s|ed)?\b"),
    (
        Role.PRICE,
        r"\b(?:plus|excluding|without|not including|\+) (?:the )?(?:hst|tax\w*|gst|vat|fees"
        r"|registration)\b|\bprice[ds]?\b|\bpricing\b|\blisted\b|\blist\b|\bask(?:ing|s)?\b|\bcosts?\b"
        r"|\bsell(?:s|ing)?\b|\bsticker\b|\bgoing for\b|\bgoes for\b|\bfor sale\b|\bavailable (?:at"
        r"|for)\b|\bmsrp\b|\byours for\b",
    ),
)
_ROLES = tuple((role, re.compile(pattern)) for role, pattern in _KEYWORDS)
_DIFFERENCE = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:more|less|cheaper|higher|lower|pricier|extra|apart|above|below|over"
    r"|under)\b(?:\s+\w+){0,3}?\s+(?:than|the|what)\b|\s*(?:more|less|cheaper|apart|difference|pricier"
    r"|between (?:them|the two|both|these|those))\b"
)
_DIFFERENCE_BEFORE = re.compile(
    r"\b(?:difference|gap)\b[^.;]{0,20}$|\b(?:miss(?:es)?|over|under|above|below|exceeds?|short of|beats?)"
    r" (?:it|that|your \w+|the \w+|your \w+ \w+) by (?:\w+ )?$|\b(?:more|less|cheaper|pricier)"
    r" (?:than .{0,20} |of the two )?by $"
)
_BEYOND = re.compile(
    r"\s*(?:well |just |about |slightly |still |right |a bit |more )?"
    r"(?:over|above|below|under|beyond|past|short of|shy of|outside|within|inside|from)\s+"
    r"(?:that|it|this|what|your|the|you|budget|where|our)\b(?! (?:next|term|course|life))"
    r"|\s*(?:\w+\s+)?(?:short|apart|lower|higher|dearer|over budget|under budget|too (?:much|high|low))\b"
)
_IN_PRICE = re.compile(
    r"(?:includ\w+|part|reflected|counted|factored|contained|covered|on top|over and above|in addition)"
    r" (?:in|of|to|by) (?:the|that|this|our)?\s*(?:(?:\w+ )?price (?:of )?)?$|\bexclud\w+ from (?:the )?$"
    r"|(?:\btax|\bhst|\bgst|\bvat|%|\bpercent)(?: \w+){0,2}? (?:on|of) (?:the |a |that )?$"
)
_TAKEN_FROM = re.compile(r"\boff (?:of )?(?:the|our|its|that|a|this) (?:[\w'’-]+ ){0,4}$")
_APART = re.compile(
    r"\s*(?:more|less|cheaper|dearer|higher|lower|pricier)\b"
    r"(?! (?:per|each|every|a (?:month|week|year|day)|down|for|on top))"
)
_IS_BEFORE = re.compile(r"\b(?:is|are|costs?|comes?|runs?|be)(?: (?:about|just|only|exactly))? $|'s $")
_NEAR = 80
_LABEL_WORDS = 4
_PAYMENTS_OF = re.compile(
    r"\b(?<!down )(?<!down-)(?<!initial )(?:payments?|installments?|instalments?|rates?)"
    r" (?:of|at) (?:about |only |just )?$"
)
_SPREAD = re.compile(
    r"(?:,? each)? (?:over|across|spread over|for) (?:a (?:term|period) of |the )?\d\d (?:months|payments)\b"
)
_RESULT = re.compile(
    r"(?:\b(?:leav(?:es?|ing)|mak(?:es?|ing)|com(?:es?|ing) (?:out |down )?(?:to|at)|equals?|totals?|totall?ing|gives"
    r"|works? out (?:at|to)|adds? up to|brings? (?:it|that|you|us|the \w+) (?:down |up )?to"
    r"|takes? (?:it|that|you|us|the \w+) (?:down |up )?to"
    r"|(?:and|so|then|,) (?:it|that)(?:'s| is| was))|=)"
    r"\s*(?:you |us |it )?(?:with |at |to |just |only |exactly )?(?:an? )?(?:(?:total|balance|remainder) of )?$"
)
_RATE_TALK = re.compile(r"\b(?:apr|rates?|interest|financ\w+|loans?|lender|credit union|bank|percent apr)\b")
_TERM_TALK = re.compile(
    r"\b(?:financ\w+|loans?|lenders?|terms?|apr|payments?|months? (?:at|with)|spread|pay (?:it )?off|quote"
    r"|installments?|bank|credit|repay\w*|a month|per month|monthly)\b"
)
_MILES_TALK = re.compile(
    r"\b(?:deliver\w*|ship\w*|within|radius|warrant\w+|exchange\w*|return\w*|transport|range|per charge"
    r"|free|away|trips?|test drive|distance from|every|service|oil|cover\w*|drop it off|bring it to you"
    r"|come to you|whichever|limit|allowance|zone|guarantee)\b"
)
_DEPOSIT_TALK = re.compile(r"\b(?:deposit|hold|reserve)\b")

_SHARE_DOWN = re.compile(r"\bdown[ -]?payments?\b|%\s*(?:\w+ ){0,2}down\b|\bup ?front\b|\bof the (?:\w+ )?price\b")


_DOWN_BEFORE = re.compile(
    r"\b(?:deposit|down(?: ?payment)?)(?: (?:of|is|from|starts at|starting at))?(?: at least| only| just)? $"
)


def _percent(text: str, after: str, before: str) -> Role:
    if "apr" in after[:8] or "interest" in after[:12]:
        return Role.RATE
    if _DOWN_BEFORE.search(before) or (_SHARE_DOWN.search(text) and not re.search(r"\boff\b|\bdiscount", after[:24])):
        return Role.DOWN
    if re.match(r"[^\d]*\b(?:down|deposit)\b", after[:14]) or re.search(r"\b(?:down payment|deposit) of\b", text):
        return Role.DOWN
    if re.search(r"\boff\b|\bdiscount\w*\b|\brebate\b|\bsav(?:e|ings?)\b|\breduc\w+\b|\bmarkdown\b", text):
        return Role.DISCOUNT
    if re.search(r"\b(?:hst|tax|gst|vat|fee|sales tax)\b", text):
        return Role.TAX
    return Role.RATE if _RATE_TALK.search(text) or "%" in text or "percent" in text else Role.COUNT


def _by_place(text: str, begin: int, end: int, several: bool) -> Role | None:
    """Return the role that the words right beside an amount give it, or None where only keywords may tell."""
    before = text[max(0, begin - _NEAR) : begin]
    compares = _DIFFERENCE.match(text, end) and re.search(r"\bthan\b|\bdifference\b|\bapart\b|\bbetween\b", text)
    apart = _APART.match(text, end) and _IS_BEFORE.search(before)
    if compares or apart or _BEYOND.match(text, end) or _DIFFERENCE_BEFORE.search(before):
        return Role.DIFFERENCE
    if _IN_PRICE.search(before) or _TAKEN_FROM.search(before):
        return Role.PRICE
    if _PAYMENTS_OF.search(before) or _SPREAD.match(text, end):
        return Role.MONTHLY
    return Role.TOTAL if several and _RESULT.search(before) else None


def _money(
    quantity: Quantity, text: str, offset: int, others: list[tuple[int, int]], topics: re.Pattern[str] | None
) -> Role:
    begin, end = quantity.start - offset, quantity.end - offset
    plain = _by_place(text, begin, end, len(others) > 1)
    if plain:
        return plain
    best, distance = Role.PRICE, 34
    candidates = [*_ROLES, *([(Role.FEE, topics)] if topics else [])]
    rest = [start - offset for start, _ in others if start != quantity.core[0]]
    ends = [stop - offset for start, stop in others if start != quantity.core[0]]
    for role, pattern in candidates:
        for match in pattern.finditer(text):
            if role in _USUALLY_AFTER and any(0 <= match.start() - stop <= 1 for stop in ends):
                continue
            gap = _gap(match.span(), (begin, end), rest) + (3 if role in _USUALLY_AFTER and match.end() <= begin else 0)
            if gap < distance:
                best, distance = role, gap
    if best is Role.DOWN and _DEPOSIT_TALK.search(text) and re.search(r"\bhold|\breserve", text):
        return Role.DEPOSIT
    return best


_USUALLY_AFTER = (Role.DISCOUNT, Role.DOWN)


def _gap(word: tuple[int, int], amount: tuple[int, int], rest: list[int]) -> int:
    """Return how far a keyword stands from an amount; each other amount between them counts as 40 characters."""
    between = sum(1 for place in rest if min(word[0], amount[0]) <= place < max(word[1], amount[1]))
    return max(0, word[0] - amount[1], amount[0] - word[1]) + 40 * between


def role_named(label: str) -> Role | None:
    """Return the role that a short label names: "monthly payment:", "down payment:"; None for any other text."""
    if len(label.split()) > _LABEL_WORDS:
        return None
    return next((role for role, pattern in _ROLES if pattern.search(label)), None)


def kind_of(role: Role, text: str) -> ClaimKind:
    """Return the kind of claim that a quantity of a role makes in a lower-case clause."""
    talk = role in (Role.DURATION, Role.LIMIT, Role.COUNT)
    kinds = (kind for pattern, kind in _KIND_BY_TALK if talk and pattern.search(text))
    return next(kinds, KIND_OF_ROLE[role])


def role_of(
    quantity: Quantity, text: str, offset: int, others: list[tuple[int, int]], topics: re.Pattern[str] | None = None
) -> Role:
    """Return the role of a quantity in its clause.

    Args:
        quantity: The quantity; offsets count characters of the whole text.
        text: The clause, lower-cased.
        offset: Where the clause starts in the text.
        others: The cores of the clause's quantities; a keyword beyond another amount counts little.
        topics: Words that policies with an amount are about; near them an amount is a fee.
    """
    dimension = quantity.dimension
    if dimension is Dimension.MONEY:
        return _money(quantity, text, offset, others, topics)
    if dimension is Dimension.DISTANCE:
        driven = re.search(
            r"\bodometer|\bmileage|\b(?:has|have|had|'s) (?:only |just )?(?:covered|driven|done|travel|clocked|run)",
            text,
        )
        return Role.LIMIT if _MILES_TALK.search(text) and not driven else Role.MILEAGE
    if dimension is Dimension.PERCENT:
        before = text[: max(0, quantity.start - offset)]
        return _percent(text, text[quantity.core[1] - offset :].lstrip("% "), before)
    if dimension is Dimension.MONTHS:
        return Role.TERM if _TERM_TALK.search(text) and "warrant" not in text else Role.DURATION
    fixed = {Dimension.MONTHLY: Role.MONTHLY, Dimension.HOURS: Role.DURATION}
    return fixed.get(dimension, Role.COUNT)


__all__ = ["KIND_OF_ROLE", "OF_PURCHASE", "Role", "kind_of", "role_named", "role_of"]
