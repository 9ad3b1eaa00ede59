"""Feature flags: a name, whether it is on, who answers for it, and when it ends."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy import Text
from sqlmodel import Field

from models.base import LONG_TEXT, ONE_LINE, GivenMoment, InputModel, TableModel, Timestamp, ViewModel, moment

FLAG_NAME = r"^[a-z][a-z0-9_.-]{0,63}$"


class FlagStage(StrEnum):
    """Which flags are wanted: `ending` ones are switched on, and over or about to be."""

    ON = "on"
    OFF = "off"
    ENDING = "ending"
    EXPIRED = "expired"


FlagName = Annotated[str, StringConstraints(pattern=FLAG_NAME)]


class FeatureFlag(TableModel, table=True):
    """A flag that somebody set."""

    __tablename__ = "feature_flags"  # pyright: ignore[reportAssignmentType]

    name: str = Field(unique=True)
    enabled: bool
    description: str = Field(default="", sa_type=Text)
    owner: str
    expires_at: datetime = moment()


class FlagPatch(InputModel):
    """Body of PATCH /admin/flags/{name}; a name that is new makes the flag."""

    enabled: bool | None = None
    description: Annotated[str, StringConstraints(max_length=2_000), LONG_TEXT] | None = None
    owner: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE] | None = None
    expires_at: GivenMoment | None = None


class FlagView(ViewModel):
    """A flag; `active` is whether it works now: switched on and not expired."""

    name: str
    enabled: bool
    active: bool
    expired: bool
    description: str
    owner: str
    expires_at: Timestamp
    updated_at: Timestamp
