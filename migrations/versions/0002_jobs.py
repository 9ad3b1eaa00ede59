"""The job queue's schema.

Why: procrastinate keeps its tables and functions in SQL of its own (facts of release 3.10.0);
an upgrade of it gets a revision of its own here.
Revision: 0002_jobs
"""

from typing import Any

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002_jobs"
down_revision = "0001_nouns"
branch_labels = None
depends_on = None

_DROP = """
DO $$
DECLARE item record;
BEGIN
    FOR item IN SELECT tablename FROM pg_tables
        WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate\\_%' LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', item.tablename);
    END LOOP;
    FOR item IN SELECT p.oid::regprocedure AS signature FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = current_schema() AND p.proname LIKE 'procrastinate\\_%' LOOP
        EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', item.signature);
    END LOOP;
    FOR item IN SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE n.nspname = current_schema() AND t.typname LIKE 'procrastinate\\_%' AND t.typtype IN ('e', 'c') LOOP
        EXECUTE format('DROP TYPE IF EXISTS %I CASCADE', item.typname);
    END LOOP;
END $$
"""


def _run(script: str) -> None:
    """Run a whole script in the simple protocol, since it has several statements and percent signs."""
    raw: Any = op.get_bind().connection.driver_connection
    raw.execute(script.encode())


def upgrade() -> None:
    """Make the queue's tables, types and functions."""
    _run(SchemaManager.get_schema())


def downgrade() -> None:
    """Drop what begins with procrastinate_."""
    _run(_DROP)
