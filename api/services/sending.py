"""Send what a screen hands over, once, however often it has to ask."""

import hashlib
from datetime import timedelta
from uuid import UUID

from api.services import conversations, workspace
from api.services.unit_of_work import UnitOfWork
from models.messages import MessageInput
from models.workspace import UnsentKind

KEPT = timedelta(hours=24)


async def send_once(uow: UnitOfWork, nonce: str, conversation_id: UUID, wanted: MessageInput) -> UUID | None:
    """Store a message unless the same person handed it over before under the same nonce; forget it as unsent text.

    The nonce is claimed in the unit that stores the message: where the sending is refused, so is the claim, and the
    screen may try again; where the answer was lost on its way, the second try changes nothing. Kept for 24 hours.

    Args:
        uow: The open unit of work.
        nonce: The screen's own number of this text.
        conversation_id: Where it goes.
        wanted: The message.

    Returns:
        The message's id; None where an earlier call has stored it.

    Raises:
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`.
        ConflictError: `newer_message`.

    Source: ux 1.4 (offline: queue of unsent, automatic resume).
    """
    caller = f"screen:{uow.actor.require_user()}"
    mark = hashlib.sha256(f"{conversation_id}\0{wanted.internal}\0{wanted.content}".encode()).digest()
    if not await uow.idempotency.claim(caller, nonce, mark, uow.now, KEPT):
        return None
    message = await conversations.send(uow, conversation_id, wanted)
    await workspace.forget_unsent(uow, conversation_id, UnsentKind.NOTE if wanted.internal else UnsentKind.REPLY)
    return message.id
