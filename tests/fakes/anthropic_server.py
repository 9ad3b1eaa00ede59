"""Anthropic's messages over loopback: `with FakeAnthropic() as fake: … fake.base_url`."""

import json
from typing import Any

from tests.fakes.model_server import Asked, FakeModel, Fault, run

ERROR_TYPES = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error", 529: "overloaded_error"}


class FakeAnthropic(FakeModel):
    """Speaks POST /v1/messages, streamed and whole."""

    path = "/v1/messages"

    @property
    def base_url(self) -> str:
        """The address without a version, as ANTHROPIC_BASE_URL holds it."""
        return f"http://127.0.0.1:{self.port}"

    def _error_body(self, status: int) -> dict[str, Any]:
        error = {"type": ERROR_TYPES.get(status, "api_error"), "message": "sk-ant-secret is over its quota"}
        return {"type": "error", "error": error}

    def _error_event(self) -> bytes:
        return _event(self._error_body(529))

    def _answer(self, asked: Asked, text: str) -> dict[str, Any]:
        usage = {**_input(asked), "output_tokens": len(text.split())}
        content = [{"type": "text", "text": text}]
        return {**_frame(asked), "content": content, "stop_reason": "end_turn", "usage": usage}

    def _opening(self, asked: Asked) -> bytes:
        block = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
        started = {**_frame(asked), "usage": {**_input(asked), "output_tokens": 1}}
        return _event({"type": "message_start", "message": started}) + _event(block) + _event({"type": "ping"})

    def _word(self, asked: Asked, word: str) -> bytes:
        return _event({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}})

    def _closing(self, asked: Asked, words: int, fault: Fault) -> bytes:
        reason = "max_tokens" if fault.kind == "truncate" else "end_turn"
        ending: dict[str, Any] = {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None}}
        if fault.kind != "no_usage":
            ending["usage"] = {"output_tokens": words}
        events = [{"type": "content_block_stop", "index": 0}, ending, {"type": "message_stop"}]
        return b"".join(_event(event) for event in events)


def _event(data: dict[str, Any]) -> bytes:
    return f"event: {data['type']}\ndata: {json.dumps(data)}\n\n".encode()


def _frame(asked: Asked) -> dict[str, Any]:
    fixed = {"id": "msg_1", "type": "message", "role": "assistant", "content": [], "stop_reason": None}
    return {**fixed, "stop_sequence": None, "model": asked.body["model"]}


def _input(asked: Asked) -> dict[str, int]:
    return {"input_tokens": len(asked.prompt.split())}


if __name__ == "__main__":
    run(FakeAnthropic)
