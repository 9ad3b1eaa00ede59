"""A webhook's secret is changed without a delivery lost: two sign for a day, then the new one alone."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from api.services import webhook_deliveries
from api.services.house import House
from models.base import utc_now
from models.users import Role
from tests.api.test_webhook_endpoints import ENDPOINTS, RunJobs, made
from tests.conftest import SignedIn, SignIn
from tests.conversing import opened
from tests.fakes.webhook_receiver import Received, WebhookReceiver


def signed_with(received: Received, *secrets: str) -> list[bool]:
    """Tell of each secret whether a receiver who knows it alone takes the delivery."""

    def taken(secret: str) -> bool:
        try:
            Webhook(secret).verify(received.body, received.headers)
        except WebhookVerificationError:
            return False
        return True

    return [taken(secret) for secret in secrets]


async def rotated(client: httpx.AsyncClient, admin: SignedIn, endpoint: dict[str, Any]) -> dict[str, Any]:
    """Give an endpoint a new secret and return the answer's data."""
    answer = await client.post(f"{ENDPOINTS}/{endpoint['id']}/secret", headers=admin.headers)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), answer.text
    return answer.json()["data"]


async def test_for_a_day_both_secrets_sign_and_then_the_new_one_alone(
    client: httpx.AsyncClient,
    open_to_loopback: House,
    sign_in: SignIn,
    receiver: WebhookReceiver,
    work: RunJobs,
) -> None:
    admin = await sign_in(Role.ADMIN)
    first = await made(client, admin, receiver.url)
    before = utc_now()
    second = await rotated(client, admin, first)
    assert second["secret"] != first["secret"]
    until = second["old_secret_until"]
    assert str(before + timedelta(hours=24))[:16] <= until.replace("T", " ")[:16]
    await opened(client, admin)
    await work()
    assert signed_with(receiver.received[0], first["secret"], second["secret"]) == [True, True]
    assert receiver.received[0].headers["webhook-signature"].count("v1,") == 2
    await open_to_loopback.database.fetch(
        "UPDATE webhook_endpoints SET old_secret_until = now() - interval '1 second' RETURNING id"
    )
    await opened(client, admin)
    await work()
    assert signed_with(receiver.received[-1], first["secret"], second["secret"]) == [False, True]
    shown = (await client.get(f"{ENDPOINTS}/{first['id']}", headers=admin.headers)).json()["data"]
    assert shown["old_secret_until"] is None
    await webhook_deliveries.purge(open_to_loopback)
    left = await open_to_loopback.database.fetch("SELECT old_secret, old_secret_until FROM webhook_endpoints")
    assert left == [{"old_secret": None, "old_secret_until": None}]


async def test_a_delivery_that_waited_is_signed_with_what_signs_when_it_goes(
    client: httpx.AsyncClient,
    sign_in: SignIn,
    receiver: WebhookReceiver,
    work: RunJobs,
) -> None:
    admin = await sign_in(Role.ADMIN)
    first = await made(client, admin, receiver.url)
    receiver.fault = 500
    await opened(client, admin)
    await work()
    second = await rotated(client, admin, first)
    receiver.fault = None
    await work()
    early, late = receiver.received
    assert signed_with(early, first["secret"], second["secret"]) == [True, False]
    assert signed_with(late, first["secret"], second["secret"]) == [True, True]


async def test_the_old_one_can_be_ended_before_and_a_third_ends_the_first(
    client: httpx.AsyncClient,
    open_to_loopback: House,
    sign_in: SignIn,
    receiver: WebhookReceiver,
    work: RunJobs,
) -> None:
    admin = await sign_in(Role.ADMIN)
    first = await made(client, admin, receiver.url)
    second = await rotated(client, admin, first)
    third = await rotated(client, admin, first)
    secrets = [each["secret"] for each in (first, second, third)]
    stored = str(await open_to_loopback.database.fetch("SELECT secret, old_secret FROM webhook_endpoints"))
    trail = (await client.get("/api/v1/admin/audit", headers=admin.headers)).text
    assert not any(secret[6:] in stored + trail for secret in secrets)
    await opened(client, admin)
    await work()
    assert signed_with(receiver.received[-1], *secrets) == [False, True, True]
    for _ in range(2):
        ended = await client.delete(f"{ENDPOINTS}/{first['id']}/old-secret", headers=admin.headers)
        assert ended.status_code == 204, ended.text
    await opened(client, admin)
    await work()
    assert signed_with(receiver.received[-1], *secrets) == [False, False, True]
    trail = (
        await client.get("/api/v1/admin/audit?action=webhook_endpoint:end_old_secret", headers=admin.headers)
    ).json()
    assert len(trail["data"]) == 1


@pytest.mark.parametrize(("method", "part"), [("POST", "secret"), ("DELETE", "old-secret")])
async def test_no_endpoint_no_secret(client: httpx.AsyncClient, sign_in: SignIn, method: str, part: str) -> None:
    admin = await sign_in(Role.ADMIN)
    path = f"{ENDPOINTS}/0192f0c1-7b3a-7000-8000-000000000000/{part}"
    assert (await client.request(method, path, headers=admin.headers)).status_code == 404
