"""Open requests to delete somebody's account.

Why: one administrator asks, another confirms.
Revision: 0007_deletion_requests
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_deletion_requests"
down_revision = "0006_ai_figures"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deletion_requests",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _moment("created_at"),
        _moment("updated_at"),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("asked_by", sa.Uuid(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _moment("expires_at"),
        _moment("alone_from", nullable=True),
        sa.UniqueConstraint("user_id"),
    )
    op.create_index("ix_deletion_requests_asked_by", "deletion_requests", ["asked_by"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("deletion_requests")
