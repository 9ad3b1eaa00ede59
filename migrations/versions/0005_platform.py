"""Webhooks, flags, quotas, job faults; the audit trail append-only and chained.

Why: the trail must show tampering by its own rules; partners are told of events; keys have daily quotas.
Revision: 0005_platform
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_platform"
down_revision = "0004_accounts"
branch_labels = None
depends_on = None

DIGEST = """
CREATE FUNCTION audit_digest(salt bytea, before jsonb, after jsonb, ip text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(salt || convert_to(jsonb_build_array(before, after, ip)::text, 'UTF8'))
$$
"""
BODY = """
CREATE FUNCTION audit_body(place bigint, e audit_entries) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT convert_to(jsonb_build_array(place, e.id, (extract(epoch FROM e.created_at) * 1000000)::bigint,
        e.actor_id, e.actor, e.action, e.target, e.request_id, encode(e.digest, 'hex'))::text, 'UTF8')
$$
"""
SALTED = """
CREATE FUNCTION audit_salted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.salt := uuid_send(gen_random_uuid());
    NEW.digest := audit_digest(NEW.salt, NEW.before, NEW.after, NEW.ip);
    NEW.redacted_by := NULL;
    RETURN NEW;
END $$
"""
LINK = """
CREATE FUNCTION audit_link(e audit_entries) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    last audit_links;
BEGIN
    PERFORM pg_advisory_xact_lock(4711202605);  -- the chain's end; held from here to the commit
    SELECT * INTO last FROM audit_links ORDER BY position DESC LIMIT 1;
    INSERT INTO audit_links (position, entry_id, hash) VALUES (
        coalesce(last.position, 0) + 1,
        e.id,
        sha256(coalesce(last.hash, ''::bytea) || audit_body(coalesce(last.position, 0) + 1, e))
    );
END $$
"""
CHAINED = """
CREATE FUNCTION audit_chained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_link(NEW);
    RETURN NULL;
END $$
"""
REFUSED = """
CREATE FUNCTION audit_refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END $$
"""
REDACTED = """
CREATE FUNCTION audit_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.redacted_by IS NULL
        AND NEW.before IS NULL AND NEW.after IS NULL AND NEW.ip IS NULL AND NEW.salt IS NULL
        AND (NEW.id, NEW.created_at, NEW.updated_at, NEW.actor, NEW.action, NEW.target, NEW.digest)
            = (OLD.id, OLD.created_at, OLD.updated_at, OLD.actor, OLD.action, OLD.target, OLD.digest)
        AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id
        AND NEW.request_id IS NOT DISTINCT FROM OLD.request_id
        AND EXISTS (
            SELECT FROM audit_entries e
            WHERE e.id = NEW.redacted_by AND e.created_at >= OLD.created_at
                AND split_part(e.action, ':', 2) IN ('erase', 'delete')
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER audit_salted BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_salted()",
    "CREATE CONSTRAINT TRIGGER audit_chained AFTER INSERT ON audit_entries DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION audit_chained()",
    "CREATE TRIGGER audit_redacted BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_redacted()",
    "CREATE TRIGGER audit_kept BEFORE DELETE OR TRUNCATE ON audit_entries EXECUTE FUNCTION audit_refused()",
    "CREATE TRIGGER audit_links_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_links "
    "EXECUTE FUNCTION audit_refused()",
)
FUNCTIONS = (
    "audit_salted()",
    "audit_chained()",
    "audit_redacted()",
    "audit_refused()",
    "audit_link(audit_entries)",
    "audit_body(bigint, audit_entries)",
    "audit_digest(bytea, jsonb, jsonb, text)",
)


def _timestamp(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _usual() -> list[sa.Column[object]]:
    return [sa.Column("id", sa.Uuid(), primary_key=True), _timestamp("created_at"), _timestamp("updated_at")]


def upgrade() -> None:
    """Make the tables, digest and chain the entries that there are, then shut the trail."""
    _chain_the_trail()
    _make_webhooks()
    op.create_table(
        "feature_flags",
        *_usual(),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        _timestamp("expires_at"),
    )
    op.create_table(
        "job_failures",
        sa.Column("job_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("error", sa.String(), nullable=False),
        _timestamp("failed_at"),
    )
    op.create_table(
        "api_key_usage",
        sa.Column("key_id", sa.Uuid(), sa.ForeignKey("api_keys.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("used", sa.Integer(), nullable=False),
    )


def _chain_the_trail() -> None:
    op.create_table(
        "audit_links",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )
    op.add_column("audit_entries", sa.Column("salt", sa.LargeBinary()))
    op.add_column("audit_entries", sa.Column("digest", sa.LargeBinary()))
    op.add_column("audit_entries", sa.Column("redacted_by", sa.Uuid()))
    for function in (DIGEST, BODY, SALTED, LINK, CHAINED, REFUSED, REDACTED):
        op.execute(function)
    op.execute("UPDATE audit_entries SET salt = uuid_send(gen_random_uuid())")
    op.execute("UPDATE audit_entries SET digest = audit_digest(salt, before, after, ip)")
    op.alter_column("audit_entries", "digest", nullable=False)
    op.execute("SELECT audit_link(e) FROM (SELECT * FROM audit_entries ORDER BY created_at, id) e")
    for trigger in TRIGGERS:
        op.execute(trigger)


def _make_webhooks() -> None:
    op.create_table(
        "webhook_endpoints",
        *_usual(),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("events", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        _timestamp("disabled_at", nullable=True),
        sa.Column("disabled_reason", sa.String()),
        _timestamp("last_success_at", nullable=True),
    )
    endpoint = sa.ForeignKey("webhook_endpoints.id", ondelete="CASCADE")
    op.create_table(
        "webhook_deliveries",
        *_usual(),
        sa.Column("endpoint_id", sa.Uuid(), endpoint, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("response_status", sa.Integer()),
        sa.Column("error", sa.String()),
        sa.Column("duration_ms", sa.Integer()),
        _timestamp("next_attempt_at", nullable=True),
        _timestamp("last_attempt_at", nullable=True),
        _timestamp("delivered_at", nullable=True),
    )
    op.create_index("ix_deliveries_endpoint", "webhook_deliveries", ["endpoint_id", "created_at", "id"])
    settled = sa.text("status <> 'pending'")
    op.create_index("ix_deliveries_settled", "webhook_deliveries", ["created_at"], postgresql_where=settled)


def downgrade() -> None:
    """Take it away again; the trail's entries stay."""
    for table in ("api_key_usage", "job_failures", "feature_flags", "webhook_deliveries", "webhook_endpoints"):
        op.drop_table(table)
    for trigger in ("audit_salted", "audit_chained", "audit_redacted", "audit_kept"):
        op.execute(f"DROP TRIGGER {trigger} ON audit_entries")
    op.drop_table("audit_links")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    for column in ("redacted_by", "digest", "salt"):
        op.drop_column("audit_entries", column)
