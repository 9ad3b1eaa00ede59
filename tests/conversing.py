"""Talk to the conversation routes: open one, say something in it."""

from typing import Any

import httpx

from tests.conftest import SignedIn

CONVERSATIONS = "/api/v1/conversations"


async def opened(client: httpx.AsyncClient, who: SignedIn, **changes: Any) -> dict[str, Any]:
    """Open a conversation over HTTP and return it."""
    body = {
        "customer": {"name": "Marisol Vega", "email": "marisol@example.com"},
        "subject": "RAV4",
        "source": "web",
        "message": {"content": "Is the RAV4 still there?"},
        **changes,
    }
    answer = await client.post(CONVERSATIONS, json=body, headers=who.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def say(client: httpx.AsyncClient, who: SignedIn, conversation: str, content: str, **changes: Any) -> Any:
    """Send a message and return the answer."""
    body = {"content": content, "sender": "staff", **changes}
    return await client.post(f"{CONVERSATIONS}/{conversation}/messages", json=body, headers=who.headers)
