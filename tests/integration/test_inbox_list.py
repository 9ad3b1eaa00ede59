"""The workspace's list: whom an overdue reply is owed to, and who of us had the last word."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.core.security import Actor
from api.services import conversations, inbox, overview
from api.services.house import House
from models.base import new_id, utc_now
from models.conversations import ConversationInput
from models.inbox import InboxQuery
from models.messages import MessageInput, Sender
from models.users import Role
from tests.conftest import SignIn

LATE = "UPDATE conversations SET waiting_since = %(at)s, last_message_at = %(at)s WHERE id = %(id)s RETURNING id"
TARGET_MIN = 20


async def asked(house: House, who: Actor, minutes_ago: float) -> UUID:
    """Open a conversation whose customer has waited for so many minutes."""
    wanted = {"customer": {"name": f"Ann {new_id().hex[:8]}"}, "source": "web", "message": {"content": "Hello?"}}
    async with house.unit(who) as uow:
        made = await conversations.create(uow, ConversationInput.model_validate(wanted))
    at = utc_now() - timedelta(minutes=minutes_ago)
    await house.database.fetch(LATE, {"id": made.id, "at": at})
    return made.id


async def listed(house: House, who: Actor, **told: Any) -> list[UUID]:
    """Return the ids of the list, page by page."""
    ids: list[UUID] = []
    cursor = None
    while True:
        query = InboxQuery.model_validate({"view": "waiting", "limit": 2, "cursor": cursor, **told})
        page = await inbox.inbox(house.database, who, query)
        ids += [UUID(str(row["id"])) for row in page.rows]
        if (cursor := page.next_cursor) is None:
            return ids


async def test_the_overdue_are_those_that_the_dashboard_counts(house: House, sign_in: SignIn) -> None:
    """Only who has waited longer than the target, on every page of the list, and the figure is the same."""
    admin = (await sign_in(Role.ADMIN)).actor
    late = [await asked(house, admin, TARGET_MIN + more) for more in (1, 5, 9, 300, 4_000)]
    soon = [await asked(house, admin, minutes) for minutes in (0, 10, TARGET_MIN - 1)]
    found = await listed(house, admin, overdue_min=TARGET_MIN)
    assert [one for one in found if one in late] == late
    assert not set(soon) & set(found)
    assert set(late) | set(soon) <= set(await listed(house, admin))
    target = house.settings.reply_target_min
    assert len(await listed(house, admin, overdue_min=target)) == (await overview.overdue(house, admin)).total


@pytest.mark.parametrize("view", [None, "unresolved", "drafts", "snoozed"])
async def test_overdue_narrows_every_view(house: House, sign_in: SignIn, view: str | None) -> None:
    """It is a filter, no view of its own: what it shows is a part of the view."""
    staff = (await sign_in(Role.STAFF)).actor
    await asked(house, staff, TARGET_MIN + 1)
    assert set(await listed(house, staff, view=view, overdue_min=TARGET_MIN)) <= set(
        await listed(house, staff, view=view)
    )


async def test_the_list_says_who_of_us_spoke_last(house: House, sign_in: SignIn) -> None:
    """The writer, not the owner; a customer's last word is nobody's of us."""
    ana, luis = await sign_in(Role.STAFF), await sign_in(Role.STAFF)
    ours, theirs = await asked(house, ana.actor, 1), await asked(house, ana.actor, 2)
    async with house.unit(luis.actor) as uow:
        await conversations.assign(uow, ours, ana.actor.user_id)
        await conversations.send(uow, ours, MessageInput(content="It is here.", sender=Sender.STAFF))
    page = await inbox.inbox(house.database, ana.actor, InboxQuery(view="unresolved", limit=100))
    rows = {UUID(str(row["id"])): row["last_message"] for row in (await inbox.with_speakers(house.database, page)).rows}
    assert rows[ours]["said_by"]["id"] == str(luis.actor.user_id)
    assert "said_by" not in rows[theirs]
