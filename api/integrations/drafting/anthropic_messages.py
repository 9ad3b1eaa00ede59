"""Anthropic's messages API."""

from collections.abc import AsyncGenerator, Sequence

from anthropic import APIConnectionError, APIStatusError, APITimeoutError, AsyncAnthropic, Timeout, omit
from anthropic.types import MessageParam, RawMessageDeltaEvent, RawMessageStreamEvent

from api.integrations.drafting.protocol import ChatMessage, ProviderError
from api.integrations.drafting.streams import CONNECT_SECONDS, SILENCE_SECONDS, Piece, StreamedProvider

ANTHROPIC_URL = "https://api.anthropic.com"


class AnthropicProvider(StreamedProvider):
    """Messages over the official library, whose own retries are off."""

    name = "anthropic"
    label = "Anthropic"
    finished = frozenset({"end_turn", "stop_sequence"})

    def __init__(self, api_key: str, base_url: str | None, model: str) -> None:
        super().__init__(model)
        self._client = AsyncAnthropic(
            api_key=api_key,
            base_url=base_url or ANTHROPIC_URL,
            timeout=Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
            max_retries=0,
        )

    async def _pieces(self, messages: Sequence[ChatMessage], max_tokens: int) -> AsyncGenerator[Piece, None]:
        stream = await self._client.messages.create(
            model=self.model,
            max_tokens=max_tokens,
            system="\n\n".join(m.content for m in messages if m.role == "system") or omit,
            messages=[_turn(m) for m in messages if m.role != "system"],
            stream=True,
        )
        async with stream:
            self._require_stream(stream.response.headers.get("content-type", ""))
            async for event in stream:
                yield _piece(event)

    def _explain(self, error: Exception) -> ProviderError:
        match error:
            case APITimeoutError():
                return self._error("timed out")
            case APIStatusError() if error.status_code < 400:
                # An error event within a stream: the HTTP status had been 200 long before.
                return self._error("reported an error in mid-answer")
            case APIStatusError():
                return self._status_error(error.status_code)
            case APIConnectionError():
                return self._error("could not be reached or hung up")
            case _ if type(error).__module__.startswith(("httpx2", "httpcore2")):
                # Unlike OpenAI's, this library lets transport errors through once the stream runs.
                return self._error("hung up in mid-answer")
            case _:
                return self._error("sent something that is not an answer")

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()


def _turn(message: ChatMessage) -> MessageParam:
    if message.role == "assistant":
        return {"role": "assistant", "content": message.content}
    return {"role": "user", "content": message.content}


def _piece(event: RawMessageStreamEvent) -> Piece:
    """Read one event; what is no text of the answer (thinking, tool calls, pings) tells nothing."""
    match event.type:
        case "message_start":
            return Piece(input_tokens=event.message.usage.input_tokens if event.message.usage else None)
        case "content_block_delta" if event.delta.type == "text_delta":
            return Piece(text=event.delta.text)
        case "message_delta":
            return _ending(event)
        case _:
            return Piece()


def _ending(event: RawMessageDeltaEvent) -> Piece:
    usage = event.usage
    return Piece(
        finish_reason=event.delta.stop_reason,
        input_tokens=usage.input_tokens if usage else None,
        output_tokens=usage.output_tokens if usage else None,
    )


__all__ = ["ANTHROPIC_URL", "AnthropicProvider"]
