"""Hot reads of messages: the poll since a time, a page of older ones, single ones with what stands behind them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy import Select, and_, bindparam, case, exists, func, literal_column, or_, select
from sqlalchemy import Text as SqlText
from sqlalchemy import Uuid as SqlUuid
from sqlalchemy.dialects import postgresql

import models.canned_responses
import models.dealership
import models.messages
import models.suggestions
import models.users
import models.vehicles
from api.core.database import Row
from api.repositories.base import table_of
from api.repositories.inbox import Read, compiled

M = table_of(models.messages.Message)
CAN = table_of(models.canned_responses.CannedResponse)
D = table_of(models.dealership.Dealership)
S = table_of(models.suggestions.Suggestion)
U = table_of(models.users.User)
V = table_of(models.vehicles.Vehicle)


def _changed(table: Any, kind: str) -> Any:
    """Say that a cited row of this kind is gone or was changed after it was read."""
    cited = func.jsonb_each_text(S.c.cited[kind]).table_valued("key", "value", name=f"cited_{kind}")
    return exists(
        select(literal_column("1"))
        .select_from(cited.outerjoin(table, func.cast(table.c.id, SqlText) == cited.c.key))
        .where(or_(table.c.id.is_(None), table.c.updated_at > func.cast(cited.c.value, SqlDateTime(timezone=True))))
        .correlate(S)
    )


_LATER = M.alias("later")
_WROTE_SINCE = exists(
    select(literal_column("1"))
    .select_from(_LATER)
    .where(
        _LATER.c.conversation_id == M.c.conversation_id,
        _LATER.c.sender == "customer",
        _LATER.c.state == "sent",
        _LATER.c.ordered_at > S.c.based_on_at,
    )
    .correlate(M, S)
)
_STALE = case(
    (
        or_(S.c.status == "ready", S.c.status == "flagged"),
        or_(_WROTE_SINCE, _changed(V, "vehicle"), _changed(D, "dealership"), _changed(CAN, "canned_response")),
    ),
    else_=False,
).label("stale")
_ASSISTANCE = ("status", "provider", "model", "prompt_version", "needs_review", "clarifying_question", "claims")
_FIGURES = ("latency_ms", "input_tokens", "output_tokens", "rating", "decided_by", "decided_at")
_COLUMNS = (
    *(M.c[name] for name in ("id", "conversation_id", "sender", "content", "state", "internal", "created_at")),
    M.c.sent_at,
    M.c.ordered_at,
    U.c.id.label("author_id"),
    U.c.display_name.label("author_name"),
    *(S.c[name].label(f"draft_{name}") for name in (*_ASSISTANCE, *_FIGURES)),
    _STALE,
)
_FROM = M.outerjoin(U, U.c.id == M.c.author_id).outerjoin(S, S.c.id == M.c.id)
_SEES_ALL = bindparam("internal", type_=postgresql.BOOLEAN())
_VISIBLE = or_(
    and_(M.c.state == "sent", or_(M.c.internal.is_(False), _SEES_ALL)), and_(M.c.state == "draft", _SEES_ALL)
)
_HERE = M.c.conversation_id == bindparam("conversation_id", type_=SqlUuid())
_MOMENT = bindparam("moment", type_=SqlDateTime(timezone=True))


def _select(*conditions: Any) -> Select[Any]:
    return select(*_COLUMNS).select_from(_FROM).where(*conditions)


SINCE = compiled(_select(_HERE, _VISIBLE, M.c.ordered_at > _MOMENT).order_by(M.c.ordered_at).limit(bindparam("limit")))


@lru_cache(maxsize=2)
def message_count(after: bool) -> Read:
    """Return the read of how many messages there are; with `after`, later than `moment`."""
    conditions = (_HERE, _VISIBLE, M.c.ordered_at > _MOMENT) if after else (_HERE, _VISIBLE)
    return compiled(select(func.count().label("total")).select_from(M).where(*conditions))


@lru_cache(maxsize=4)
def newest(before: bool) -> Read:
    """Return the read of the newest messages, newest first; with `before` those older than `moment`."""
    conditions = (_HERE, _VISIBLE, M.c.ordered_at < _MOMENT) if before else (_HERE, _VISIBLE)
    return compiled(_select(*conditions).order_by(M.c.ordered_at.desc()).limit(bindparam("limit")))


def one_message() -> Select[Any]:
    """Return the statement that reads one message, whatever its state, within a session."""
    return _select(M.c.id == bindparam("message_id", type_=SqlUuid()))


ONE = compiled(_select(M.c.id == bindparam("message_id", type_=SqlUuid())))
CHANGED = compiled(
    _select(_HERE, _VISIBLE, or_(M.c.ordered_at > _MOMENT, M.c.updated_at > bindparam("margin", type_=_MOMENT.type)))
    .order_by(M.c.ordered_at)
    .limit(bindparam("limit"))
)
EXISTS = Read("SELECT 1 AS found FROM conversations WHERE id = %(conversation_id)s", {})


def message_row(row: Mapping[Any, Any]) -> Row:
    """Give a flat row the contract's shape of a message."""
    author = row["author_id"]
    return {
        "id": row["id"],
        "conversation_id": row["conversation_id"],
        "sender": row["sender"],
        "author": author and {"id": author, "display_name": row["author_name"]},
        "content": row["content"],
        "state": row["state"],
        "internal": row["internal"],
        "created_at": row["created_at"],
        "sent_at": row["sent_at"],
        "assistance": _assistance(row) if row["draft_status"] else None,
    }


def _assistance(row: Mapping[Any, Any]) -> Row:
    told = {name: row[f"draft_{name}"] for name in _ASSISTANCE}
    figures = {name: row[f"draft_{name}"] for name in _FIGURES}
    return {"status": told["status"], "stale": row["stale"], **told, **figures}
