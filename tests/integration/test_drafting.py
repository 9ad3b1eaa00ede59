"""The language-model gateways: the vendors' real libraries over loopback against fakes that misbehave."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from api.integrations.drafting import (
    AllProvidersFailed,
    AnthropicProvider,
    ChatMessage,
    DraftingRouter,
    OpenAIProvider,
    ProviderError,
)
from tests.fakes.anthropic_server import FakeAnthropic
from tests.fakes.model_server import FakeModel
from tests.fakes.openai_server import FakeOpenAI

TEXT = "The {{v1.title}} is listed at {{v1.price}}. When would you like to see it?"
PROMPT = [ChatMessage("system", "You draft replies."), ChatMessage("user", "How much is the Camry?")]
Provider = OpenAIProvider | AnthropicProvider


class Heard:
    """An `on_text` that remembers."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def __call__(self, text: str) -> None:
        self.texts.append(text)


@pytest.fixture
def openai_fake() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        fake.reply(TEXT)
        yield fake


@pytest.fixture
def anthropic_fake() -> Iterator[FakeAnthropic]:
    with FakeAnthropic() as fake:
        fake.reply(TEXT)
        yield fake


@pytest.fixture(params=["openai", "anthropic"])
def fake(request: pytest.FixtureRequest) -> FakeModel:
    return request.getfixturevalue(f"{request.param}_fake")


@pytest.fixture
async def provider(fake: FakeModel) -> AsyncIterator[Provider]:
    made = provider_for(fake)
    yield made
    await made.close()


@pytest.fixture
async def pair(openai_fake: FakeOpenAI, anthropic_fake: FakeAnthropic) -> AsyncIterator[DraftingRouter]:
    made = DraftingRouter([provider_for(openai_fake), provider_for(anthropic_fake)], timeout_seconds=2)
    yield made
    await made.close()


def provider_for(fake: FakeModel) -> Provider:
    made = OpenAIProvider if isinstance(fake, FakeOpenAI) else AnthropicProvider
    return made("sk-test", fake.base_url, "fake-1")


async def ask(asked: Provider, on_text: Heard | None = None) -> str:
    return (await asked.complete(PROMPT, max_tokens=100, on_text=on_text)).text


async def test_a_whole_answer_comes_with_its_counts(provider: Provider, fake: FakeModel) -> None:
    heard = Heard()
    answer = await provider.complete(PROMPT, max_tokens=100, on_text=heard)
    assert answer.text == TEXT
    assert answer.provider == provider.name
    assert answer.model == "fake-1"
    assert answer.finish_reason in ("stop", "end_turn")
    assert answer.output_tokens == len(TEXT.split())
    assert answer.input_tokens == len(fake.requests[0].prompt.split())
    assert heard.texts[-1] == TEXT
    assert heard.texts == sorted(heard.texts, key=len)
    assert all(TEXT.startswith(text) for text in heard.texts)


async def test_both_vendors_are_asked_in_their_own_words(
    openai_fake: FakeOpenAI, anthropic_fake: FakeAnthropic
) -> None:
    for fake in (openai_fake, anthropic_fake):
        await ask(provider_for(fake))
    chat, messages = openai_fake.requests[0], anthropic_fake.requests[0]
    assert chat.headers["authorization"] == "Bearer sk-test"
    assert [m["role"] for m in chat.body["messages"]] == ["system", "user"]
    assert chat.body["max_tokens"] == 100
    assert chat.body["stream"] is True
    assert messages.headers["authorization"] == "Bearer sk-test"
    assert messages.body["system"] == "You draft replies."
    assert [m["role"] for m in messages.body["messages"]] == ["user"]
    assert messages.body["max_tokens"] == 100


async def test_missing_token_counts_are_zero_and_no_failure(openai_fake: FakeOpenAI) -> None:
    openai_fake.no_usage()
    answer = await provider_for(openai_fake).complete(PROMPT, max_tokens=100)
    assert (answer.text, answer.input_tokens, answer.output_tokens) == (TEXT, 0, 0)


FAULTS: list[tuple[Callable[[FakeModel], None], str]] = [
    (lambda fake: fake.fail(500), "answered 500"),
    (lambda fake: fake.fail(429, retry_after=1), "answered 429"),
    (lambda fake: fake.fail(401), "answered 401"),
    (lambda fake: fake.fail(529), "answered 529"),
    (lambda fake: fake.cut(after=3), "ended without a finish reason"),
    (lambda fake: fake.cut(after=0), "sent no answer"),
    (lambda fake: fake.drop(after=3), "hung up"),
    (lambda fake: fake.empty(), "sent an empty answer"),
    (lambda fake: fake.reply("  \n "), "sent an empty answer"),
    (lambda fake: fake.html(), "sent a web page"),
    (lambda fake: fake.reply("<html><body>502 Bad Gateway</body></html>"), "sent a web page"),
    (lambda fake: fake.garbage(), "not an answer"),
    (lambda fake: fake.break_off(after=3), "reported an error in mid-answer"),
    (lambda fake: fake.truncate(after=3), "stopped before the answer was whole"),
    (lambda fake: fake.refuse(), "could not be reached"),
]


@pytest.mark.parametrize(("switch", "reason"), FAULTS)
async def test_every_fault_is_a_provider_error_in_one_harmless_line(
    provider: Provider, fake: FakeModel, switch: Callable[[FakeModel], None], reason: str
) -> None:
    switch(fake)
    with pytest.raises(ProviderError) as caught:
        await ask(provider)
    assert reason in caught.value.reason
    assert caught.value.reason.startswith(("OpenAI ", "Anthropic "))
    assert "secret" not in caught.value.reason
    assert "\n" not in caught.value.reason
    assert caught.value.provider == provider.name
    assert len(fake.requests) <= 1, "the library must not retry by itself"


