"""What a person keeps for himself: how his screens look, views of his own, texts that he has not sent yet."""

from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from annotated_types import MaxLen
from pydantic import AfterValidator, StringConstraints, model_validator
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from models.base import LONG_TEXT, ONE_LINE, InputModel, TableModel, Timestamp, ViewModel

LIST_WIDTH, NARROWEST, WIDEST = 360, 300, 480
MOST_VIEWS = 30


class Density(StrEnum):
    """How tall the rows of the list are: 76 px or 56 px."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class ScreenPreferences(TableModel, table=True):
    """How one person's workspace looks and which keys it hears; who never chose has no row."""

    __tablename__ = "screen_preferences"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint(f"list_width BETWEEN {NARROWEST} AND {WIDEST}", name="ck_screen_preferences_width"),
    )

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, unique=True))
    density: Density = Field(default=Density.COMFORTABLE, sa_type=Text)
    list_width: int = LIST_WIDTH
    collapsed_panes: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False))
    inbox_query: str = ""
    key_map: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    single_keys: bool = True


class SavedView(TableModel, table=True):
    """A list's filters under a name, one person's own; `query` is the query of the page's address."""

    __tablename__ = "saved_views"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ux_saved_views_name", "user_id", "page", text("lower(name)"), unique=True),)

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False))
    page: str
    name: str
    query: str
    position: int


class UnsentKind(StrEnum):
    """What a text will be: a reply, a private note, or what is sent in place of an AI draft."""

    REPLY = "reply"
    NOTE = "note"
    EDIT = "edit"


class UnsentText(TableModel, table=True):
    """What somebody has typed in a conversation and not sent yet."""

    __tablename__ = "unsent_texts"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("user_id", "conversation_id", "kind", name="ux_unsent_texts"),)

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False))
    conversation_id: UUID = Field(
        sa_column=Column(ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    kind: UnsentKind = Field(sa_type=Text)
    text: str
    message_id: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("messages.id", ondelete="CASCADE"), nullable=True, index=True)
    )


def _distinct(panes: list[str]) -> list[str]:
    return sorted(set(panes))


Pane = Literal["views", "context"]
PageName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
ViewName = Annotated[str, StringConstraints(min_length=1, max_length=60), ONE_LINE]
QueryText = Annotated[str, StringConstraints(max_length=1_000), ONE_LINE]
ActionName = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}\.[a-z_]{1,40}$")]
KeyName = Annotated[str, StringConstraints(pattern=r"^(shift\+)?(mod\+)?([gG]-)?[^\s\x00-\x1f\x7f\"\\]{1,12}$")]
UnsentWords = Annotated[str, StringConstraints(max_length=10_000), LONG_TEXT]


class PreferencesPatch(InputModel):
    """What somebody changes about his screens; what is not told stays."""

    density: Density | None = None
    list_width: Annotated[int, Field(ge=NARROWEST, le=WIDEST)] | None = None
    collapsed_panes: Annotated[list[Pane], AfterValidator(_distinct)] | None = None
    inbox_query: QueryText | None = None
    key_map: Annotated[dict[ActionName, KeyName], MaxLen(60)] | None = None
    single_keys: bool | None = None

    @model_validator(mode="after")
    def _one_action_a_key(self) -> Self:
        used = [(action.startswith("draft."), key) for action, key in (self.key_map or {}).items()]
        if len(set(used)) < len(used):
            raise ValueError("two actions must not have the same key")
        return self


class PreferencesView(ViewModel):
    """How somebody's workspace looks; the defaults where he never chose."""

    density: Density = Density.COMFORTABLE
    list_width: int = LIST_WIDTH
    collapsed_panes: list[str] = Field(default_factory=list)
    inbox_query: str = ""
    key_map: dict[str, str] = Field(default_factory=dict)
    single_keys: bool = True


class SavedViewInput(InputModel):
    """A view to be kept."""

    page: PageName
    name: ViewName
    query: QueryText


class SavedViewView(ViewModel):
    """A kept view."""

    id: UUID
    page: str
    name: str
    query: str
    position: int


class UnsentTextView(ViewModel):
    """A text that waits to be sent; `message_id` is the draft that it is an edit of."""

    conversation_id: UUID
    kind: UnsentKind
    text: str
    message_id: UUID | None
    updated_at: Timestamp
