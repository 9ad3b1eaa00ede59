"""Language models: one small protocol, two adapters, and a router with one deadline over all."""

from api.integrations.drafting.anthropic_messages import AnthropicProvider
from api.integrations.drafting.configured import FALLBACK, DraftingSettings, router_from
from api.integrations.drafting.openai_chat import OpenAIProvider
from api.integrations.drafting.prices import TokenPrice, cost, prices_from
from api.integrations.drafting.protocol import (
    MAX_TOKENS,
    AllProvidersFailed,
    ChatMessage,
    Completion,
    DraftingProvider,
    OnText,
    ProviderError,
)
from api.integrations.drafting.router import DraftingRouter

__all__ = [
    "FALLBACK",
    "MAX_TOKENS",
    "AllProvidersFailed",
    "AnthropicProvider",
    "ChatMessage",
    "Completion",
    "DraftingProvider",
    "DraftingRouter",
    "DraftingSettings",
    "OnText",
    "OpenAIProvider",
    "ProviderError",
    "TokenPrice",
    "cost",
    "prices_from",
    "router_from",
]
