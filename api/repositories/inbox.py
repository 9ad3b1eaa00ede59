"""Hot reads of conversations: Core statements, compiled once a shape, that answer the inbox list and its status."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy import Text as SqlText
from sqlalchemy import Uuid as SqlUuid
from sqlalchemy.dialects import postgresql

import models.conversations
import models.customers
import models.messages
import models.users
from api.core.database import Row
from api.repositories.base import table_of
from api.repositories.inbox_search import SEARCHES

C = table_of(models.conversations.Conversation)
CU = table_of(models.customers.Customer)
M = table_of(models.messages.Message)
R = table_of(models.messages.ReadMark)
U = table_of(models.users.User)

INBOX_SORTS: dict[str, tuple[Any, ...]] = {
    "last_message_at": (C.c.last_message_at, C.c.id),
    "created_at": (C.c.created_at, C.c.id),
    "priority": (C.c.priority_rank, C.c.last_message_at, C.c.id),
}


@dataclass(frozen=True)
class InboxShape:
    """Which filters a list has; their values are bound parameters."""

    filters: frozenset[str]
    sort: str = "-last_message_at"
    paged: bool = False


def _unread() -> Any:
    mark = (
        select(R.c.read_up_to)
        .where(R.c.user_id == bindparam("caller", type_=SqlUuid()), R.c.conversation_id == C.c.id)
        .correlate(C)
        .scalar_subquery()
    )
    since = func.coalesce(mark, literal_column("'-infinity'::timestamptz"))
    return and_(M.c.conversation_id == C.c.id, M.c.sender == "customer", M.c.state == "sent", M.c.ordered_at > since)


_UNREAD_COUNT = (
    select(func.count()).select_from(M).where(_unread()).correlate(C).scalar_subquery().label("unread_count")
)
_COLUMNS = (
    *(C.c[name] for name in ("id", "subject", "status", "priority", "source", "labels", "last_message_at")),
    *(C.c[name] for name in ("waiting_since", "snoozed_until", "resolution", "metadata", "version")),
    *(C.c[name] for name in ("created_at", "updated_at", "pending_draft_id", "pending_draft_status", "priority_rank")),
    C.c.last_message_id,
    C.c.last_message_sender,
    C.c.last_message_preview,
    *(CU.c[name].label(f"customer_{name}") for name in ("id", "name", "email", "phone", "external_id", "language")),
    *(CU.c[name].label(f"customer_{name}") for name in ("do_not_contact", "created_at", "updated_at")),
    U.c.id.label("assignee_id"),
    U.c.display_name.label("assignee_name"),
    _UNREAD_COUNT,
)
_FROM = C.join(CU, CU.c.id == C.c.customer_id).outerjoin(U, U.c.id == C.c.assignee_id)


_FILTERS: Mapping[str, Any] = {
    "id": C.c.id == bindparam("id", type_=SqlUuid()),
    "status": C.c.status == bindparam("status"),
    "assigned_to": C.c.assignee_id == bindparam("assigned_to", type_=SqlUuid()),
    "unassigned": C.c.assignee_id.is_(None),
    "customer_id": C.c.customer_id == bindparam("customer_id", type_=SqlUuid()),
    "priority": C.c.priority == bindparam("priority"),
    "source": C.c.source == bindparam("source"),
    "label": C.c.labels.op("@>")(postgresql.array([cast(bindparam("label"), SqlText)])),
    "statuses": C.c.status == func.any(bindparam("statuses", type_=postgresql.ARRAY(SqlText))),
    "priorities": C.c.priority == func.any(bindparam("priorities", type_=postgresql.ARRAY(SqlText))),
    "sources": C.c.source == func.any(bindparam("sources", type_=postgresql.ARRAY(SqlText))),
    "labels": C.c.labels.op("&&")(bindparam("labels", type_=postgresql.ARRAY(SqlText))),
    "unread": exists().where(_unread()).correlate(C),
    "awake": or_(C.c.snoozed_until.is_(None), C.c.snoozed_until <= func.now()),
    "asleep": C.c.snoozed_until > func.now(),
    "waiting": C.c.waiting_since.is_not(None),
    "overdue": C.c.waiting_since
    < func.now() - func.make_interval(*[literal_column("0")] * 5, bindparam("overdue_min", type_=Integer)),
    "draft": C.c.pending_draft_status == bindparam("draft"),
    "unresolved": C.c.status != "resolved",
    **{f"{kind}_rare": C.c.id.in_(search.hits()) for kind, search in SEARCHES.items()},
    **{f"{kind}_common": search.holds() for kind, search in SEARCHES.items()},
}


def _select(shape: InboxShape) -> Select[Any]:
    statement = select(*_COLUMNS).select_from(_FROM)
    for name in sorted(shape.filters):
        statement = statement.where(_FILTERS[name])
    keys = INBOX_SORTS[shape.sort.removeprefix("-")]
    descending = shape.sort.startswith("-")
    if shape.paged:
        here = tuple_(*keys)
        there = tuple_(*(bindparam(f"key_{place}", type_=key.type) for place, key in enumerate(keys)))
        statement = statement.where(here < there if descending else here > there)
    return statement.order_by(*(key.desc() if descending else key.asc() for key in keys)).limit(bindparam("limit"))


@dataclass(frozen=True)
class Read:
    """A compiled read: its SQL, and the constants among its parameters."""

    sql: str
    constants: Mapping[str, Any]

    def with_values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters of one run."""
        return {**self.constants, **values}


