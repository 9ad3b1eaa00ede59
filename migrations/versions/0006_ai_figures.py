"""An index for the figures of AI drafts over a range of time.

Revision: 0006_ai_figures
"""

from alembic import op

revision = "0006_ai_figures"
down_revision = "0005_platform"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_suggestions_created", "suggestions", ["created_at"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_index("ix_suggestions_created", table_name="suggestions")
