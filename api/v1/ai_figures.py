"""/admin/ai: how drafts fare, and drafts as evaluation cases."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.dependencies import CurrentActor, CurrentHouse, Unit
from api.routing import hub_router
from api.services import ai_figures
from models.ai_figures import AiFiguresView, AiQuery, EvaluationCaseView, Interval
from models.base import Data
from models.platform import FilterMoment

router = hub_router("administration")


@router.get("/admin/ai", summary="How do AI drafts fare?")
async def read_figures(
    house: CurrentHouse,
    actor: CurrentActor,
    since: Annotated[FilterMoment | None, Query(alias="from")] = None,
    until: Annotated[FilterMoment | None, Query(alias="to")] = None,
    interval: Interval = "day",
) -> Data[AiFiguresView]:
    """Count acceptance, edits, rejections by reason, flags, overrides, latency, tokens and cost of drafts.

    Without a range: the last 28 days. Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    return Data(data=await ai_figures.figures(house, actor, AiQuery(since=since, until=until, interval=interval)))


@router.get("/admin/ai/cases/{message_id}", summary="A rejected or overridden draft as an evaluation case")
async def read_case(uow: Unit, message_id: UUID) -> Data[EvaluationCaseView]:
    """Return the draft with its evidence, the customer's name and addresses replaced; audited.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`, 409 `conflict` for a draft that was sent unflagged.
    """
    return Data(data=await ai_figures.evaluation_case(uow, message_id))
