"""What is sought and what is searched are folded the same way: letter case, accents and apostrophes count for nothing.

Why: "Munoz" finds Muñoz, "Strauss" Strauß, "ONeil" O'Neil, and the other way round.
The folding is plain SQL: `unaccent` is no immutable function, and its rules differ between servers.
Revision: 0010_folded_search
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010_folded_search"
down_revision = "0009_unsent_edits"
branch_labels = None
depends_on = None

_FOLDED = r"""
CREATE FUNCTION folded(told text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(told) = length(told) THEN lower(told) ELSE
  replace(replace(replace(replace(translate(
    lower(normalize(regexp_replace(normalize(told, NFKD), '[\u0300-\u036f]', '', 'g'), NFKC)),
    'øłđðħŧŋıς', 'olddhtniσ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') END
"""
_FOLDED_NAME = """
CREATE FUNCTION folded_name(told text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN folded(translate(told, '''’‘ʼ`´', ''))
"""
_ANALYZE = "ANALYZE customers, conversations, messages"  # of a column without statistics common words are thought rare
_PERSON = "name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '')"


def upgrade() -> None:
    """Make the functions, and the searched columns anew with them."""
    op.execute(_FOLDED)
    op.execute(_FOLDED_NAME)
    _replace_search("customers", f"folded_name({_PERSON})")
    _replace_words("to_tsvector('simple', folded(content))")
    op.drop_index("ix_conversations_subject", table_name="conversations")
    _add_search("conversations", "folded_name(subject)")
    op.execute("CREATE INDEX ix_customers_name ON customers USING gin (folded_name(name) gin_trgm_ops)")
    op.execute(_ANALYZE)


def downgrade() -> None:
    """Search letters as they are written again."""
    op.drop_index("ix_customers_name", table_name="customers")
    _drop_search("conversations")
    op.execute("CREATE INDEX ix_conversations_subject ON conversations USING gin (lower(subject) gin_trgm_ops)")
    _replace_words("to_tsvector('simple', content)")
    _replace_search("customers", f"lower({_PERSON})")
    op.execute("DROP FUNCTION folded_name(text)")
    op.execute("DROP FUNCTION folded(text)")
    op.execute(_ANALYZE)


def _replace_search(table: str, told: str) -> None:
    _drop_search(table)
    _add_search(table, told)


def _drop_search(table: str) -> None:
    op.drop_index(f"ix_{table}_search", table_name=table)
    op.drop_column(table, "search")


def _add_search(table: str, told: str) -> None:
    op.add_column(table, sa.Column("search", sa.Text(), sa.Computed(told, persisted=True)))
    trigrams = {"search": "gin_trgm_ops"}
    op.create_index(f"ix_{table}_search", table, ["search"], postgresql_using="gin", postgresql_ops=trigrams)


def _replace_words(told: str) -> None:
    op.drop_index("ix_messages_tsv", table_name="messages")
    op.drop_column("messages", "tsv")
    op.add_column("messages", sa.Column("tsv", postgresql.TSVECTOR(), sa.Computed(told, persisted=True)))
    op.create_index("ix_messages_tsv", "messages", ["tsv"], postgresql_using="gin")
