"""Webhook endpoints over the whole application, and deliveries to a real server with faults."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from api.services.house import House
from api.services.webhook_deliveries import WAITS
from models.users import Role
from tests.conftest import SignedIn, SignIn
from tests.conversing import opened
from tests.fakes.webhook_receiver import WebhookReceiver

ENDPOINTS = "/api/v1/webhook-endpoints"
RunJobs = Callable[[], Awaitable[None]]


async def made(client: httpx.AsyncClient, admin: SignedIn, url: str, *events: str) -> dict[str, Any]:
    """Make an endpoint and return it, with its secret."""
    body = {"url": url, "events": list(events or ("message.created",)), "description": "Warehouse"}
    answer = await client.post(ENDPOINTS, json=body, headers=admin.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def deliveries(client: httpx.AsyncClient, admin: SignedIn, endpoint: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an endpoint's deliveries, the newest first."""
    answer = await client.get(f"{ENDPOINTS}/{endpoint['id']}/deliveries", headers=admin.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_an_endpoint_is_made_shown_changed_and_deleted(
    client: httpx.AsyncClient, open_to_loopback: House, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, "https://hooks.example.com/in", "message.created", "draft.updated")
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", endpoint["secret"])
    path = f"{ENDPOINTS}/{endpoint['id']}"
    shown = (await client.get(path, headers=admin.headers)).json()["data"]
    assert "secret" not in shown
    assert shown == {key: value for key, value in endpoint.items() if key != "secret"}
    listed = (await client.get(ENDPOINTS, headers=admin.headers)).json()
    assert [row["id"] for row in listed["data"]] == [endpoint["id"]]
    stored = await open_to_loopback.database.fetch("SELECT secret FROM webhook_endpoints")
    assert endpoint["secret"] not in str(stored)
    patched = await client.patch(path, json={"events": ["customer.updated"]}, headers=admin.headers)
    assert patched.json()["data"]["events"] == ["customer.updated"]
    assert (await client.patch(path, json={"events": None}, headers=admin.headers)).status_code == 400
    trail = (await client.get("/api/v1/admin/audit", headers=admin.headers)).text
    assert endpoint["secret"][6:] not in trail
    assert "webhook_endpoint:update" in trail
    assert (await client.delete(path, headers=admin.headers)).status_code == 204
    assert (await client.get(path, headers=admin.headers)).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/in",
        "ftp://hooks.example.com/in",
        "https://",
        "hooks.example.com",
        "https://user:pass@hooks.example.com/in",
        "https://hooks.example.com/in#part",
        "https://hooks.example.com:99999/in",
        "https://127.0.0.1/in",
        "https://127.1/in",
        "https://2130706433/in",
        "https://localhost:8443/in",
        "https://[::1]/in",
        "https://[::ffff:10.0.0.1]/in",
        "https://169.254.169.254/latest/meta-data",
        "https://10.1.2.3/in",
        "https://100.64.0.1/in",
        "https://[fd00:ec2::254]/in",
        "https://0/in",
    ],
)
async def test_an_inner_or_plain_address_is_refused(client: httpx.AsyncClient, sign_in: SignIn, url: str) -> None:
    admin = await sign_in(Role.ADMIN)
    body = {"url": url, "events": ["message.created"]}
    answer = await client.post(ENDPOINTS, json=body, headers=admin.headers)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["field"] == "body.url"


async def test_an_address_that_turns_inward_later_is_not_reached(
    client: httpx.AsyncClient,
    house: House,
    open_to_loopback: House,
    sign_in: SignIn,
    receiver: WebhookReceiver,
    run_jobs: RunJobs,
) -> None:
    """The check is made at each connection, on the very address that is connected to: no name can change in between."""
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, receiver.url)
    await opened(client, admin)
    assert not house.webhooks.allow_private
    await run_jobs()
    (delivery,) = await deliveries(client, admin, endpoint)
    assert (delivery["status"], delivery["attempts"]) == ("pending", 1)
    assert delivery["error"] == "the name leads to an inner address"
    assert receiver.received == []


async def test_a_message_is_told_signed_and_without_its_words(
    client: httpx.AsyncClient, sign_in: SignIn, receiver: WebhookReceiver, work: RunJobs
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, receiver.url)
    await made(client, admin, receiver.url + "/other", "customer.updated")
    conversation = await opened(client, admin, message={"content": "My secret wish"})
    await work()
    (received,) = receiver.received
    told = Webhook(endpoint["secret"]).verify(received.body, received.headers)
    assert told["type"] == "message.created"
    assert told["data"] == {
        "conversation_id": conversation["id"],
        "id": conversation["last_message"]["id"],
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", told["timestamp"])
    assert b"wish" not in received.body
    (delivery,) = await deliveries(client, admin, endpoint)
    assert received.headers["webhook-id"] == f"msg_{delivery['id']}"
    assert (delivery["status"], delivery["attempts"], delivery["response_status"]) == ("delivered", 1, 200)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint["secret"]).verify(received.body + b" ", received.headers)


