"""Screen preferences, saved views, unsent reply texts.

Why: staff keep how their screens look, views of their own, and what they have not sent yet.
Revision: 0003_workspace
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_workspace"
down_revision = "0002_jobs"
branch_labels = None
depends_on = None


def _common() -> list[sa.Column[Any]]:
    moments = [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "updated_at")]
    return [sa.Column("id", sa.Uuid(), primary_key=True), *moments]


def _of(column: str, table: str) -> sa.Column[Any]:
    return sa.Column(column, sa.Uuid(), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    """Make what the models need."""
    op.create_table(
        "screen_preferences",
        *_common(),
        _of("user_id", "users"),
        sa.Column("density", sa.Text(), nullable=False),
        sa.Column("list_width", sa.Integer(), nullable=False),
        sa.Column("collapsed_panes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("inbox_query", sa.String(), nullable=False),
        sa.Column("key_map", postgresql.JSONB(), nullable=False),
        sa.Column("single_keys", sa.Boolean(), nullable=False),
        sa.CheckConstraint("list_width BETWEEN 300 AND 480", name="ck_screen_preferences_width"),
        sa.UniqueConstraint("user_id"),
    )
    op.create_table(
        "saved_views",
        *_common(),
        _of("user_id", "users"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("page", "name", "query")),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_index("ux_saved_views_name", "saved_views", ["user_id", "page", sa.text("lower(name)")], unique=True)
    op.create_table(
        "unsent_texts",
        *_common(),
        _of("user_id", "users"),
        _of("conversation_id", "conversations"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.UniqueConstraint("user_id", "conversation_id", "kind", name="ux_unsent_texts"),
    )
    op.create_index("ix_unsent_texts_conversation_id", "unsent_texts", ["conversation_id"])


def downgrade() -> None:
    """Take it away again."""
    for table in ("unsent_texts", "saved_views", "screen_preferences"):
        op.drop_table(table)
