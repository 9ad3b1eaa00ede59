"""Reading conversations: the inbox list, a thread, the poll, the status; all on the hot path."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.core.database import Database, Row
from api.core.errors import NotFoundError
from api.core.pagination import Page, decode_cursor, encode_cursor, fingerprint, read_moment
from api.core.security import Actor
from api.repositories.inbox import (
    COUNTS,
    SPEAKERS,
    STATUS,
    InboxShape,
    conversation_row,
    inbox_read,
)
from api.repositories.thread import EXISTS, SINCE, message_count, message_row, newest
from api.services import inbox_pages
from api.services.unit_of_work import UnitOfWork
from models.base import PersonView
from models.conversations import ThreadView
from models.inbox import InboxCountsView, ListQuery, ThreadQuery
from models.messages import Sender
from models.users import Permission

THREAD_LENGTH = 50


async def inbox(database: Database, actor: Actor, query: ListQuery) -> Page[Row]:
    """Return one page of conversations as rows in the contract's shape, each with `pending_draft` for the screens.

    Raises:
        UnauthorizedError, ForbiddenError: No permission to read conversations.
        ValidationError: A cursor made for another sort or filter.

    Source: roadmap 8.3 (conversation listing), contract section 3.
    """
    actor.require(Permission.READ_CONVERSATIONS)
    page = await inbox_pages.page(database, actor, query)
    return replace(page, rows=[_for(actor, row) for row in page.rows])


async def with_speakers(database: Database, page: Page[Row]) -> Page[Row]:
    """Say of each last message that is ours who wrote or approved it: `said_by: {id, display_name}` or None.

    One read a page, by primary keys, and none where every last word is a customer's.
    """
    lasts = [row["last_message"] for row in page.rows if row["last_message"]]
    ours = [last for last in lasts if last["sender"] != Sender.CUSTOMER]
    values = {"messages": [last["id"] for last in ours]}
    found = await database.fetch(SPEAKERS.sql, SPEAKERS.with_values(values)) if ours else []
    people = {row["message_id"]: {"id": row["id"], "display_name": row["display_name"]} for row in found}
    for last in ours:
        last["said_by"] = people.get(last["id"])
    return page


def _for(actor: Actor, row: Mapping[str, Any]) -> Row:
    shaped = conversation_row(row)
    if not actor.may(Permission.READ_INTERNAL):
        shaped["pending_draft"] = None
    return shaped


async def counts(uow: UnitOfWork) -> InboxCountsView:
    """Count the conversations of each view of the workspace."""
    uow.actor.require(Permission.READ_INTERNAL)
    rows = await uow.database.fetch(COUNTS.sql, COUNTS.with_values({"assigned_to": uow.actor.user_id}))
    return InboxCountsView.model_validate(rows[0])


async def next_due(uow: UnitOfWork, *, mine: bool = False) -> datetime | None:
    """Return when the next customer who was put aside is owed a reply; None where nobody is."""
    uow.actor.require(Permission.READ_INTERNAL)
    found = await uow.conversations.next_waking(uow.actor.user_id if mine else None)
    if found is None:
        return None
    wakes, waits_since = found
    return max(wakes, waits_since + timedelta(minutes=uow.settings.reply_target_min))


async def read_row(database: Database, actor: Actor, conversation_id: UUID) -> Row:
    """Return one conversation as a row.

    Raises:
        NotFoundError: `not_found`.
    """
    actor.require(Permission.READ_CONVERSATIONS)
    read = inbox_read(InboxShape(frozenset({"id"})))
    values = {"id": conversation_id, "caller": actor.user_id, "limit": 1}
    rows = await database.fetch(read.sql, read.with_values(values))
    if not rows:
        raise NotFoundError()
    return _for(actor, rows[0])


async def read_thread(uow: UnitOfWork, conversation_id: UUID) -> ThreadView:
    """Return a conversation with its newest 50 messages, oldest first, and where older ones go on."""
    row = await read_row(uow.database, uow.actor, conversation_id)
    page = await older(uow.database, uow.actor, conversation_id, None, THREAD_LENGTH)
    return ThreadView.model_validate({**row, "messages": page.rows[::-1], "older_cursor": page.next_cursor})


async def messages(database: Database, actor: Actor, conversation_id: UUID, query: ThreadQuery) -> Page[Row]:
    """Return a page of messages: with `since` what came after it, oldest first, else the newest first.

    Raises:
        NotFoundError: `not_found`.
        ValidationError: The cursor is not one of this list.
    """
    if query.since is None:
        page = await older(database, actor, conversation_id, query.cursor, query.limit)
    else:
        page = await messages_since(database, actor, conversation_id, query.since, query.limit, query.cursor)
    if not query.include_total:
        return page
    read = message_count(query.since is not None)
    values = {**_message_values(actor, conversation_id, query.limit), "moment": query.since}
    rows = await database.fetch(read.sql, read.with_values(values))
    return replace(page, total=rows[0]["total"])


async def older(
    database: Database, actor: Actor, conversation_id: UUID, cursor: str | None, limit: int = THREAD_LENGTH
) -> Page[Row]:
    """Return a page of messages, newest first; with a cursor, those older than it.

    Raises:
        NotFoundError: `not_found`.
        ValidationError: The cursor is not one of this thread.
    """
    actor.require(Permission.READ_CONVERSATIONS)
    mark = fingerprint("messages", conversation_id)
    values = _message_values(actor, conversation_id, limit)
    if cursor is not None:
        values["moment"] = decode_cursor(mark, cursor, [read_moment])[0]
    read = newest(cursor is not None)
    rows = await database.fetch(read.sql, read.with_values(values))
    if not rows:
        await _require(database, conversation_id)
    shown = rows[:limit]
    following = encode_cursor(mark, [shown[-1]["ordered_at"]]) if len(rows) > limit else None
    return Page([message_row(row) for row in shown], following)


async def messages_since(
    database: Database, actor: Actor, conversation_id: UUID, since: datetime, limit: int, cursor: str | None = None
) -> Page[Row]:
    """Return what came after `since`, oldest first: the poll. A cursor goes on where its page ended.

    Raises:
        NotFoundError: `not_found`.

    Source: roadmap 8.5 (polling), contract section 3.
    """
    actor.require(Permission.READ_CONVERSATIONS)
    mark = fingerprint("since", conversation_id)
    moment = since if cursor is None else decode_cursor(mark, cursor, [read_moment])[0]
    values = {**_message_values(actor, conversation_id, limit), "moment": moment}
    rows = await database.fetch(SINCE.sql, SINCE.with_values(values))
    if not rows:
        await _require(database, conversation_id)
    shown = rows[:limit]
    following = encode_cursor(mark, [shown[-1]["ordered_at"]]) if len(rows) > limit else None
    return Page([message_row(row) for row in shown], following)


def _message_values(actor: Actor, conversation_id: UUID, limit: int) -> dict[str, Any]:
    internal = actor.may(Permission.READ_INTERNAL)
    return {"conversation_id": conversation_id, "internal": internal, "limit": limit + 1}


async def _require(database: Database, conversation_id: UUID) -> None:
    if not await database.fetch(EXISTS.sql, {"conversation_id": conversation_id}):
        raise NotFoundError()


async def read_status(database: Database, actor: Actor, conversation_id: UUID) -> Row:
    """Return the few things that a client polls for.

    Raises:
        NotFoundError: `not_found`.
    """
    actor.require(Permission.READ_CONVERSATIONS)
    rows = await database.fetch(STATUS.sql, STATUS.with_values({"id": conversation_id, "caller": actor.user_id}))
    if not rows:
        raise NotFoundError()
    row = rows[0]
    assigned = row["assignee_id"]
    return {
        "status": row["status"],
        "assigned_to": assigned and {"id": assigned, "display_name": row["assignee_name"]},
        "last_message_at": row["last_message_at"],
        "unread_count": row["unread_count"],
        "pending_draft_id": row["pending_draft_id"] if actor.may(Permission.READ_INTERNAL) else None,
        "version": row["version"],
    }


async def colleagues(uow: UnitOfWork) -> list[PersonView]:
    """Return who a conversation can be assigned to, by name."""
    uow.actor.require(Permission.READ_INTERNAL)
    return [PersonView(id=user.id, display_name=user.display_name) for user in await uow.users.staff(uow.now)]
