"""What all adapters share: gather a stream into a Completion, and refuse whatever is not a whole answer."""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from api.integrations.drafting.protocol import ChatMessage, Completion, OnText, ProviderError

CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 60.0
"""The libraries' own limits, for callers without a deadline; the router's is far shorter."""

WEB_PAGE_STARTS = ("<!doctype", "<html")


@dataclass(frozen=True)
class Piece:
    """One step of a stream; None means that this step tells nothing about it."""

    text: str = ""
    finish_reason: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None


class StreamedProvider(ABC):
    """A provider whose adapter only has to translate its vendor's stream and errors."""

    name: str
    label: str
    finished: frozenset[str]
    """The finish reasons of a whole answer; any other means cut short, filtered or refused."""

    def __init__(self, model: str) -> None:
        self.model = model

    @abstractmethod
    def _pieces(self, messages: Sequence[ChatMessage], max_tokens: int) -> AsyncGenerator[Piece, None]:
        """Ask the vendor, and yield the answer as it arrives."""

    @abstractmethod
    def _explain(self, error: Exception) -> ProviderError:
        """Translate whatever the vendor's library raised."""

    async def complete(
        self, messages: Sequence[ChatMessage], *, max_tokens: int, on_text: OnText | None = None
    ) -> Completion:
        """Stream an answer to its end, telling `on_text` the whole text so far at each step.

        What `on_text` raises comes out as it is: the listener's trouble is not the provider's.

        Raises:
            ProviderError: refused, broken, cut off, empty, or no text at all.
        """
        started = time.monotonic()
        text, last = "", Piece()
        async with aclosing(self._guarded(messages, max_tokens)) as pieces:
            async for piece in pieces:
                last = _merged(last, piece)
                if piece.text:
                    text += piece.text
                    if on_text is not None:
                        await on_text(text)
        finish_reason = self._require_whole(text, last.finish_reason)
        return Completion(
            text=text.strip(),
            finish_reason=finish_reason,
            provider=self.name,
            model=self.model,
            input_tokens=last.input_tokens or 0,
            output_tokens=last.output_tokens or 0,
            latency_ms=round((time.monotonic() - started) * 1000),
        )

    async def _guarded(self, messages: Sequence[ChatMessage], max_tokens: int) -> AsyncGenerator[Piece, None]:
        try:
            async for piece in self._pieces(messages, max_tokens):
                yield piece
        except ProviderError:
            raise
        except Exception as error:
            raise self._explain(error) from error

    def _require_whole(self, text: str, finish_reason: str | None) -> str:
        if finish_reason is None:
            raise self._error("ended without a finish reason" if text else "sent no answer")
        if finish_reason not in self.finished:
            raise self._error("stopped before the answer was whole", counts=False)
        if not text.strip():
            raise self._error("sent an empty answer")
        if text.lstrip().lower().startswith(WEB_PAGE_STARTS):
            raise self._error("sent a web page in place of an answer")
        return finish_reason

    def _require_stream(self, content_type: str) -> None:
        if "html" in content_type:
            raise self._error("sent a web page in place of an answer")

    def _error(self, what: str, *, counts: bool = True) -> ProviderError:
        return ProviderError(self.name, f"{self.label} {what}", counts=counts)

    def _status_error(self, status: int) -> ProviderError:
        """Explain an HTTP status; 400, 413 and 422 speak of this request and not of the provider's health."""
        return self._error(f"answered {status}", counts=status not in (400, 413, 422))


def _merged(last: Piece, piece: Piece) -> Piece:
    return Piece(
        finish_reason=piece.finish_reason or last.finish_reason,
        input_tokens=last.input_tokens if piece.input_tokens is None else piece.input_tokens,
        output_tokens=last.output_tokens if piece.output_tokens is None else piece.output_tokens,
    )


__all__ = ["CONNECT_SECONDS", "SILENCE_SECONDS", "Piece", "StreamedProvider"]