async def test_what_is_refused_is_told_to_nobody(
    client: httpx.AsyncClient, open_to_loopback: House, sign_in: SignIn, receiver: WebhookReceiver
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, receiver.url, "message.created", "conversation.updated")
    conversation = await opened(client, admin)
    before = len(await deliveries(client, admin, endpoint))
    assert before
    stale = {"content": "x", "sender": "staff", "last_seen_message_id": endpoint["id"]}
    path = f"/api/v1/conversations/{conversation['id']}/messages"
    assert (await client.post(path, json=stale, headers=admin.headers)).status_code == 409
    assert len(await deliveries(client, admin, endpoint)) == before


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        (500, 500, None),
        (429, 429, None),
        ("hang", None, "no whole answer within 0.5 s"),
        ("drip", None, "no whole answer within 0.5 s"),
        ("break", None, "what came back is no HTTP|the connection broke off"),
        ("redirect", 307, "redirects are not followed"),
    ],
)
async def test_a_fault_is_tried_again_until_it_is_gone(
    client: httpx.AsyncClient,
    sign_in: SignIn,
    receiver: WebhookReceiver,
    work: RunJobs,
    fault: int | str,
    status: int | None,
    error: str | None,
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, receiver.url)
    await opened(client, admin)
    with WebhookReceiver() as inner:
        receiver.fault, receiver.redirect_to = fault, inner.url
        await work()
        assert inner.received == []
    (delivery,) = await deliveries(client, admin, endpoint)
    assert (delivery["status"], delivery["attempts"], delivery["response_status"]) == ("pending", 1, status)
    assert re.fullmatch(error or "None", str(delivery["error"]))
    assert delivery["next_attempt_at"] > delivery["last_attempt_at"]
    receiver.fault = None
    await work()
    (delivery,) = await deliveries(client, admin, endpoint)
    assert (delivery["status"], delivery["attempts"], delivery["error"]) == ("delivered", 2, None)
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    Webhook(endpoint["secret"]).verify(second.body, second.headers)


async def test_an_endless_answer_is_read_to_a_bound(
    client: httpx.AsyncClient, sign_in: SignIn, receiver: WebhookReceiver, work: RunJobs
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, receiver.url)
    await opened(client, admin)
    receiver.fault = "huge"
    await work()
    (delivery,) = await deliveries(client, admin, endpoint)
    assert delivery["status"] == "delivered"
    assert receiver.sent_bytes < 32 * 1024 * 1024


async def test_a_dead_endpoint_is_disabled_told_and_taken_up_again(
    client: httpx.AsyncClient, sign_in: SignIn, receiver: WebhookReceiver, work: RunJobs
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, receiver.url)
    path = f"{ENDPOINTS}/{endpoint['id']}"
    await opened(client, admin)
    receiver.fault = 503
    for _ in range(len(WAITS) + 1):
        await work()
    assert len(receiver.received) == len(WAITS) + 1
    (delivery,) = await deliveries(client, admin, endpoint)
    assert (delivery["status"], delivery["attempts"], delivery["next_attempt_at"]) == ("failed", len(WAITS) + 1, None)
    shown = (await client.get(path, headers=admin.headers)).json()["data"]
    assert (shown["status"], shown["disabled_reason"]) == ("disabled", "It took nothing in 8 tries of a delivery.")
    notices = (await client.get("/api/v1/notifications", headers=admin.headers)).json()["data"]
    assert [notice["kind"] for notice in notices] == ["webhook_endpoint.disabled"]
    await opened(client, admin)
    assert len(await deliveries(client, admin, endpoint)) == 1
    again = f"{path}/deliveries/{delivery['id']}/replay"
    assert (await client.post(again, headers=admin.headers)).status_code == 409
    await client.patch(path, json={"status": "active"}, headers=admin.headers)
    receiver.fault = None
    replayed = await client.post(again, headers=admin.headers)
    assert (replayed.status_code, replayed.json()["data"]["status"]) == (202, "pending")
    await work()
    (delivery,) = await deliveries(client, admin, endpoint)
    assert (delivery["status"], delivery["attempts"]) == ("delivered", 1)


async def test_gone_means_gone(
    client: httpx.AsyncClient, sign_in: SignIn, receiver: WebhookReceiver, work: RunJobs
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint = await made(client, admin, receiver.url)
    await opened(client, admin)
    await opened(client, admin)
    receiver.fault = 410
    await work()
    assert len(receiver.received) == 1
    shown = (await client.get(f"{ENDPOINTS}/{endpoint['id']}", headers=admin.headers)).json()["data"]
    assert shown["status"] == "disabled"
    assert {row["status"] for row in await deliveries(client, admin, endpoint)} == {"failed"}


async def test_a_paused_platform_sends_nothing_and_loses_nothing(
    client: httpx.AsyncClient, sign_in: SignIn, receiver: WebhookReceiver, work: RunJobs
) -> None:
    admin = await sign_in(Role.ADMIN)
    await made(client, admin, receiver.url)
    flag = "/api/v1/admin/flags/webhooks.paused"
    await client.patch(flag, json={"enabled": True}, headers=admin.headers)
    await opened(client, admin)
    await work()
    assert receiver.received == []
    await client.patch(flag, json={"enabled": False}, headers=admin.headers)
    await work()
    assert len(receiver.received) == 1


async def test_deliveries_page_filter_and_belong_to_their_endpoint(
    client: httpx.AsyncClient, sign_in: SignIn, receiver: WebhookReceiver, work: RunJobs
) -> None:
    admin = await sign_in(Role.ADMIN)
    endpoint, other = await made(client, admin, receiver.url), await made(client, admin, receiver.url)
    for _ in range(3):
        await opened(client, admin)
    path = f"{ENDPOINTS}/{endpoint['id']}/deliveries"
    first = (await client.get(f"{path}?limit=2", headers=admin.headers)).json()
    rest = await client.get(f"{path}?limit=2&cursor={first['meta']['next_cursor']}", headers=admin.headers)
    assert len(first["data"]) + len(rest.json()["data"]) == 3
    assert (await client.get(f"{path}?status=failed", headers=admin.headers)).json()["data"] == []
    foreign = f"{ENDPOINTS}/{other['id']}/deliveries/{first['data'][0]['id']}/replay"
    assert (await client.post(foreign, headers=admin.headers)).status_code == 404
    await work()
    assert len(receiver.received) == 6
