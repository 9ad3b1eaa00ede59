"""The former secret of a webhook endpoint and until when it signs beside the new one.

Revision: 0008_webhook_rotation
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_webhook_rotation"
down_revision = "0007_deletion_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("webhook_endpoints", sa.Column("old_secret", sa.Text(), nullable=True))
    op.add_column("webhook_endpoints", sa.Column("old_secret_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them again."""
    op.drop_column("webhook_endpoints", "old_secret_until")
    op.drop_column("webhook_endpoints", "old_secret")
