"""What an open stream of a conversation gets: each event with the object as its listener may see it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from api.core.bus import Event, Feed
from api.core.database import Row
from api.core.errors import ForbiddenError, NotFoundError, UnauthorizedError, ValidationError
from api.core.security import Actor
from api.repositories.thread import CHANGED, ONE, message_row
from api.services import inbox
from api.services.house import House
from models.base import rfc3339, utc_now
from models.users import Permission

HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 2.0
REPLAY_AT_MOST = 500
_UNIT_AT_MOST = timedelta(seconds=5)
_MESSAGE_KINDS = frozenset({"message.created", "message.updated", "draft.updated"})
ActorNow = Callable[[], Awaitable[Actor]]


@dataclass(frozen=True)
class StreamEvent:
    """One server-sent event; a heartbeat has no kind. `event_id` is a time, for `Last-Event-ID`."""

    kind: str | None = None
    event_id: str | None = None
    data: Row | None = None


def resume_point(last_event_id: str | None) -> datetime | None:
    """Read a `Last-Event-ID`.

    Raises:
        ValidationError: It is not one of ours.
    """
    if last_event_id is None:
        return None
    try:
        moment = datetime.fromisoformat(last_event_id)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValidationError.at("header.Last-Event-ID", "is not an id of this stream", "invalid_event_id")
    return moment


async def conversation_events(
    house: House, actor_now: ActorNow, conversation_id: UUID, since: datetime | None
) -> AsyncIterator[StreamEvent]:
    """Yield what happens in a conversation, until the caller may no longer read it.

    A stream that resumes first gets what came since, as `message.created`, and what changed since, as
    `message.updated`; the latter at least once.

    Args:
        house: The process's house.
        actor_now: Tells who is listening, every 2 s; raises where the sign-in was revoked.
        conversation_id: Which conversation.
        since: Where to resume, or None.

    Source: roadmap 8.5 (server-sent events), contract section 3.
    """
    actor = await actor_now()
    with Feed(house.bus, lambda event: event.get("conversation_id") == str(conversation_id)) as feed:
        if since is not None:
            for event in await _replay(house, actor, conversation_id, since):
                yield event
        silent = 0.0
        while await _may_listen(actor_now):
            started = utc_now()
            event = await feed.next(CHECK_SECONDS)
            silent = 0.0 if event else silent + CHECK_SECONDS
            if event is not None:
                for told in await _tell(house, actor, conversation_id, event, started):
                    yield told
            elif silent >= HEARTBEAT_SECONDS - CHECK_SECONDS:
                silent = 0.0
                yield StreamEvent()


async def _may_listen(actor_now: ActorNow) -> bool:
    try:
        (await actor_now()).require(Permission.READ_INTERNAL)
    except (UnauthorizedError, ForbiddenError):
        return False
    return True


async def _replay(house: House, actor: Actor, conversation_id: UUID, since: datetime) -> list[StreamEvent]:
    values = {"conversation_id": conversation_id, "internal": True, "limit": REPLAY_AT_MOST}
    values |= {"moment": since, "margin": since - _UNIT_AT_MOST}
    rows = await house.database.fetch(CHANGED.sql, CHANGED.with_values(values))
    mark = rfc3339(since)
    kinds = ("message.created" if row["ordered_at"] > mark else "message.updated" for row in rows)
    told = [StreamEvent(kind, row["ordered_at"], message_row(row)) for kind, row in zip(kinds, rows, strict=True)]
    return [*told, await _conversation(house, actor, conversation_id)]


async def _tell(
    house: House, actor: Actor, conversation_id: UUID, event: Event, started: datetime
) -> list[StreamEvent]:
    kind = event["kind"]
    if kind == "bus.resumed":
        return await _replay(house, actor, conversation_id, started - timedelta(minutes=1))
    try:
        if kind in _MESSAGE_KINDS:
            rows = await house.database.fetch(ONE.sql, ONE.with_values({"message_id": event["id"]}))
            return [StreamEvent(kind, row["ordered_at"], message_row(row)) for row in rows]
        return [await _conversation(house, actor, conversation_id)] if kind == "conversation.updated" else []
    except NotFoundError:
        return []


async def _conversation(house: House, actor: Actor, conversation_id: UUID) -> StreamEvent:
    row = await inbox.read_row(house.database, actor, conversation_id)
    del row["pending_draft"]
    return StreamEvent("conversation.updated", None, row)
