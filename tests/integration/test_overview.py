"""The administrators' home: figures beside those of the period before, who waits too long, what ends soon."""

from datetime import timedelta
from typing import Any

import pytest

from api.core.errors import ForbiddenError, UnauthorizedError
from api.core.pagination import PageRequest
from api.core.security import Actor
from api.services import flags, overview, webhook_endpoints
from api.services.house import House
from models.base import new_id, utc_now
from models.flags import FlagPatch, FlagStage
from models.users import Role
from models.webhook_endpoints import EndpointStatus, WebhookEndpoint, WebhookEndpointPatch
from tests.conftest import SignIn

ASKED = """
WITH p AS (INSERT INTO customers (id, created_at, updated_at, name, do_not_contact)
           VALUES (%(customer)s, now(), now(), %(name)s, false))
INSERT INTO conversations (id, created_at, updated_at, customer_id, source, subject, status, priority, priority_rank,
    labels, last_message_at, waiting_since, snoozed_until, metadata, clock_at, version)
VALUES (%(id)s, %(at)s, now(), %(customer)s, 'web', '', %(status)s, 'normal', 1, '{}', %(at)s, %(waiting)s, %(snoozed)s,
    '{}', %(at)s, 1)
RETURNING id
"""
SAID = """
INSERT INTO messages (id, created_at, updated_at, conversation_id, sender, content, state, internal,
    sent_at, ordered_at)
VALUES (%(id)s, %(at)s, %(at)s, %(conversation)s, %(sender)s, 'x', 'sent', %(internal)s, %(at)s, %(at)s) RETURNING id
"""


async def began(house: House, days_ago: float, **more: Any) -> str:
    """Make a conversation that began some days ago; `more` are its columns, `name` its customer's."""
    at = utc_now() - timedelta(days=days_ago)
    row = {"id": new_id(), "customer": new_id(), "at": at, "name": "Ann", "status": "open"}
    found = await house.database.fetch(ASKED, {**row, "waiting": None, "snoozed": None, **more})
    return found[0]["id"]


async def said(house: House, conversation: str, sender: str, days_ago: float, minutes: float = 0, **more: Any) -> None:
    """Say something in a conversation, some minutes after a moment some days ago."""
    at = utc_now() - timedelta(days=days_ago) + timedelta(minutes=minutes)
    row = {"id": new_id(), "conversation": conversation, "sender": sender, "at": at, "internal": False}
    await house.database.fetch(SAID, {**row, **more})


