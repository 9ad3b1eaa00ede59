"""What a lead told, in the words of the customer's panel."""

import pytest

from dealsmart_app.states.lead_words import lead_words

USD = {"currency": "usd", "limit": "maximum"}
LEAD = {
    "format": "adf",
    "requested_at": "2026-11-20T16:45:09Z",
    "vehicles": [
        {
            "year": 2015,
            "make": "Ford",
            "model": "F-250",
            "trim": "Lariat",
            "stock": "A1056",
            "details": {
                "finance": [
                    {
                        "method": "finance",
                        "amounts": [
                            USD | {"type": "downpayment", "text": "5000", "amount_minor": 500_000},
                            USD | {"type": "monthly", "text": "650", "amount_minor": 65_000},
                        ],
                        "balances": [{"type": "residual", "currency": "usd", "text": "0", "amount_minor": 0}],
                    }
                ]
            },
        }
    ],
    "trade_ins": [
        {
            "year": 2015,
            "make": "Honda",
            "model": "Civic",
            "odometer": "88412",
            "odometer_unit": "mi",
            "condition": "good",
        }
    ],
    "preferred_contact": "phone",
    "contact": {"phones": [{"number": "+1 555 010 0171", "time": "evening", "preferred": True}]},
    "timeframe": {"description": "This month", "earliestdate": "2026-11-21", "latestdate": "2026-11-30T00:00:00"},
}


def test_all_that_a_lead_told_is_put_into_words() -> None:
    """Amounts in their currency, bounds and all; a balance of nothing is none."""
    assert lead_words(LEAD) == {
        "asked_at": "2026-11-20T16:45:09Z",
        "asked": "2015 Ford F-250 Lariat A1056",
        "trade_in": "2015 Honda Civic, 88,412 miles, good",
        "paying": "Finance, at most $5,000 down, at most $650 a month",
        "timeframe": "This month, 2026-11-21 to 2026-11-30",
        "reached": "By phone, phone in the evening",
    }


@pytest.mark.parametrize(
    "metadata",
    [{}, {"format": "adf"}, {"format": "web", "vehicles": LEAD["vehicles"]}, {"format": "adf", "vehicles": "a Ford"}],
)
def test_what_no_lead_told_is_empty(metadata: dict[str, object]) -> None:
    """A client may write anything into a conversation's metadata."""
    assert set(lead_words(metadata).values()) == {""}


def test_an_amount_without_a_currency_stands_as_it_was_written() -> None:
    paying = {"method": "lease", "amounts": [{"type": "monthly", "text": "about 400"}]}
    told = lead_words({"format": "adf", "vehicles": [{"details": {"finance": [paying]}}]})
    assert told["paying"] == "Lease, about 400 a month"
