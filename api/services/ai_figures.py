"""How AI drafts fare: acceptance, edits, rejections, flags, overrides, latency, tokens, cost; drafts as cases."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from api.core.errors import ConflictError, ValidationError
from api.core.security import Actor
from api.repositories import ai_figures
from api.services import evidence
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.ai_figures import (
    AiCounts,
    AiFiguresView,
    AiFlags,
    AiGroup,
    AiOverride,
    AiPoint,
    AiQuery,
    AiRejections,
    EvaluationCaseView,
    Interval,
)
from models.base import utc_now
from models.claims import HARD_KINDS, ClaimView, Verdict
from models.suggestions import RejectReason, Suggestion, SuggestionStatus
from models.users import Permission

DEFAULT_RANGE = timedelta(days=28)
MOST_POINTS = 400
_LEAST_DAYS = {"day": 1, "week": 7, "month": 28}


async def figures(house: House, actor: Actor, query: AiQuery) -> AiFiguresView:
    """Count the drafts of a range of time, in all, over time, and by provider, model, prompt version and person.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        ValidationError: The range is empty or has more than 400 intervals.

    Source: contract, section 7; ai-drafts, section 4.
    """
    actor.require(Permission.READ_AI_FIGURES)
    since, until = _range(query)
    prices = [{"model": name, **price} for name, price in (house.settings.ai_prices or {}).items()]
    values = {"since": since, "until": until, "interval": query.interval, "prices": orjson.dumps(prices).decode()}
    database = house.database
    reads = [ai_figures.counts(database, group, values) for group in ai_figures.GROUPS]
    totals, series, providers, models, prompts, people = await asyncio.gather(*reads)
    reasons, flags, overrides = await asyncio.gather(
        ai_figures.rejections(database, values),
        ai_figures.flags(database, values),
        ai_figures.overrides(database, values),
    )
    known = await ai_figures.names(database, [row["key"] for row in people])
    return AiFiguresView(
        since=since,
        until=until,
        interval=query.interval,
        totals=AiCounts(**_shares(totals[0] if totals else _NOTHING)),
        series=list(_dense(series, since, until, query.interval)),
        rejections=[AiRejections(**row) for row in reasons],
        flags=[AiFlags(**row) for row in flags],
        overrides=[AiOverride(**row) for row in overrides],
        providers=_groups(providers, {}),
        models=_groups(models, {}),
        prompt_versions=_groups(prompts, {}),
        people=_groups(people, known),
    )


_NOTHING: dict[str, Any] = dict.fromkeys(AiCounts.model_fields, 0) | {"latency_p50_ms": None, "latency_p95_ms": None}


def _range(query: AiQuery) -> tuple[datetime, datetime]:
    until = query.until or utc_now()
    since = query.since or until - DEFAULT_RANGE
    if since >= until:
        raise ValidationError.at("query.from", "must be before `to`", "empty_range")
    if (until - since).days > MOST_POINTS * _LEAST_DAYS[query.interval]:
        raise ValidationError.at("query.interval", f"gives more than {MOST_POINTS} points over this range", "too_many")
    return since, until


def _shares(row: dict[str, Any]) -> dict[str, Any]:
    sent = row["accepted"] + row["edited"]
    decided = sent + row["rejected"]
    return {**row, "acceptance": round(sent / decided, 4) if decided else None}


def _groups(rows: list[dict[str, Any]], known: dict[str, str]) -> list[AiGroup]:
    return [AiGroup(**_shares(row), name=known.get(row["key"]) or row["key"]) for row in rows]


def _dense(rows: list[dict[str, Any]], since: datetime, until: datetime, interval: Interval) -> Iterator[AiPoint]:
    by_start = {row["key"]: row for row in rows}
    for start in _starts(since, until, interval):
        yield AiPoint(**_shares(by_start.get(start.isoformat(), _NOTHING)), start=start)


def _starts(since: datetime, until: datetime, interval: Interval) -> Iterator[date]:
    start, last = since.date(), (until - timedelta(microseconds=1)).date()
    if interval == "week":
        start -= timedelta(days=start.weekday())
    elif interval == "month":
        start = start.replace(day=1)
    while start <= last:
        yield start
        start = _after(start, interval)


def _after(start: date, interval: Interval) -> date:
    if interval == "month":
        return (start + timedelta(days=32)).replace(day=1)
    return start + timedelta(days=_LEAST_DAYS[interval])


def flag_counts(claims: list[ClaimView]) -> dict[str, dict[str, int]]:
    """Count the red and amber claims of a draft by kind, as its event log keeps them."""
    found: dict[str, dict[str, int]] = {}
    for claim in claims:
        if claim.verdict is not Verdict.SUPPORTED:
            counted = found.setdefault(claim.kind.value, {})
            counted[claim.verdict.value] = counted.get(claim.verdict.value, 0) + 1
    return found


async def evaluation_case(uow: UnitOfWork, message_id: UUID) -> EvaluationCaseView:
    """Return a rejected or overridden draft, with the evidence that its conversation has, as an evaluation case.

    Names, e-mails and phones of the customer are replaced. Whoever keeps the case confirms `expect` and `bad_spans`,
    which only propose what the decision says: a draft rejected for wrong facts is to be held, any other clear.

    Raises:
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`: no such draft.
        ConflictError: `conflict`: neither rejected nor overridden.

    Source: ai-drafts, section 4.
    """
    uow.actor.require(Permission.READ_AI_FIGURES)
    suggestion = await uow.suggestions.require(message_id)
    if suggestion.status != SuggestionStatus.REJECTED and not suggestion.acknowledged:
        raise ConflictError("Only a rejected or overridden draft makes a case.")
    conversation = await uow.conversations.require(suggestion.conversation_id)
    customer = await uow.customers.require(conversation.customer_id)
    gathered = await evidence.gather(uow, conversation)
    hidden = _Hidden(customer.name, customer.email, customer.phone)
    await uow.audit("draft:export", f"message:{message_id}")
    thread = [one for one in gathered.pack.messages if one.sent_at and one.sent_at <= suggestion.based_on_at]
    return EvaluationCaseView(
        **_label(suggestion),
        id=str(message_id),
        dealership=dict(gathered.pack.dealership) if gathered.pack.dealership else None,
        vehicles=[dict(vehicle) for vehicle in gathered.pack.vehicles],
        messages=[{"sender": one.sender, "content": hidden.out_of(one.content)} for one in thread],
        draft=hidden.out_of(suggestion.original),
    )


class _Hidden:
    """What identifies the customer, and what stands in its place."""

    def __init__(self, name: str | None, email: str | None, phone: str | None) -> None:
        words = [(word, "Alex") for word in [name or "", *(name or "").split()] if len(word) > 2]
        self._pairs = [*words, (email or "", "alex@example.com"), (phone or "", "+15550100100")]

    def out_of(self, text: str) -> str:
        for known, shown in self._pairs:
            text = text.replace(known, shown) if known else text
        return text


def _label(suggestion: Suggestion) -> dict[str, Any]:
    claims = [ClaimView.model_validate(claim) for claim in suggestion.claims]
    flagged = [claim for claim in claims if claim.verdict is not Verdict.SUPPORTED]
    wrong = suggestion.reject_reason == RejectReason.WRONG_FACTS
    kind = flagged[0].kind if flagged else "uncovered_assertion"
    why = suggestion.reject_comment or suggestion.reject_reason or "sent in spite of its flags"
    return {
        "category": f"{kind}/edit",
        "hard": wrong and any(claim.kind in HARD_KINDS for claim in flagged),
        "expect": "hold" if wrong else "clear",
        "bad_spans": [claim.text for claim in flagged] if wrong else [],
        "note": f"{suggestion.status}: {why}",
    }


__all__ = ["evaluation_case", "figures", "flag_counts"]
