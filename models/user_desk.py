"""What administrators see of people beyond the list: standing, history, one change to many and what came of it."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import AfterValidator, Field

from models.base import InputModel, Timestamp, ViewModel
from models.platform import AuditView
from models.users import Role, UserPatch, UserStatus

MOST_PEOPLE = 200
MOST_SELECTED = 2_000


def _distinct(ids: list[UUID]) -> list[UUID]:
    return sorted(set(ids))


class UserBulkChange(InputModel):
    """The same change for each of them."""

    ids: Annotated[list[UUID], MinLen(1), MaxLen(MOST_PEOPLE), AfterValidator(_distinct)]
    change: UserPatch


class Verdict(StrEnum):
    """What becomes of one person."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Standing(ViewModel):
    """What a change may touch."""

    role: Role
    status: UserStatus


class UserOutcome(ViewModel):
    """One person's part of a change to many; `reason` says why he was refused."""

    id: UUID
    name: str
    email: str
    verdict: Verdict
    before: Standing | None = None
    after: Standing | None = None
    reason: str = ""


class UserBulkReport(ViewModel):
    """What came of a change, or would: in the order of the people's names, the refused first."""

    outcomes: list[UserOutcome] = Field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        """Count the people of a verdict."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)


class DossierView(ViewModel):
    """What stands beside an account: why and until when it is suspended, its checks, its ways in, its history."""

    suspension_reason: str | None
    suspended_until: Timestamp | None
    email_verified_at: Timestamp | None
    age_verified_at: Timestamp | None
    age_verified_until: Timestamp | None
    two_factor: bool
    history: list[AuditView]
    older: bool
