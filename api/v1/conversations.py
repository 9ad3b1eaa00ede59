"""/conversations: list, thread, send, assign, close, read marks, status."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from api.core.database import Row
from api.core.pagination import Page, PageRequest
from api.dependencies import (
    CurrentActor,
    CurrentHouse,
    ExpectedVersion,
    Idempotent,
    Tagged,
    Unit,
    location,
    page_request,
)
from api.routing import ReadRoute, hub_router
from api.services import conversations, inbox
from models.base import Data, Listing
from models.conversations import (
    AssignInput,
    CloseInput,
    ConversationInput,
    ConversationPatch,
    ConversationStatusView,
    ConversationView,
    ThreadView,
)
from models.inbox import ListQuery, ThreadQuery
from models.messages import MessageInput, MessageView, ReadInput

router = hub_router("conversations")
reads = hub_router("conversations", route_class=ReadRoute)
InboxPage = Annotated[PageRequest, page_request("-last_message_at", "-created_at", "-priority")]
MessagePage = Annotated[PageRequest, page_request("-sent_at")]
JSON = "application/json"


def _listing(rows: list[Row], page: Page[Row], limit: int) -> Response:
    meta = {"limit": limit, "next_cursor": page.next_cursor, "has_more": page.has_more, "total": page.total}
    return Response(orjson.dumps({"data": rows, "meta": meta}), media_type=JSON)


def _data(row: Row) -> Response:
    return Response(orjson.dumps({"data": row}), media_type=JSON)


def _public(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "pending_draft"}


@router.post("/conversations", status_code=201, dependencies=[Idempotent], summary="Open a conversation")
async def create_conversation(wanted: ConversationInput, uow: Unit, response: Response) -> Data[ConversationView]:
    """Open a conversation; `message`, where there is one, is the customer's.

    Errors: 400 `validation_error`, 403 `forbidden`, `insufficient_scope`.
    """
    made = await conversations.create(uow, wanted)
    response.headers.update(location("conversations", made.id))
    return Data(data=made)


@reads.get("/conversations", response_model=Listing[ConversationView], summary="List conversations")
async def list_conversations(
    house: CurrentHouse, actor: CurrentActor, query: Annotated[ListQuery, Query()]
) -> Response:
    """List conversations; snoozed ones only with `snoozed=true`. `q` searches names, contacts, subjects, messages.

    Letter case and accents count for nothing in `q`, nor do apostrophes in names and subjects. Where nothing that the
    other filters leave holds it, names and subjects that come near are listed instead, in the same order and page by
    page: each word of five letters or more may be misspelt, each shorter one and each number must stand there. Phone
    numbers, e-mail addresses and what stands in quotes are never guessed at.

    Errors: 400 `validation_error`, 403 `forbidden`.
    """
    found = await inbox.inbox(house.database, actor, query)
    return _listing([_public(row) for row in found.rows], found, query.limit)


@router.get("/conversations/{conversation_id}", dependencies=[Tagged], summary="Read a conversation")
async def read_conversation(conversation_id: UUID, uow: Unit, request: Request) -> Data[ThreadView]:
    """Read a conversation with its newest 50 messages, oldest first.

    Errors: 403 `forbidden`, 404 `not_found`.
    """
    thread = await inbox.read_thread(uow, conversation_id)
    request.state.version = thread.version
    return Data(data=thread)


@router.patch("/conversations/{conversation_id}", summary="Change a conversation")
async def change_conversation(
    conversation_id: UUID, patch: ConversationPatch, version: ExpectedVersion, uow: Unit
) -> Data[ConversationView]:
    """Change status, priority, subject, labels or snooze; honours If-Match.

    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`, 412 `stale_version`.
    """
    return Data(data=await conversations.change(uow, conversation_id, patch, version))


@router.delete("/conversations/{conversation_id}", status_code=204, summary="Delete a conversation")
async def delete_conversation(conversation_id: UUID, uow: Unit) -> None:
    """Delete a conversation.

    Errors: 403 `forbidden`, 404 `not_found`.
    """
    await conversations.delete(uow, conversation_id)


@router.post("/conversations/{conversation_id}/read", status_code=204, summary="Set one's own read mark")
async def mark_conversation_read(conversation_id: UUID, wanted: ReadInput, uow: Unit) -> None:
    """Set the caller's read mark.

    Errors: 403 `forbidden`, 404 `not_found`.
    """
    await conversations.mark_read(uow, conversation_id, wanted.last_read_message_id)


@router.post("/conversations/{conversation_id}/assign", summary="Assign a conversation")
async def assign_conversation(conversation_id: UUID, wanted: AssignInput, uow: Unit) -> Data[ConversationView]:
    """Give the conversation to somebody, or with null to nobody.

    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await conversations.assign(uow, conversation_id, wanted.staff_id))


@router.post("/conversations/{conversation_id}/close", summary="Resolve a conversation")
async def close_conversation(
    conversation_id: UUID, uow: Unit, wanted: CloseInput | None = None
) -> Data[ConversationView]:
    """Resolve the conversation; again changes nothing.

    Errors: 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await conversations.close(uow, conversation_id, wanted.resolution if wanted else None))


@router.post(
    "/conversations/{conversation_id}/messages", status_code=201, dependencies=[Idempotent], summary="Send a message"
)
async def send_message(conversation_id: UUID, wanted: MessageInput, uow: Unit, response: Response) -> Data[MessageView]:
    """Send a message; a key speaks for customers only, staff may record a customer's words.

    Errors: 400 `validation_error`, 403 `forbidden`, `insufficient_scope`, 404 `not_found`, 409 `newer_message`.
    """
    sent = await conversations.send(uow, conversation_id, wanted)
    response.headers["Location"] = f"/api/v1/conversations/{conversation_id}/messages"
    return Data(data=sent)


@reads.get(
    "/conversations/{conversation_id}/messages",
    response_model=Listing[MessageView],
    dependencies=[Tagged],
    summary="Poll or page messages",
)
async def list_messages(
    conversation_id: UUID, house: CurrentHouse, actor: CurrentActor, query: Annotated[ThreadQuery, Query()]
) -> Response:
    """Poll with `since` for what came after it, oldest first; without it the newest come first. `cursor` goes on.

    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`.
    """
    found = await inbox.messages(house.database, actor, conversation_id, query)
    return _listing(found.rows, found, query.limit)


@reads.get(
    "/conversations/{conversation_id}/status",
    response_model=Data[ConversationStatusView],
    dependencies=[Tagged],
    summary="Read a conversation's status",
)
async def read_conversation_status(conversation_id: UUID, house: CurrentHouse, actor: CurrentActor) -> Response:
    """Read what a client polls for.

    Errors: 403 `forbidden`, 404 `not_found`.
    """
    return _data(await inbox.read_status(house.database, actor, conversation_id))
