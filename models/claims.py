"""What a draft claims and what stands behind it (ai-drafts, section 3)."""

from enum import StrEnum

from models.base import ViewModel


class ClaimKind(StrEnum):
    """The kinds of statement that are checked; HARD_KINDS need evidence to be sent unflagged."""

    PRICE = "price"
    MONTHLY_PAYMENT = "monthly_payment"
    DOWN_PAYMENT = "down_payment"
    DISCOUNT = "discount"
    RATE = "rate"
    TERM = "term"
    TRADE_IN_VALUE = "trade_in_value"
    FEE_OR_TOTAL = "fee_or_total"
    MILEAGE = "mileage"
    QUANTITY = "quantity"
    DATE = "date"
    TIME_OR_HOURS = "time_or_hours"
    APPOINTMENT = "appointment"
    VIN = "vin"
    STOCK_NUMBER = "stock_number"
    VEHICLE = "vehicle"
    AVAILABILITY = "availability"
    CREDIT_APPROVAL = "credit_approval"
    COMMITMENT = "commitment"
    ASSENT = "assent"
    CONTACT = "contact"
    FEATURE_OR_COLOUR = "feature_or_colour"
    HISTORY_OR_CONDITION = "history_or_condition"
    WARRANTY_OR_SERVICE = "warranty_or_service"
    PERSON = "person"
    UNCOVERED_ASSERTION = "uncovered_assertion"


SOFT_KINDS = frozenset(
    {
        ClaimKind.FEATURE_OR_COLOUR,
        ClaimKind.HISTORY_OR_CONDITION,
        ClaimKind.WARRANTY_OR_SERVICE,
        ClaimKind.PERSON,
        ClaimKind.UNCOVERED_ASSERTION,
    }
)
HARD_KINDS = frozenset(ClaimKind) - SOFT_KINDS


class Verdict(StrEnum):
    """Whether trusted evidence says what the claim says."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    UNCERTAIN = "uncertain"


class EvidenceSource(StrEnum):
    """Where a piece of evidence lies."""

    MESSAGE = "message"
    VEHICLE = "vehicle"
    DEALERSHIP = "dealership"
    POLICY = "policy"
    CANNED_RESPONSE = "canned_response"


class EvidenceView(ViewModel):
    """The piece that a verdict rests on; `start` and `end` count code points of a message's text."""

    source: EvidenceSource
    id: str
    field: str | None = None
    start: int | None = None
    end: int | None = None


class ClaimView(ViewModel):
    """One checked statement; `start` and `end` count Unicode code points of the draft's content."""

    kind: ClaimKind
    text: str
    start: int
    end: int
    verdict: Verdict
    reason: str
    evidence: EvidenceView | None = None


__all__ = ["HARD_KINDS", "SOFT_KINDS", "ClaimKind", "ClaimView", "EvidenceSource", "EvidenceView", "Verdict"]
