"""The language models' circuit breakers: what fails is left alone for a while, then tried once."""

import asyncio
from collections.abc import Iterator

import pytest

from api.core.retry import BreakerSettings
from api.integrations.drafting import AllProvidersFailed, AnthropicProvider, ChatMessage, DraftingRouter, OpenAIProvider
from tests.fakes.anthropic_server import FakeAnthropic
from tests.fakes.openai_server import FakeOpenAI

PROMPT = [ChatMessage("user", "How much is the Camry?")]


@pytest.fixture
def openai_fake() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


@pytest.fixture
def anthropic_fake() -> Iterator[FakeAnthropic]:
    with FakeAnthropic() as fake:
        yield fake


def provider_for(fake: FakeOpenAI | FakeAnthropic) -> OpenAIProvider | AnthropicProvider:
    made = OpenAIProvider if isinstance(fake, FakeOpenAI) else AnthropicProvider
    return made("sk-test", fake.base_url, "fake-1")


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_the_circuit_opens_and_half_opens(openai_fake: FakeOpenAI, anthropic_fake: FakeAnthropic) -> None:
    clock = Clock()
    providers = [provider_for(openai_fake), provider_for(anthropic_fake)]
    router = DraftingRouter(providers, 5, BreakerSettings(failures=2, open_seconds=30), clock)
    openai_fake.fail(500, times=3)
    for _ in range(3):
        assert (await router.complete(PROMPT)).provider == "anthropic"
    assert len(openai_fake.requests) == 2, "the third call found the circuit open"
    clock.now += 30
    assert (await router.complete(PROMPT)).provider == "anthropic"
    assert len(openai_fake.requests) == 3, "one trial call, which failed"
    assert (await router.complete(PROMPT)).provider == "anthropic"
    assert len(openai_fake.requests) == 3
    clock.now += 30
    assert (await router.complete(PROMPT)).provider == "openai"
    await router.close()


async def test_a_resting_provider_is_not_asked(openai_fake: FakeOpenAI) -> None:
    router = DraftingRouter([provider_for(openai_fake)], 0.3, BreakerSettings(failures=1, open_seconds=30))
    openai_fake.hang()
    with pytest.raises(AllProvidersFailed):
        await router.complete(PROMPT)
    asked = len(openai_fake.requests)
    with pytest.raises(AllProvidersFailed, match="OpenAI is resting after repeated failures"):
        await router.complete(PROMPT)
    assert len(openai_fake.requests) == asked
    await router.close()


async def test_many_drafts_at_once_send_one_trial_call(openai_fake: FakeOpenAI) -> None:
    clock = Clock()
    router = DraftingRouter([provider_for(openai_fake)], 5, BreakerSettings(failures=1), clock)
    openai_fake.fail(500, times=1)
    with pytest.raises(AllProvidersFailed):
        await router.complete(PROMPT)
    clock.now += 20
    openai_fake.slow(0.02, times=1)
    answers = await asyncio.gather(*(router.complete(PROMPT) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(answer, AllProvidersFailed) for answer in answers) == 4
    assert len(openai_fake.requests) == 2
    await router.close()
