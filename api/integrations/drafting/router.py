"""One deadline over all providers: who is asked, for how long, and who is left alone for a while."""

import asyncio
import time
from collections.abc import Sequence

from api.core.retry import BreakerSettings, CircuitBreaker, Clock, Deadline
from api.integrations.drafting.protocol import (
    MAX_TOKENS,
    AllProvidersFailed,
    ChatMessage,
    Completion,
    DraftingProvider,
    OnText,
    ProviderError,
)

LABELS = {"openai": "OpenAI", "anthropic": "Anthropic"}


class DraftingRouter:
    """Ask providers in their order until one answers whole.

    With k providers left, each may be silent for a k-th of the remaining time. One
    that writes may go on beyond that, but leaves each of those behind it half a
    share. So a first provider that hangs costs half the deadline of two, and one
    that answers slowly is not cut off for being slow.
    """

    def __init__(
        self,
        providers: Sequence[DraftingProvider],
        timeout_seconds: float = 20.0,
        breaker: BreakerSettings | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        """Take the providers in their order of use; `clock` (seconds) times the circuits only."""
        self.timeout_seconds = timeout_seconds
        self._providers = tuple(providers)
        self._breakers = {provider.name: CircuitBreaker(breaker, clock) for provider in self._providers}

    @property
    def configured(self) -> tuple[str, ...]:
        """The providers' names in the order of use."""
        return tuple(provider.name for provider in self._providers)

    async def complete(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int = MAX_TOKENS,
        on_text: OnText | None = None,
        timeout_seconds: float | None = None,
    ) -> Completion:
        """Return the first whole answer.

        Args:
            messages: The prompt.
            max_tokens: At most this many tokens in the answer.
            on_text: Hears the whole text so far at each step, and "" where a
                provider failed half-way; what it raises ends the call.
            timeout_seconds: What is left of the caller's own deadline; never more
                than the router's own counts.

        Raises:
            AllProvidersFailed: none answered in time, or none is configured.
        """
        own = self.timeout_seconds
        deadline = Deadline(own if timeout_seconds is None else min(own, timeout_seconds))
        reasons: list[str] = []
        waiting = list(self._providers)
        while waiting:
            provider = waiting.pop(0)
            behind = sum(self._breakers[other.name].would_admit() for other in waiting)
            try:
                return await self._attempt(provider, messages, max_tokens, on_text, deadline, behind)
            except ProviderError as error:
                reasons.append(error.reason)
        raise AllProvidersFailed(reasons)

    async def _attempt(
        self,
        provider: DraftingProvider,
        messages: Sequence[ChatMessage],
        max_tokens: int,
        on_text: OnText | None,
        deadline: Deadline,
        behind: int,
    ) -> Completion:
        """Ask one provider behind its circuit breaker; a broken-off text is taken back."""
        label = LABELS.get(provider.name, provider.name)
        if deadline.remaining_seconds == 0:
            raise ProviderError(provider.name, f"{label} was not asked: no time was left", counts=False)
        breaker = self._breakers[provider.name]
        if not breaker.admit():
            raise ProviderError(provider.name, f"{label} is resting after repeated failures", counts=False)
        turn = _Turn(on_text, deadline, behind)
        try:
            completion = await turn.run(provider, messages, max_tokens)
        except ProviderError as error:
            if error.counts:
                breaker.failed()
            else:
                breaker.abandoned()
            await turn.take_back()
            raise
        except BaseException:
            breaker.abandoned()
            raise
        breaker.succeeded()
        return completion

    async def close(self) -> None:
        """Let go of all connections."""
        for provider in self._providers:
            await provider.close()


class _Turn:
    """One provider's turn: its time limit, and what of its text was heard."""

    def __init__(self, on_text: OnText | None, deadline: Deadline, behind: int) -> None:
        self._on_text = on_text
        self._deadline = deadline
        self._silence_seconds = deadline.remaining_seconds / (behind + 1)
        self._reserved_seconds = self._silence_seconds / 2 * behind
        self._heard = False

    async def run(self, provider: DraftingProvider, messages: Sequence[ChatMessage], max_tokens: int) -> Completion:
        """Ask within the limit, which each piece of text moves on.

        Raises:
            ProviderError: from the provider, or because it was silent too long.
        """
        limit = asyncio.timeout(self._silence_seconds)

        async def hear(text: str) -> None:
            limit.reschedule(asyncio.get_running_loop().time() + self._allowance_seconds())
            self._heard = True
            if self._on_text is not None:
                await self._on_text(text)

        try:
            async with limit:
                return await provider.complete(messages, max_tokens=max_tokens, on_text=hear)
        except TimeoutError as error:
            if not limit.expired():
                raise
            label = LABELS.get(provider.name, provider.name)
            raise ProviderError(provider.name, f"{label} timed out") from error

    def _allowance_seconds(self) -> float:
        """How long the next piece may take to come."""
        return min(self._silence_seconds, self._deadline.remaining_seconds - self._reserved_seconds)

    async def take_back(self) -> None:
        """Tell the listener to forget what it heard, if it heard anything."""
        if self._heard and self._on_text is not None:
            await self._on_text("")


__all__ = ["DraftingRouter"]
