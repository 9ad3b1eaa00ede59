"""Two-factor, outside identities, age checks; the indexes by which a million users are listed and sought.

Why: sign-in beyond a password, and an administration that stays quick.
Revision: 0004_accounts
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_accounts"
down_revision = "0003_workspace"
branch_labels = None
depends_on = None

_LAST_LOGIN = sa.text("coalesce(last_login_at, '0001-01-01 00:00:00+00'::timestamptz)")
_SEARCH = "lower(username || ' ' || display_name || ' ' || email)"
_WORDS = "to_tsvector('simple', translate(username || ' ' || display_name || ' ' || email, '@._-+', '     '))"
_INDEXES = {
    "ix_users_last_login": ([_LAST_LOGIN, "id"], {}),
    "ix_users_role": (["role", "created_at", "id"], {}),
    "ix_users_status": (["status", "created_at", "id"], {}),
    "ix_users_age": (["age_verified_until"], {}),
    "ix_users_search": (["search"], {"postgresql_using": "gin", "postgresql_ops": {"search": "gin_trgm_ops"}}),
    "ix_users_words": (["words"], {"postgresql_using": "gin"}),
}


def _columns() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _user() -> sa.Column:
    return sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)


def _moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def upgrade() -> None:
    """Make what the models need."""
    op.add_column("users", _moment("age_verified_until"))
    op.add_column("users", sa.Column("search", sa.Text(), sa.Computed(_SEARCH, persisted=True)))
    op.add_column("users", sa.Column("words", postgresql.TSVECTOR(), sa.Computed(_WORDS, persisted=True)))
    for name, (columns, options) in _INDEXES.items():
        op.create_index(name, "users", columns, **options)
    op.create_table(
        "totp_secrets",
        *_columns(),
        _user(),
        sa.Column("secret", sa.Text(), nullable=False),
        _moment("confirmed_at"),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.UniqueConstraint("user_id"),
    )
    op.create_table(
        "recovery_codes",
        *_columns(),
        _user(),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False, unique=True),
        _moment("used_at"),
    )
    op.create_index("ix_recovery_codes_user_id", "recovery_codes", ["user_id"])
    op.create_table(
        "outside_identities",
        *_columns(),
        _user(),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
    )
    op.create_index("ix_outside_identities_user_id", "outside_identities", ["user_id"])
    op.create_index("ux_outside_identities", "outside_identities", ["provider", "subject"], unique=True)
    op.create_table(
        "age_checks",
        *_columns(),
        _user(),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        _moment("expires_at"),
    )
    op.create_index("ix_age_checks_user", "age_checks", ["user_id", "created_at"])


def downgrade() -> None:
    """Take it away again."""
    for table in ("age_checks", "outside_identities", "recovery_codes", "totp_secrets"):
        op.drop_table(table)
    for name in reversed(_INDEXES):
        op.drop_index(name, table_name="users")
    for column in ("words", "search", "age_verified_until"):
        op.drop_column("users", column)
