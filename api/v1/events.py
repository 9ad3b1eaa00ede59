"""/conversations/{id}/events: server-sent events of one conversation."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Header, Request
from starlette.responses import StreamingResponse

from api.core.security import Actor
from api.dependencies import CurrentHouse, SignedInActor, current_actor
from api.routing import hub_router
from api.services import inbox, live
from models.users import Permission

router = hub_router("conversations")


def _frame(event: live.StreamEvent) -> bytes:
    if event.kind is None:
        return b": still here\n\n"
    lines = [f"id: {event.event_id}\n".encode()] if event.event_id else []
    return b"".join([*lines, f"event: {event.kind}\n".encode(), b"data: ", orjson.dumps(event.data), b"\n\n"])


async def _frames(events: AsyncIterator[live.StreamEvent]) -> AsyncIterator[bytes]:
    yield b": open\n\n"
    async for event in events:
        yield _frame(event)


@router.get(
    "/conversations/{conversation_id}/events",
    summary="Follow a conversation",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def stream_events(
    conversation_id: UUID,
    request: Request,
    house: CurrentHouse,
    actor: SignedInActor,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """Stream what happens in the conversation; a comment line every 15 s, ended within 5 s of a revocation.

    Events: `message.created`, `message.updated`, `draft.updated`, `conversation.updated`; data is the object.
    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`.
    """
    actor.require(Permission.READ_INTERNAL)
    since = live.resume_point(last_event_id)
    await inbox.read_row(house.database, actor, conversation_id)

    async def actor_now() -> Actor:
        return await current_actor(request)

    events = live.conversation_events(house, actor_now, conversation_id, since)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_frames(events), media_type="text/event-stream", headers=headers)