def compiled(statement: Any) -> Read:
    """Compile a Core statement for the read pool; parameters are `%(name)s`."""
    done = statement.compile(dialect=postgresql.psycopg.dialect())
    return Read(str(done), {name: value for name, value in done.params.items() if value is not None})


@lru_cache(maxsize=512)
def inbox_statement(shape: InboxShape) -> Select[Any]:
    """Return the statement of a shape, for use within a session."""
    return _select(shape)


@lru_cache(maxsize=512)
def inbox_read(shape: InboxShape) -> Read:
    """Return the compiled read of a shape."""
    return compiled(_select(shape))


@lru_cache(maxsize=512)
def count_read(shape: InboxShape) -> Read:
    """Return the compiled count of a shape's rows."""
    statement = select(func.count().label("total")).select_from(_FROM)
    for name in sorted(shape.filters):
        statement = statement.where(_FILTERS[name])
    return compiled(statement)


HITS = {kind: compiled(search.count()) for kind, search in SEARCHES.items()}
STATUS = compiled(
    select(
        *(C.c[name] for name in ("status", "last_message_at", "pending_draft_id", "version")),
        U.c.id.label("assignee_id"),
        U.c.display_name.label("assignee_name"),
        _UNREAD_COUNT,
    )
    .select_from(C.outerjoin(U, U.c.id == C.c.assignee_id))
    .where(_FILTERS["id"])
)
SPEAKERS = compiled(
    select(M.c.id.label("message_id"), U.c.id, U.c.display_name)
    .select_from(M.join(U, U.c.id == M.c.author_id))
    .where(M.c.id == func.any(bindparam("messages", type_=postgresql.ARRAY(SqlUuid))))
)
_OPEN = and_(_FILTERS["awake"], _FILTERS["unresolved"])


def _counted(*conditions: Any) -> Any:
    return func.count(case((and_(*conditions), 1)))


COUNTS = compiled(
    select(
        _counted(_OPEN, _FILTERS["assigned_to"]).label("mine"),
        _counted(_OPEN, _FILTERS["unassigned"]).label("unassigned"),
        _counted(_OPEN, _FILTERS["waiting"]).label("waiting"),
        _counted(_OPEN, C.c.pending_draft_status == "ready").label("drafts"),
        _counted(_OPEN, C.c.pending_draft_status == "flagged").label("flagged"),
        _counted(_OPEN).label("open"),
        _counted(_FILTERS["asleep"], _FILTERS["unresolved"]).label("snoozed"),
    ).where(_FILTERS["unresolved"])
)


def conversation_row(row: Mapping[Any, Any]) -> Row:
    """Give a flat row the contract's shape of a conversation, with `pending_draft` beside it."""
    assigned = row["assignee_id"]
    last = row["last_message_id"]
    draft = row["pending_draft_id"]
    return {
        "id": row["id"],
        "customer": {
            "id": row["customer_id"],
            "name": row["customer_name"],
            "email": row["customer_email"],
            "phone": row["customer_phone"],
            "external_id": row["customer_external_id"],
            "language": row["customer_language"],
            "do_not_contact": row["customer_do_not_contact"],
            "created_at": row["customer_created_at"],
            "updated_at": row["customer_updated_at"],
        },
        "subject": row["subject"],
        "status": row["status"],
        "priority": row["priority"],
        "source": row["source"],
        "labels": row["labels"],
        "assigned_to": assigned and {"id": assigned, "display_name": row["assignee_name"]},
        "last_message": last
        and {
            "id": last,
            "sender": row["last_message_sender"],
            "preview": row["last_message_preview"],
            "sent_at": row["last_message_at"],
        },
        "last_message_at": row["last_message_at"],
        "waiting_since": row["waiting_since"],
        "unread_count": row["unread_count"],
        "snoozed_until": row["snoozed_until"],
        "resolution": row["resolution"],
        "metadata": row["metadata"],
        "version": row["version"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "pending_draft": draft and {"id": draft, "status": row["pending_draft_status"]},
    }


def sort_keys(row: Mapping[str, Any], sort: str) -> list[Any]:
    """Return the values of a flat row that its cursor holds."""
    return [row[key.name] for key in INBOX_SORTS[sort.removeprefix("-")]]
