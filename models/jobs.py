"""Jobs as an administrator sees them, and why their last tries failed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from models.base import InputModel, Timestamp, ViewModel, moment


class JobStatus(StrEnum):
    """The queue's own states; a job that ended well is deleted."""

    TODO = "todo"
    DOING = "doing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ABORTED = "aborted"


class JobFailure(SQLModel, table=True):
    """The last fault of a job; the queue itself keeps none."""

    __tablename__ = "job_failures"  # pyright: ignore[reportAssignmentType]

    job_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    error: str
    failed_at: datetime = moment()


class JobQuery(InputModel):
    """Which jobs are wanted."""

    status: JobStatus | None = None
    task: str | None = None


class JobView(ViewModel):
    """One job; its arguments stay inside, since some are proofs of identity."""

    id: int
    task: str
    queue: str
    status: JobStatus
    attempts: int
    enqueued_at: Timestamp | None
    scheduled_at: Timestamp | None
    last_error: str | None
    failed_at: Timestamp | None
    about: dict[str, UUID]
