"""OpenAI's chat completions, and every server that speaks them (by base URL)."""

from collections.abc import AsyncGenerator, Sequence

from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError, AsyncOpenAI, Timeout, omit
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from api.integrations.drafting.protocol import ChatMessage, ProviderError
from api.integrations.drafting.streams import CONNECT_SECONDS, SILENCE_SECONDS, Piece, StreamedProvider

OPENAI_URL = "https://api.openai.com/v1"
NO_KEY = "none"
"""Local servers want no key, but the library refuses to be without."""


class OpenAIProvider(StreamedProvider):
    """Chat completions over the official library, whose own retries are off."""

    name = "openai"
    label = "OpenAI"
    finished = frozenset({"stop", "eos", "eos_token", "stop_sequence", "end_turn"})
    """`stop` is OpenAI's; the others are what compatible servers call the same thing."""

    def __init__(self, api_key: str | None, base_url: str | None, model: str) -> None:
        super().__init__(model)
        url = base_url or OPENAI_URL
        # Newer models of OpenAI's refuse `max_tokens`; compatible servers often know nothing else.
        self._is_openai = url.rstrip("/") == OPENAI_URL
        self._client = AsyncOpenAI(
            api_key=api_key or NO_KEY,
            base_url=url,
            timeout=Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
            max_retries=0,
        )

    async def _pieces(self, messages: Sequence[ChatMessage], max_tokens: int) -> AsyncGenerator[Piece, None]:
        stream = await self._client.chat.completions.create(
            model=self.model,
            messages=[_turn(message) for message in messages],
            max_completion_tokens=max_tokens if self._is_openai else omit,
            max_tokens=omit if self._is_openai else max_tokens,
            stream=True,
            stream_options={"include_usage": True},
        )
        async with stream:
            self._require_stream(stream.response.headers.get("content-type", ""))
            async for chunk in stream:
                yield _piece(chunk)

    def _explain(self, error: Exception) -> ProviderError:
        match error:
            case APITimeoutError():
                return self._error("timed out")
            case APIConnectionError():
                return self._error("could not be reached or hung up")
            case APIStatusError():
                return self._status_error(error.status_code)
            case APIError():
                return self._error("reported an error in mid-answer")
            case _:
                return self._error("sent something that is not an answer")

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()


def _turn(message: ChatMessage) -> ChatCompletionMessageParam:
    match message.role:
        case "system":
            return {"role": "system", "content": message.content}
        case "assistant":
            return {"role": "assistant", "content": message.content}
        case "user":
            return {"role": "user", "content": message.content}


def _piece(chunk: ChatCompletionChunk) -> Piece:
    """Read one chunk; the last one carries the token counts and no choice."""
    choice = chunk.choices[0] if chunk.choices else None
    return Piece(
        text=(choice.delta.content or "") if choice else "",
        finish_reason=choice.finish_reason if choice else None,
        input_tokens=chunk.usage.prompt_tokens if chunk.usage else None,
        output_tokens=chunk.usage.completion_tokens if chunk.usage else None,
    )


__all__ = ["OPENAI_URL", "OpenAIProvider"]
