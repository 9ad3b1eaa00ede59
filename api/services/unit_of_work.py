"""UnitOfWork: session, repositories, actor, clock, audit, jobs and notices; one commit at its end."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.bus import CHANNEL
from api.core.database import Database
from api.core.encryption import Sealer, sealer_of
from api.core.jobs import Jobs
from api.core.security import Actor
from api.core.settings import Settings
from api.repositories.accounts import AgeCheckRepository, HoldingsRepository, OutsideIdentityRepository, TotpRepository
from api.repositories.audit import AuditRepository
from api.repositories.conversations import ConversationRepository, CustomerRepository, MessageRepository
from api.repositories.conversations_canned import CannedResponseRepository
from api.repositories.dealership import DealershipRepository
from api.repositories.flags import FlagRepository
from api.repositories.jobs import JobRepository
from api.repositories.notifications import NotificationRepository
from api.repositories.platform import ApiKeyRepository, IdempotencyRepository
from api.repositories.suggestions import SuggestionRepository
from api.repositories.user_deletions import DeletionRequestRepository
from api.repositories.users import SessionRepository, TokenRepository, UserRepository
from api.repositories.vehicles import VehicleRepository
from api.repositories.webhook_endpoints import DeliveryRepository, EndpointRepository
from api.repositories.workspace import PreferencesRepository, SavedViewRepository, UnsentTextRepository
from models.base import rfc3339, utc_now
from models.platform import AuditEntry
from models.webhook_endpoints import WebhookEventKind

_TOLD_OUTSIDE = frozenset(WebhookEventKind)
DELIVER = "webhook_deliveries.deliver"
_NOTIFY = text("SELECT pg_notify(:channel, :payload)")


class UnitOfWork:
    """What a service works with. Services never commit; the unit does, once, when its block ends well."""

    def __init__(self, session: AsyncSession, actor: Actor, database: Database, jobs: Jobs, settings: Settings) -> None:
        self.session = session
        self.actor = actor
        self.database = database
        self.settings = settings
        self.now: datetime = utc_now()
        self._jobs = jobs
        self._events: dict[bytes, None] = {}
        self._after_commit: list[Callable[[], None]] = []

    @cached_property
    def sealer(self) -> Sealer:
        """What encrypts at rest, under ENCRYPTION_KEY."""
        return sealer_of(self.settings)

    @cached_property
    def users(self) -> UserRepository:
        """People."""
        return UserRepository(self.session)

    @cached_property
    def sessions(self) -> SessionRepository:
        """Sign-ins."""
        return SessionRepository(self.session)

    @cached_property
    def tokens(self) -> TokenRepository:
        """Mailed tokens and failed sign-ins."""
        return TokenRepository(self.session)

    @cached_property
    def totp(self) -> TotpRepository:
        """Second factors."""
        return TotpRepository(self.session)

    @cached_property
    def identities(self) -> OutsideIdentityRepository:
        """Accounts elsewhere that people sign in with."""
        return OutsideIdentityRepository(self.session)

    @cached_property
    def age_checks(self) -> AgeCheckRepository:
        """Checks of age."""
        return AgeCheckRepository(self.session)

    @cached_property
    def holdings(self) -> HoldingsRepository:
        """All that is held about one user."""
        return HoldingsRepository(self.session)

    @cached_property
    def keys(self) -> ApiKeyRepository:
        """API keys."""
        return ApiKeyRepository(self.session)

    @cached_property
    def audits(self) -> AuditRepository:
        """The audit trail."""
        return AuditRepository(self.session)

    @cached_property
    def idempotency(self) -> IdempotencyRepository:
        """First answers to repeated requests."""
        return IdempotencyRepository(self.session)

    @cached_property
    def customers(self) -> CustomerRepository:
        """Customers."""
        return CustomerRepository(self.session)

    @cached_property
    def conversations(self) -> ConversationRepository:
        """Conversations and read marks."""
        return ConversationRepository(self.session)

    @cached_property
    def messages(self) -> MessageRepository:
        """Messages."""
        return MessageRepository(self.session)

    @cached_property
    def suggestions(self) -> SuggestionRepository:
        """AI drafts and their events."""
        return SuggestionRepository(self.session)

    @cached_property
    def canned(self) -> CannedResponseRepository:
        """Canned responses."""
        return CannedResponseRepository(self.session)

    @cached_property
    def dealership(self) -> DealershipRepository:
        """The dealership's own facts."""
        return DealershipRepository(self.session)

    @cached_property
    def vehicles(self) -> VehicleRepository:
        """The inventory."""
        return VehicleRepository(self.session)

    @cached_property
    def notifications(self) -> NotificationRepository:
        """Notices to people."""
        return NotificationRepository(self.session)

    @cached_property
    def flags(self) -> FlagRepository:
        """Feature flags."""
        return FlagRepository(self.session)

    @cached_property
    def deletion_requests(self) -> DeletionRequestRepository:
        """Accounts that one administrator wants deleted."""
        return DeletionRequestRepository(self.session)

    @cached_property
    def jobs(self) -> JobRepository:
        """The queue, as administrators see it."""
        return JobRepository(self.session)

    @cached_property
    def endpoints(self) -> EndpointRepository:
        """Webhook endpoints."""
        return EndpointRepository(self.session)

    @cached_property
    def deliveries(self) -> DeliveryRepository:
        """Webhook deliveries."""
        return DeliveryRepository(self.session)

    @cached_property
    def preferences(self) -> PreferencesRepository:
        """How each person's screens look."""
        return PreferencesRepository(self.session)

    @cached_property
    def saved_views(self) -> SavedViewRepository:
        """Views that people keep."""
        return SavedViewRepository(self.session)

    @cached_property
    def unsent(self) -> UnsentTextRepository:
        """Texts that wait to be sent."""
        return UnsentTextRepository(self.session)

    async def audit(
        self,
        action: str,
        target: str,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Write a line of the audit trail.

        Args:
            action: `subject:verb`, such as `conversation:delete`.
            target: `kind:id`.
            before: What it was, JSON-ready, without secrets.
            after: What it is now.
        """
        await self._audit(action, target, before, after)

    async def audit_erasure(
        self, action: str, target: str, also: Sequence[str] = (), after: dict[str, Any] | None = None
    ) -> None:
        """Write that a person or thing was erased, and blank what the trail held of it before.

        Who did what to it, and when, stays; `before`, `after` and `ip` go. The chain holds all the same, since
        it covers a digest of them (docs/decisions/0005-audit-chain.md).

        Args:
            action: `subject:erase` or `subject:delete`; the database takes no other.
            target: `kind:id`, as the entries name it.
            also: Other targets whose entries tell of it, such as a customer's conversations.
            after: What stays known of it, such as the reason.
        """
        moment = await self.audits.moment_after([target, *also], self.now)
        told_by = await self._audit(action, target, after=after, at=moment)
        await self.audits.redact([target, *also], told_by)

    async def _audit(
        self,
        action: str,
        target: str,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        at: datetime | None = None,
    ) -> UUID:
        entry = await self.audits.add(
            AuditEntry(
                created_at=at or self.now,
                actor_id=self.actor.user_id,
                actor=self.actor.name,
                action=action,
                target=target,
                before=_plain(before),
                after=_plain(after),
                ip=self.actor.ip,
                request_id=self.actor.request_id,
            )
        )
        return entry.id

    async def enqueue(self, job: str, lock: str | None = None, at: datetime | None = None, **arguments: Any) -> None:
        """Enqueue a job that exists only if this unit commits, not to run before `at`; UUIDs become text."""
        plain = {name: str(value) if isinstance(value, UUID) else value for name, value in arguments.items()}
        await self._jobs.enqueue(self.session, job, lock=lock, at=at, **plain)

    def announce(self, kind: str, **ids: Any) -> None:
        """Tell every process, at the commit, that something happened; ids only, never contents.

        A kind that webhooks know is delivered to their endpoints too, by jobs of the same commit.
        """
        self._events[orjson.dumps({"kind": kind, **ids}, default=str)] = None

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do something in this process once the commit stands, such as dropping a cached session."""
        self._after_commit.append(act)

    async def finish(self) -> None:
        """Send the announcements in the same transaction and commit."""
        await self._tell_endpoints()
        for payload in self._events:
            await self.session.execute(_NOTIFY, {"channel": CHANNEL, "payload": payload.decode()})
        await self.session.commit()
        for act in self._after_commit:
            act()

    async def _tell_endpoints(self) -> None:
        events = [orjson.loads(payload) for payload in self._events]
        heard = [(event.pop("kind"), event) for event in events if event["kind"] in _TOLD_OUTSIDE]
        for delivery_id in await self.deliveries.make(heard, self.now) if heard else ():
            await self.enqueue(DELIVER, delivery_id=delivery_id)


@contextlib.asynccontextmanager
async def open_unit(database: Database, jobs: Jobs, settings: Settings, actor: Actor) -> AsyncIterator[UnitOfWork]:
    """Open a unit of work, commit it where the block ends well, roll back where it raises."""
    async with database.sessions() as session:
        uow = UnitOfWork(session, actor, database, jobs, settings)
        yield uow
        await uow.finish()


def _plain(value: dict[str, Any] | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return orjson.loads(orjson.dumps(value, default=_as_text, option=orjson.OPT_PASSTHROUGH_DATETIME))


def _as_text(value: Any) -> str:
    return rfc3339(value) if isinstance(value, datetime) else str(value)