async def test_a_period_stands_beside_the_one_before(house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    for days_ago, minutes in ((0.5, 4), (1.5, 40), (8.5, 10)):
        conversation = await began(house, days_ago)
        await said(house, conversation, "customer", days_ago)
        await said(house, conversation, "staff", days_ago, 1, internal=True)
        await said(house, conversation, "staff", days_ago, minutes)
    await said(house, await began(house, 2.5), "customer", 2.5)
    await said(house, await began(house, 0.001), "customer", 0.001)
    await began(house, 15)
    view = await overview.figures(house, admin.actor, 7)
    assert (view.conversations.now, view.conversations.before) == (4, 1)
    assert view.conversations.days == [0, 0, 0, 0, 1, 1, 2]
    assert (view.first_reply_s.now, view.first_reply_s.before) == (
        pytest.approx(22 * 60, abs=1),
        pytest.approx(10 * 60, abs=1),
    )
    assert view.first_reply_s.days[-3:] == [None, pytest.approx(40 * 60, abs=1), pytest.approx(4 * 60, abs=1)]
    # of those answered or already late: 4 min in time, 40 min and never not; the newest still has time
    assert (view.on_time.now, view.on_time.before) == (pytest.approx(1 / 3), 1)
    assert view.drafts_sent.now is None
    assert (view.sign_ups.now, view.sign_ups.before) == (1, 0)


async def test_who_waits_past_the_target_the_longest_first(house: House, sign_in: SignIn) -> None:
    admin, now = await sign_in(Role.ADMIN), utc_now()
    for name, minutes, more in (
        ("Late", 20, {}),
        ("Later", 90, {}),
        ("In time", 5, {}),
        ("Settled", 90, {"status": "resolved"}),
        ("Put aside", 90, {"snoozed": now + timedelta(hours=1)}),
    ):
        await began(house, 1, name=name, waiting=now - timedelta(minutes=minutes), **more)
    need = await overview.overdue(house, admin.actor)
    assert (need.total, [one.name for one in need.first]) == (2, ["Later", "Late"])


async def test_suspensions_that_end_within_a_week(house: House, sign_in: SignIn) -> None:
    admin, now = await sign_in(Role.ADMIN), utc_now()
    for name, days in (("Over", -1), ("Soon", 2), ("Sooner", 1), ("Later", 9), ("Never", None)):
        until = now + timedelta(days=days) if days is not None else None
        await sign_in(Role.USER, display_name=name, status="suspended", suspended_until=until)
    need = await overview.suspensions_that_end(house, admin.actor)
    assert (need.total, [one.name for one in need.first]) == (2, ["Sooner", "Soon"])


async def test_flags_by_stage_and_endpoints_by_status(house: House, sign_in: SignIn) -> None:
    admin, now = (await sign_in(Role.ADMIN)).actor, utc_now()
    made = {"on": (True, 60), "off": (False, 2), "ending": (True, 2)}
    async with house.unit(admin) as uow:
        for name, (enabled, days) in made.items():
            await flags.change(uow, name, FlagPatch(enabled=enabled, expires_at=now + timedelta(days=days)))
    await house.database.fetch(
        "INSERT INTO feature_flags (id, created_at, updated_at, name, enabled, description, owner, expires_at) "
        "VALUES (gen_random_uuid(), now(), now(), 'over', true, '', 'x', now() - interval '1 day') RETURNING id"
    )
    expected = {"on": {"on", "ending"}, "off": {"off"}, "ending": {"ending", "over"}, "expired": {"over"}}
    async with house.unit(admin) as uow:
        for stage, names in expected.items():
            page = await flags.page(uow, PageRequest("name", 10, include_total=True), FlagStage(stage))
            assert ({flag.name for flag in page.rows}, page.total) == (names, len(names))
        for url in ("https://a.example", "https://b.example"):
            await uow.endpoints.add(WebhookEndpoint(url=url, events=[], secret=uow.sealer.seal("x")))
        every = await webhook_endpoints.page(uow, PageRequest("-created_at", 10))
        off = WebhookEndpointPatch(status=EndpointStatus.DISABLED)
        await webhook_endpoints.change(uow, every.rows[0].id, off)
        page = await webhook_endpoints.page(uow, PageRequest("-created_at", 10), EndpointStatus.DISABLED)
        assert [row.id for row in page.rows] == [every.rows[0].id]


async def test_a_rotated_secret_is_kept_sealed_beside_the_old_one(house: House, sign_in: SignIn) -> None:
    admin = (await sign_in(Role.ADMIN)).actor
    async with house.unit(admin) as uow:
        endpoint = await uow.endpoints.add(WebhookEndpoint(url="https://a.example", events=[], secret=""))
        new = await webhook_endpoints.rotate_secret(uow, endpoint.id)
        stored = await uow.endpoints.require(endpoint.id)
        assert uow.sealer.open_sealed(stored.secret) == new.secret
    trail = await house.database.fetch("SELECT action, before, after FROM audit_entries WHERE target LIKE %s", ["web%"])
    assert trail == [{"action": "webhook_endpoint:rotate", "before": None, "after": None}]


@pytest.mark.parametrize("role", [None, Role.USER, Role.CREATOR, Role.STAFF, Role.MODERATOR])
async def test_nobody_else_is_told(house: House, sign_in: SignIn, role: Role | None) -> None:
    actor = (await sign_in(role)).actor if role else Actor.anonymous()
    refused = (ForbiddenError, UnauthorizedError)
    with pytest.raises(refused):
        await overview.figures(house, actor, 7)
    with pytest.raises(refused):
        await overview.overdue(house, actor)
    with pytest.raises(refused):
        await overview.suspensions_that_end(house, actor)
    async with house.unit(actor) as uow:
        with pytest.raises(refused):
            await webhook_endpoints.rotate_secret(uow, new_id())
        with pytest.raises(refused):
            await webhook_endpoints.end_old_secret(uow, new_id())
