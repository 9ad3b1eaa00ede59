"""What an answer cost, from the prices in `AI_PRICES` (contract, section 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson

PER = Decimal(1_000_000)


@dataclass(frozen=True)
class TokenPrice:
    """Prices of one model per million tokens, in whatever currency the setting is meant in."""

    input: Decimal
    output: Decimal


def prices_from(setting: str | Mapping[str, Any] | None) -> dict[str, TokenPrice]:
    """Read `{"model": {"input": 0.25, "output": 2}}`, as JSON or already parsed.

    Numbers go through their decimal spelling, never through binary fractions.

    Raises:
        ValueError: not of that shape, or a price below zero.
    """
    raw = orjson.loads(setting) if isinstance(setting, str) and setting.strip() else setting or {}
    if isinstance(raw, Mapping):
        return {model: _price(model, entry) for model, entry in raw.items()}
    raise ValueError('AI_PRICES must be JSON such as {"model": {"input": 0.25, "output": 2}}')


def _price(model: str, entry: Any) -> TokenPrice:
    try:
        price = TokenPrice(Decimal(str(entry["input"])), Decimal(str(entry["output"])))
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError(f"AI_PRICES: {model} needs an input and an output price") from error
    if not (price.input.is_finite() and price.output.is_finite() and price.input >= 0 and price.output >= 0):
        raise ValueError(f"AI_PRICES: the prices of {model} must be zero or more")
    return price


def cost(model: str, input_tokens: int, output_tokens: int, prices: Mapping[str, TokenPrice]) -> Decimal | None:
    """Return the exact cost in major units, unrounded; None where the model has no price."""
    price = prices.get(model)
    if price is None:
        return None
    return (price.input * input_tokens + price.output * output_tokens) / PER


__all__ = ["TokenPrice", "cost", "prices_from"]
