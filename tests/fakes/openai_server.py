"""OpenAI's chat completions over loopback: `with FakeOpenAI() as fake: … fake.base_url`."""

import json
from typing import Any

from tests.fakes.model_server import Asked, FakeModel, Fault, run


class FakeOpenAI(FakeModel):
    """Speaks POST /v1/chat/completions, streamed and whole."""

    path = "/v1/chat/completions"

    @property
    def base_url(self) -> str:
        """The address with its version, as OPENAI_BASE_URL holds it."""
        return f"http://127.0.0.1:{self.port}/v1"

    def _error_body(self, status: int) -> dict[str, Any]:
        return {"error": {"message": "sk-secret is over its quota", "type": "fake_error", "code": str(status)}}

    def _error_event(self) -> bytes:
        return _event(self._error_body(500))

    def _answer(self, asked: Asked, text: str) -> dict[str, Any]:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        return {**_frame(asked, "chat.completion"), "choices": [choice], "usage": _usage(asked, len(text.split()))}

    def _opening(self, asked: Asked) -> bytes:
        return _event(_chunk(asked, {"role": "assistant", "content": ""}))

    def _word(self, asked: Asked, word: str) -> bytes:
        return _event(_chunk(asked, {"content": word}))

    def _closing(self, asked: Asked, words: int, fault: Fault) -> bytes:
        events = [_event(_chunk(asked, {}, "length" if fault.kind == "truncate" else "stop"))]
        if asked.body.get("stream_options", {}).get("include_usage") and fault.kind != "no_usage":
            counts = {"choices": [], "usage": _usage(asked, words)}
            events.append(_event({**_frame(asked, "chat.completion.chunk"), **counts}))
        return b"".join([*events, b"data: [DONE]\n\n"])


def _event(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


def _frame(asked: Asked, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1_790_000_000, "model": asked.body["model"]}


def _chunk(asked: Asked, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {**_frame(asked, "chat.completion.chunk"), "choices": [choice]}


def _usage(asked: Asked, words: int) -> dict[str, int]:
    prompt = len(asked.prompt.split())
    return {"prompt_tokens": prompt, "completion_tokens": words, "total_tokens": prompt + words}


if __name__ == "__main__":
    run(FakeOpenAI)
