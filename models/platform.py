"""What the platform keeps about itself: audit trail, API keys, idempotency records, status."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from annotated_types import Ge, Le, MinLen
from pydantic import BeforeValidator, StringConstraints
from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from models.base import ONE_LINE, GivenMoment, InputModel, Line, TableModel, Timestamp, ViewModel, moment

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class AuditEntry(TableModel, table=True):
    """One write by staff or an admin to something not his own; append-only, by triggers of revision 0005.

    The database salts and digests the details (`before`, `after`, `ip`) as they come. An erasure may blank the
    details and their salt, once, naming the entry that tells of it; the digest stays, so the chain does too.
    """

    __tablename__ = "audit_entries"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_audit_created", "created_at", "id"), Index("ix_audit_target", "target"))

    actor_id: UUID | None = None
    actor: str
    action: str
    target: str
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    ip: str | None = None
    request_id: str | None = None
    salt: bytes | None = None
    digest: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=False))
    redacted_by: UUID | None = None


class AuditLink(SQLModel, table=True):
    """An entry's place in the chain: its hash covers the entry and the hash before it."""

    __tablename__ = "audit_links"  # pyright: ignore[reportAssignmentType]

    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    entry_id: UUID = Field(unique=True)
    hash: bytes


class Scope(StrEnum):
    """What a key may do, within its owner's permissions."""

    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_WRITE = "conversations:write"
    CONVERSATIONS_INTERNAL = "conversations:internal"
    VEHICLES_READ = "vehicles:read"
    VEHICLES_WRITE = "vehicles:write"
    CONTENT_READ = "content:read"
    CONTENT_WRITE = "content:write"
    USERS_READ = "users:read"
    ANALYTICS_READ = "analytics:read"


class ApiKey(TableModel, table=True):
    """A key of a user; its secret is stored as a SHA-256 hash."""

    __tablename__ = "api_keys"  # pyright: ignore[reportAssignmentType]

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True))
    name: str
    secret_hash: bytes = Field(unique=True)
    hint: str
    scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    daily_quota: int | None = None
    expires_at: datetime | None = moment(None)
    last_used_at: datetime | None = moment(None)
    revoked_at: datetime | None = moment(None)


class ApiKeyUsage(SQLModel, table=True):
    """How many requests a key with a daily quota made on a day in UTC."""

    __tablename__ = "api_key_usage"  # pyright: ignore[reportAssignmentType]

    key_id: UUID = Field(sa_column=Column(ForeignKey("api_keys.id", ondelete="CASCADE"), primary_key=True))
    day: date = Field(primary_key=True)
    used: int = 0


class IdempotencyRecord(TableModel, table=True):
    """The first answer to a key and request, kept for 24 hours; no status while it still runs."""

    __tablename__ = "idempotency_records"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ux_idempotency", "caller", "key", unique=True),
        Index("ix_idempotency_created", "created_at"),
    )

    caller: str
    key: str
    fingerprint: bytes
    status: int | None = None
    headers: dict[str, str] | None = Field(default=None, sa_column=Column(JSONB))
    body: bytes | None = None


class ApiKeyInput(InputModel):
    """Body of POST /api-keys."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE]
    scopes: Annotated[list[Scope], MinLen(1)]
    expires_at: GivenMoment | None = None
    daily_quota: Annotated[int, Ge(1), Le(1_000_000_000)] | None = None


class ApiKeyView(ViewModel):
    """A key without its secret; `hint` is how it begins."""

    id: UUID
    name: str
    hint: str
    scopes: list[Scope]
    daily_quota: int | None
    expires_at: Timestamp | None
    last_used_at: Timestamp | None
    created_at: Timestamp


class NewApiKeyView(ApiKeyView):
    """A key with the secret, shown once."""

    secret: str


class AuditView(ViewModel):
    """One line of the audit trail; names are those of today, None for what has none or is gone."""

    id: UUID
    at: Timestamp
    actor: str
    action: str
    target: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    ip: str | None
    request_id: str | None
    actor_name: str | None = None
    actor_email: str | None = None
    target_name: str | None = None


def _start_of_day(value: Any) -> Any:
    """Read a date as its first moment in UTC."""
    return f"{value}T00:00:00Z" if isinstance(value, str) and _DATE.fullmatch(value) else value


FilterMoment = Annotated[GivenMoment, BeforeValidator(_start_of_day)]


class AuditQuery(InputModel):
    """Which lines of the audit trail are wanted; `since` is inclusive, `until` exclusive.

    `actor` is a user's id, a name in the trail (`system:jobs`), an e-mail or how a person's name begins; `action` is
    `subject:verb` or a subject; `target` is `kind:id`, a kind or an id.
    """

    actor: Line | None = None
    action: Line | None = None
    target: Line | None = None
    since: datetime | None = None
    until: datetime | None = None


class CheckView(ViewModel):
    """One dependency's health."""

    status: str
    latency_ms: float | None = None
    detail: str | None = None


class StatusView(ViewModel):
    """Answer of GET /status; `checks` only for admins."""

    status: str
    version: str
    uptime_s: int
    checks: dict[str, CheckView] | None = None


class WelcomeView(ViewModel):
    """Answer of GET /."""

    name: str
    version: str
    docs: str
    openapi: str


class HealthView(ViewModel):
    """Answer of GET /health/live and /health/ready."""

    status: str


class MigrationsView(ViewModel):
    """Answer of GET /migrations."""

    applied: list[str]
    pending: list[str]
    head: str
