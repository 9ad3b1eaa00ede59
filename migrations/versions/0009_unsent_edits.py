"""Which draft a text that was typed and not sent is an edit of.

Revision: 0009_unsent_edits
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_unsent_edits"
down_revision = "0008_webhook_rotation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; texts that are kept already are replies and notes, which are of no draft."""
    op.add_column("unsent_texts", sa.Column("message_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "unsent_texts_message_id_fkey", "unsent_texts", "messages", ["message_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index("ix_unsent_texts_message_id", "unsent_texts", ["message_id"])


def downgrade() -> None:
    """Drop the column, and with it the edits: without their draft nothing can be sent of them."""
    op.execute("DELETE FROM unsent_texts WHERE kind = 'edit'")
    op.drop_column("unsent_texts", "message_id")
