"""Log lines hold no secret and no personal data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from api.core.logging import REDACTED, redact


@pytest.mark.parametrize(
    "name", ["password", "refresh_token", "Authorization", "cookie", "api_key", "email", "content"]
)
def test_telling_names_are_redacted(name: str) -> None:
    assert redact(None, "info", {name: "x"}) == {name: REDACTED}


@pytest.mark.parametrize(
    "secret",
    [
        "dsk_abcdefgh12345678",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "sk-live-123456789",
        "ann@example.com",
        "user:pass",
    ],
)
def test_telling_values_are_redacted_anywhere(secret: str) -> None:
    text = f"postgresql://{secret}@host/db" if secret == "user:pass" else f"before {secret} after"
    told = redact(None, "info", {"event": text, "nested": {"list": [text]}, "wrapped": SecretStr(secret)})
    assert secret not in repr(told)


@given(st.dictionaries(st.sampled_from(["status", "path", "count"]), st.integers() | st.none()))
def test_plain_values_stay(event: dict[str, int | None]) -> None:
    assert redact(None, "info", event) == event
