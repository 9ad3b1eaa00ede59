"""One change to many conversations, its undoing, and marks set back, against the real database."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError as Malformed
from sqlalchemy import text

from api.core.errors import ConflictError, ForbiddenError, NotFoundError, UnauthorizedError
from api.core.security import Actor
from api.services import bulk, conversations, inbox, read_marks
from api.services.house import House
from models.base import utc_now
from models.bulk import BulkChange, BulkReport
from models.conversations import ConversationInput, ConversationPatch
from models.inbox import InboxQuery
from models.messages import MessageInput, Sender
from models.users import Role
from tests.conftest import SignedIn, SignIn


@pytest.fixture
async def ana(sign_in: SignIn) -> SignedIn:
    """A member of staff."""
    return await sign_in(Role.STAFF, display_name="Ana")


async def call(house: House, who: Actor, service: Any, *args: Any, **more: Any) -> Any:
    async with house.unit(who) as uow:
        return await service(uow, *args, **more)


async def opened(house: House, who: Actor, name: str = "Marisol Vega", **told: Any) -> UUID:
    wanted = {
        "customer": {"name": name, "external_id": name},
        "source": "web",
        "message": {"content": "There?"},
        **told,
    }
    return (await call(house, who, conversations.create, ConversationInput.model_validate(wanted))).id


async def change(house: House, who: Actor, ids: list[UUID], **told: Any) -> BulkReport:
    return await call(house, who, bulk.change_many, BulkChange.model_validate({"ids": ids, **told}))


async def row(house: House, who: Actor, where: UUID) -> dict[str, Any]:
    return await inbox.read_row(house.database, who, where)


async def audited(house: House, action: str) -> list[str]:
    async with house.database.engine.connect() as connection:
        found = await connection.execute(text("SELECT target FROM audit_entries WHERE action = :a"), {"a": action})
        return sorted(found.scalars())


LATER = utc_now() + timedelta(days=2)


@pytest.mark.parametrize(
    ("told", "field", "value"),
    [
        ({"status": "resolved"}, "status", "resolved"),
        ({"status": "pending"}, "status", "pending"),
        ({"priority": "urgent"}, "priority", "urgent"),
        ({"label": "trade-in"}, "labels", ["van", "trade-in"]),
        ({"snoozed_until": LATER}, "snoozed_until", None),
    ],
)
async def test_a_change_reaches_all_and_undo_gives_all_back(
    house: House, ana: SignedIn, told: dict[str, Any], field: str, value: Any
) -> None:
    ids = [await opened(house, ana.actor, f"Customer {n}", labels=["van"]) for n in range(3)]
    kept = ("status", "priority", "labels", "snoozed_until", "waiting_since", "resolution", "assigned_to")
    before = [{name: (await row(house, ana.actor, one))[name] for name in kept} for one in ids]
    report = await change(house, ana.actor, ids, **told)
    assert ([one.id for one in report.changed], report.unchanged, report.refused) == (sorted(ids), 0, [])
    now = (await row(house, ana.actor, ids[0]))[field]
    assert datetime.fromisoformat(now) == LATER if field == "snoozed_until" else now == value
    undone = await call(house, ana.actor, bulk.restore, report.changed)
    assert (len(undone.changed), undone.refused) == (3, [])
    assert [{name: (await row(house, ana.actor, one))[name] for name in kept} for one in ids] == before
    assert await audited(house, "conversation:restore") == sorted(f"conversation:{one}" for one in ids)


async def test_assigning_many_tells_the_new_owner_and_leaves_a_line_each(
    house: House, ana: SignedIn, sign_in: SignIn
) -> None:
    luis = await sign_in(Role.STAFF, display_name="Luis")
    ids = [await opened(house, ana.actor, f"Customer {n}") for n in range(3)]
    await call(house, ana.actor, conversations.assign, ids[0], luis.user.id)
    report = await change(house, ana.actor, ids, staff_id=luis.user.id)
    assert (len(report.changed), report.unchanged) == (2, 1)
    assert await audited(house, "conversation:assign") == sorted(f"conversation:{one}" for one in ids)
    await call(house, ana.actor, bulk.restore, report.changed)
    owners = [(await row(house, ana.actor, one))["assigned_to"] for one in ids]
    assert [owner and str(owner["id"]) for owner in owners] == [str(luis.user.id), None, None]


async def test_what_cannot_be_changed_is_named_and_holds_up_nobody(house: House, ana: SignedIn) -> None:
    full = await opened(house, ana.actor, "Full Fred", labels=[f"l{n}" for n in range(20)])
    free, gone = await opened(house, ana.actor, "Free Fay"), uuid4()
    report = await change(house, ana.actor, [full, free, gone], label="new")
    assert [one.id for one in report.changed] == [free]
    told = {one.name: one.reason for one in report.refused}
    assert told["One conversation"] == "It was deleted."
    assert "20 labels" in told["Full Fred"]
    nobody = await change(house, ana.actor, [free], staff_id=str(uuid4()))
    assert (nobody.changed, "nobody who answers" in nobody.refused[0].reason) == ([], True)


async def test_undo_leaves_alone_what_somebody_changed_since(house: House, ana: SignedIn, sign_in: SignIn) -> None:
    ids = [await opened(house, ana.actor, f"Customer {n}") for n in range(2)]
    report = await change(house, ana.actor, ids, priority="high")
    luis = (await sign_in(Role.STAFF)).actor
    await call(house, luis, conversations.change, ids[0], ConversationPatch.model_validate({"priority": "low"}))
    undone = await call(house, ana.actor, bulk.restore, report.changed)
    assert [one.reason for one in undone.refused] == ["Somebody changed it meanwhile."]
    assert [(await row(house, ana.actor, one))["priority"] for one in ids] == ["low", "normal"]


async def test_reading_many_is_undone_too(house: House, ana: SignedIn) -> None:
    ids = [await opened(house, ana.actor, f"Customer {n}") for n in range(2)]
    await call(house, ana.actor, read_marks.mark_unread, ids[0])
    report = await change(house, ana.actor, ids, read=True)
    assert [(await row(house, ana.actor, one))["unread_count"] for one in ids] == [0, 0]
    assert (await change(house, ana.actor, ids, read=True)).unchanged == 2
    await call(house, ana.actor, bulk.restore, report.changed)
    assert [(await row(house, ana.actor, one))["unread_count"] for one in ids] == [1, 1]


async def test_two_runs_over_the_same_rows_end(house: House, ana: SignedIn) -> None:
    ids = [await opened(house, ana.actor, f"Customer {n}") for n in range(6)]
    runs = [change(house, ana.actor, order, label=f"l{n}") for n, order in enumerate([ids, ids[::-1], ids, ids[::-1]])]
    await asyncio.wait_for(asyncio.gather(*runs), 30)
    assert sorted((await row(house, ana.actor, ids[0]))["labels"]) == ["l0", "l1", "l2", "l3"]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"status": "open", "label": "x"},
        {"status": None},
        {"read": False},
        {"ids": []},
        {"ids": [str(uuid4()) for _ in range(101)], "read": True},
    ],
)
def test_exactly_one_change_to_a_bounded_number(told: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        BulkChange.model_validate({"ids": [str(uuid4())], **told})


@pytest.mark.parametrize("role", [Role.USER, Role.MODERATOR, Role.CREATOR])
async def test_only_who_replies_changes_many(house: House, sign_in: SignIn, role: Role) -> None:
    who = (await sign_in(role)).actor
    for act in (
        change(house, who, [uuid4()], read=True),
        call(house, who, bulk.restore, []),
        call(house, who, read_marks.mark_unread, uuid4()),
        call(house, who, inbox.next_due),
    ):
        with pytest.raises(ForbiddenError):
            await act
    with pytest.raises(UnauthorizedError):
        await change(house, Actor.anonymous(), [uuid4()], read=True)


async def test_unread_again_for_oneself_alone(house: House, ana: SignedIn, sign_in: SignIn) -> None:
    luis = (await sign_in(Role.STAFF)).actor
    where = await opened(house, ana.actor)
    wrote = await call(house, ana.actor, conversations.send, where, MessageInput(content="Yes", sender=Sender.STAFF))
    for who in (ana.actor, luis):
        await call(house, who, conversations.mark_read, where, wrote.id)
    await call(house, ana.actor, read_marks.mark_unread, where)
    assert [(await row(house, who, where))["unread_count"] for who in (ana.actor, luis)] == [1, 0]
    await call(house, ana.actor, conversations.mark_read, where, wrote.id)
    assert (await row(house, ana.actor, where))["unread_count"] == 0


async def test_a_mark_that_lies_further_back_stays(house: House, ana: SignedIn) -> None:
    where = await opened(house, ana.actor)
    again = MessageInput(content="Hello?", sender=Sender.CUSTOMER)
    await call(house, ana.actor, conversations.send, where, again)
    await call(house, ana.actor, read_marks.mark_unread, where)
    assert (await row(house, ana.actor, where))["unread_count"] == 2


async def test_nothing_to_read_is_said(house: House, ana: SignedIn) -> None:
    where = await opened(house, ana.actor, message=None)
    with pytest.raises(ConflictError):
        await call(house, ana.actor, read_marks.mark_unread, where)
    with pytest.raises(NotFoundError):
        await call(house, ana.actor, read_marks.mark_unread, uuid4())


async def test_one_of_several_values_will_do_and_all_kinds_must_hold(house: House, ana: SignedIn) -> None:
    for name, priority, labels in (("A", "urgent", ["van"]), ("B", "high", ["suv", "x"]), ("C", "low", ["van"])):
        await opened(house, ana.actor, name, priority=priority, labels=labels)

    async def names(**told: Any) -> list[str]:
        query = InboxQuery.model_validate({"view": "unresolved", "sort": "created_at", **told})
        return [one["customer"]["name"] for one in (await inbox.inbox(house.database, ana.actor, query)).rows]

    assert await names(priorities=["urgent", "high"]) == ["A", "B"]
    assert await names(labels=["van", "x"]) == ["A", "B", "C"]
    assert await names(priorities=["urgent", "low"], labels=["van"], statuses=["open"], sources=["web"]) == ["A", "C"]
    assert await names(sources=["email", "sms"]) == []
    assert await names(priorities=["high"], priority="high") == ["B"]


async def test_next_due_is_the_first_who_wakes_and_waits(house: House, ana: SignedIn) -> None:
    assert await call(house, ana.actor, inbox.next_due) is None
    soon, late = utc_now() + timedelta(minutes=42), utc_now() + timedelta(hours=5)
    for name, until in (("Late", late), ("Soon", soon)):
        where = await opened(house, ana.actor, name)
        patch = ConversationPatch.model_validate({"snoozed_until": until.isoformat()})
        await call(house, ana.actor, conversations.change, where, patch)
    assert await call(house, ana.actor, inbox.next_due) == soon
    assert await call(house, ana.actor, inbox.next_due, mine=True) is None
