"""What a language model looks like from inside: messages in; text, finish reason and token counts out."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

OnText = Callable[[str], Awaitable[None]]
"""Hears a draft grow: each call carries the whole text so far, and "" says to forget it and start over."""

MAX_TOKENS = 800
"""Room for a reply of some 500 words and its slots."""


@dataclass(frozen=True)
class ChatMessage:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Completion:
    """A finished answer; token counts are 0 where the provider told none."""

    text: str
    finish_reason: str
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    latency_ms: int


class ProviderError(Exception):
    """A provider gave no usable answer.

    `reason` is one line that staff may read ("OpenAI answered 429"): it holds no
    text of the provider's, so neither keys nor prompts. `counts` is false where the
    request was at fault and not the provider (too long, filtered): the circuit
    breaker then leaves it alone.
    """

    def __init__(self, provider: str, reason: str, *, counts: bool = True) -> None:
        super().__init__(reason)
        self.provider = provider
        self.reason = reason
        self.counts = counts


class AllProvidersFailed(Exception):  # noqa: N818 - the name says what happened, as its handler reads it
    """No provider answered in time; `reasons` holds a line for each, in the order they were tried."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons) or "no language model is configured")
        self.reasons = reasons


class DraftingProvider(Protocol):
    """One language model behind one vendor's API."""

    @property
    def name(self) -> str:
        """The name that settings and stored drafts use: `openai`, `anthropic`."""
        ...

    @property
    def model(self) -> str:
        """The model's name as its vendor spells it."""
        ...

    async def complete(
        self, messages: Sequence[ChatMessage], *, max_tokens: int, on_text: OnText | None = None
    ) -> Completion:
        """Return a whole answer, or raise ProviderError; whoever calls sets the time limit."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...


__all__ = [
    "MAX_TOKENS",
    "AllProvidersFailed",
    "ChatMessage",
    "Completion",
    "DraftingProvider",
    "OnText",
    "ProviderError",
]
