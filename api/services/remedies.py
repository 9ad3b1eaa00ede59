"""What staff are told about flagged claims, and what would mend them; the verdicts on a text while it is typed."""

import asyncio
from uuid import UUID

from api.core.errors import NotFoundError
from api.repositories.timeline import TimelineRepository
from api.services import evidence
from api.services.grounding import has_unsupported, mend, needs_review, verify
from api.services.grounding.evidence import EvidencePack
from api.services.grounding.plain_words import finding_out, question, restated, sentence
from api.services.unit_of_work import UnitOfWork
from models.claims import ClaimView, Verdict
from models.messages import Sender
from models.remedies import RemedyView
from models.suggestions import CheckView
from models.users import Permission


async def of_draft(uow: UnitOfWork, message_id: UUID, claims: list[ClaimView]) -> list[RemedyView]:
    """Return the remedy of each claim that is red or amber.

    Raises:
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`: no such AI message.
    """
    if all(claim.verdict is Verdict.SUPPORTED for claim in claims):
        uow.actor.require(Permission.REPLY)
        return []
    return _remedies(claims, await _pack(uow, message_id))


async def examine(uow: UnitOfWork, message_id: UUID, content: str) -> tuple[CheckView, list[RemedyView]]:
    """Verify a text that would be sent in a draft's place and tell its remedies; nothing is stored.

    Raises:
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`: no such AI message.

    Source: ux 1.2 (editing: verdicts follow the typing), the mends of a flag.
    """
    pack = await _pack(uow, message_id)
    claims = await asyncio.to_thread(verify, content, pack)
    verdict = CheckView(claims=claims, flagged=has_unsupported(claims), needs_review=needs_review(claims))
    return verdict, _remedies(claims, pack)


async def last_good(uow: UnitOfWork) -> str | None:
    """Return when a model last wrote a draft, as RFC 3339 text, or None."""
    uow.actor.require(Permission.REPLY)
    return await TimelineRepository(uow.database).last_good()


async def _pack(uow: UnitOfWork, message_id: UUID) -> EvidencePack:
    uow.actor.require(Permission.REPLY)
    message = await uow.messages.require(message_id)
    if message.sender != Sender.AI:
        raise NotFoundError()
    return (await evidence.gather(uow, await uow.conversations.require(message.conversation_id))).pack


def _remedies(claims: list[ClaimView], pack: EvidencePack) -> list[RemedyView]:
    return [_remedy(claim, pack) for claim in claims if claim.verdict is not Verdict.SUPPORTED]


def _remedy(claim: ClaimView, pack: EvidencePack) -> RemedyView:
    value = mend(claim, pack)
    record = restated(claim, pack)
    return RemedyView(
        start=claim.start,
        end=claim.end,
        sentence=sentence(claim, pack, value),
        value=value,
        question=question(claim),
        finding_out=finding_out(claim),
        restated=None if record is None or needs_review(verify(record, pack)) else record,
    )