@pytest.mark.parametrize(("status", "counts"), [(500, True), (429, True), (401, True), (400, False), (413, False)])
async def test_only_faults_of_the_provider_count_against_it(
    provider: Provider, fake: FakeModel, status: int, counts: bool
) -> None:
    fake.fail(status)
    with pytest.raises(ProviderError) as caught:
        await ask(provider)
    assert caught.value.counts is counts


@pytest.mark.parametrize(("switch", "_reason"), FAULTS)
async def test_the_second_provider_answers_where_the_first_fails(
    pair: DraftingRouter,
    openai_fake: FakeOpenAI,
    anthropic_fake: FakeAnthropic,
    switch: Callable[[FakeModel], None],
    _reason: str,
) -> None:
    switch(openai_fake)
    answer = await pair.complete(PROMPT)
    assert (answer.provider, answer.text) == ("anthropic", TEXT)
    assert len(anthropic_fake.requests) == 1


async def test_the_second_provider_is_left_alone_where_the_first_answers(
    pair: DraftingRouter, anthropic_fake: FakeAnthropic
) -> None:
    assert (await pair.complete(PROMPT)).provider == "openai"
    assert anthropic_fake.requests == []


@pytest.mark.parametrize("switch", [FakeModel.hang, FakeModel.stall])
async def test_a_first_provider_that_hangs_leaves_time_for_the_second(
    pair: DraftingRouter, openai_fake: FakeOpenAI, switch: Callable[[FakeModel], None]
) -> None:
    switch(openai_fake)
    heard, started = Heard(), time.monotonic()
    answer = await pair.complete(PROMPT, on_text=heard)
    assert (answer.provider, heard.texts[-1]) == ("anthropic", TEXT)
    assert time.monotonic() - started < 2


async def test_one_deadline_holds_over_all_hanging_providers(
    pair: DraftingRouter, openai_fake: FakeOpenAI, anthropic_fake: FakeAnthropic
) -> None:
    openai_fake.hang()
    anthropic_fake.stall()
    started = time.monotonic()
    with pytest.raises(AllProvidersFailed) as caught:
        await pair.complete(PROMPT, timeout_seconds=0.6)
    assert time.monotonic() - started < 1.0
    assert caught.value.reasons == ["OpenAI timed out", "Anthropic timed out"]


async def test_a_slow_writer_is_not_cut_off_at_its_share(
    openai_fake: FakeOpenAI, anthropic_fake: FakeAnthropic
) -> None:
    """13 words at 0.13 s take 1.7 s: more than the equal share of 1.5 s, less than what the reserve leaves."""
    openai_fake.slow(0.13)
    router = DraftingRouter([provider_for(openai_fake), provider_for(anthropic_fake)], timeout_seconds=3)
    assert (await router.complete(PROMPT)).provider == "openai"
    await router.close()


async def test_an_endless_writer_leaves_the_reserve(pair: DraftingRouter, openai_fake: FakeOpenAI) -> None:
    openai_fake.reply("word " * 500)
    openai_fake.slow(0.02)
    started = time.monotonic()
    assert (await pair.complete(PROMPT)).provider == "anthropic"
    assert 1.4 < time.monotonic() - started < 2


async def test_the_listener_is_told_to_start_over(pair: DraftingRouter, openai_fake: FakeOpenAI) -> None:
    openai_fake.reply("I can offer you half the price today")
    openai_fake.drop(after=4)
    heard = Heard()
    await pair.complete(PROMPT, on_text=heard)
    restart = heard.texts.index("")
    assert heard.texts[:restart][-1].startswith("I can")
    assert all(TEXT.startswith(text) for text in heard.texts[restart:])
    assert heard.texts[-1] == TEXT


async def test_the_listener_ends_with_nothing_where_all_fail(openai_fake: FakeOpenAI) -> None:
    openai_fake.cut(after=3)
    heard = Heard()
    with pytest.raises(AllProvidersFailed):
        await DraftingRouter([provider_for(openai_fake)]).complete(PROMPT, on_text=heard)
    assert heard.texts[-1] == ""


async def test_the_listeners_own_error_is_not_the_providers(
    pair: DraftingRouter, anthropic_fake: FakeAnthropic
) -> None:
    async def broken(_text: str) -> None:
        raise LookupError("the screen is gone")

    for _ in range(4):
        with pytest.raises(LookupError, match="the screen is gone"):
            await pair.complete(PROMPT, on_text=broken)
    assert anthropic_fake.requests == []
    assert (await pair.complete(PROMPT)).provider == "openai"


async def test_a_cancelled_draft_frees_the_connection(pair: DraftingRouter, openai_fake: FakeOpenAI) -> None:
    openai_fake.hang(times=1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(pair.complete(PROMPT), 0.2)
    assert (await pair.complete(PROMPT)).provider == "openai"


async def test_no_provider_fails_at_once() -> None:
    with pytest.raises(AllProvidersFailed) as caught:
        await DraftingRouter([]).complete(PROMPT)
    assert caught.value.reasons == []


async def test_a_base_url_alone_reaches_a_server_without_keys(openai_fake: FakeOpenAI) -> None:
    keyless = OpenAIProvider(None, openai_fake.base_url, "fake-1")
    assert await ask(keyless) == TEXT
    await keyless.close()
