"""Somebody who registers, for the tests of accounts."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import httpx

from api.services.house import House

PASSWORD = "tulips on the north wall"
ANA: dict[str, Any] = {"email": "Ana.Lopez@Example.com", "username": "Ana_L", "password": PASSWORD}
WRONG = {"email": ANA["email"], "password": "not it at all"}
RIGHT = {"email": ANA["email"], "password": PASSWORD}
FORM_HEADERS = {"Sec-Fetch-Site": "same-origin"}


async def register(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    """Register Ana, or somebody else by `changes`, and return the answer's data; drops the cookie."""
    answer = await client.post("/api/v1/auth/register", json={**ANA, **changes})
    assert answer.status_code == 201, answer.text
    client.cookies.clear()
    return answer.json()["data"]


def bearer(data: dict[str, Any]) -> dict[str, str]:
    """Return the header that proves who got this answer."""
    return {"Authorization": f"Bearer {data['access_token']}"}


def letters(house: House) -> list[Any]:
    """Return the mails in the outbox, the oldest first."""
    folder = Path(house.settings.mail_url.removeprefix("file://"))
    return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(folder.glob("*.eml"))]
