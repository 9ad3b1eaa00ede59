"""Tables of people, customers, conversations, drafts, inventory and platform.

Why: what the first release keeps.
Revision: 0001_nouns
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001_nouns'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    op.create_table('attempts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_attempts_created', 'attempts', ['created_at'], unique=False)
    op.create_index('ix_attempts_subject', 'attempts', ['kind', 'subject', 'created_at'], unique=False)
    op.create_table('audit_entries',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('target', sa.String(), nullable=False),
    sa.Column('before', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('after', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('ip', sa.String(), nullable=True),
    sa.Column('request_id', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_audit_created', 'audit_entries', ['created_at', 'id'], unique=False)
    op.create_index('ix_audit_target', 'audit_entries', ['target'], unique=False)
    op.create_table('canned_responses',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('content', sa.String(), nullable=False),
    sa.Column('shortcut', sa.String(), nullable=True),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ux_canned_shortcut', 'canned_responses', [sa.literal_column('lower(shortcut)')], unique=True)
    op.create_table('customers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('external_id', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('do_not_contact', sa.Boolean(), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('search', sa.Text(), sa.Computed("lower(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))", persisted=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_customers_created', 'customers', ['created_at', 'id'], unique=False)
    op.create_index('ix_customers_email', 'customers', [sa.literal_column('lower(email)')], unique=False)
    op.create_index('ix_customers_phone', 'customers', ['phone'], unique=False)
    op.create_index('ix_customers_search', 'customers', ['search'], unique=False, postgresql_using='gin', postgresql_ops={'search': 'gin_trgm_ops'})
    op.create_index('ux_customers_external_id', 'customers', ['external_id'], unique=True)
    op.create_table('dealership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('singleton', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('website', sa.String(), nullable=True),
    sa.Column('address', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('timezone', sa.String(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('hours', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('policies', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('auto_draft', sa.Boolean(), nullable=False),
    sa.CheckConstraint('singleton', name='ck_dealership_single'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('singleton')
    )
    op.create_table('idempotency_records',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('caller', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('headers', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_idempotency_created', 'idempotency_records', ['created_at'], unique=False)
    op.create_index('ux_idempotency', 'idempotency_records', ['caller', 'key'], unique=True)
    op.create_table('users',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('display_name', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('suspended_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('suspension_reason', sa.String(), nullable=True),
    sa.Column('email_verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('age_verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('bio', sa.String(), nullable=False),
    sa.Column('timezone', sa.String(), nullable=True),
    sa.Column('locale', sa.String(), nullable=True),
    sa.Column('avatar_url', sa.String(), nullable=True),
    sa.Column('notification_preferences', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('last_login_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_users_created', 'users', ['created_at', 'id'], unique=False)
    op.create_index('ux_users_email', 'users', [sa.literal_column('lower(email)')], unique=True)
    op.create_index('ux_users_username', 'users', [sa.literal_column('lower(username)')], unique=True)
    op.create_table('vehicles',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stock_number', sa.String(), nullable=False),
    sa.Column('vin', sa.String(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('make', sa.String(), nullable=False),
    sa.Column('model', sa.String(), nullable=False),
    sa.Column('trim', sa.String(), nullable=True),
    sa.Column('body_style', sa.String(), nullable=True),
    sa.Column('condition', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('price_minor', sa.BigInteger(), nullable=True),
    sa.Column('currency', sa.String(), nullable=True),
    sa.Column('mileage', sa.Integer(), nullable=True),
    sa.Column('mileage_unit', sa.Text(), nullable=False),
    sa.Column('exterior_color', sa.String(), nullable=True),
    sa.Column('interior_color', sa.String(), nullable=True),
    sa.Column('transmission', sa.String(), nullable=True),
    sa.Column('drivetrain', sa.String(), nullable=True),
    sa.Column('fuel', sa.String(), nullable=True),
    sa.Column('engine', sa.String(), nullable=True),
    sa.Column('doors', sa.Integer(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('features', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('description', sa.String(), nullable=True),
    sa.Column('photo_urls', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('url', sa.String(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search', sa.Text(), sa.Computed("lower(stock_number || ' ' || coalesce(vin, '') || ' ' || coalesce(year::text, '') || ' ' || make || ' ' || model || ' ' || coalesce(trim, '') || ' ' || coalesce(exterior_color, ''))", persisted=True), nullable=True),
    sa.CheckConstraint('(price_minor IS NULL) = (currency IS NULL)', name='ck_vehicles_price'),
    sa.CheckConstraint('price_minor > 0', name='ck_vehicles_price_positive'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_vehicles_mileage_down', 'vehicles', [sa.literal_column('coalesce(mileage, -1) DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_vehicles_mileage_up', 'vehicles', [sa.literal_column('coalesce(mileage, 2147483647)'), 'id'], unique=False)
    op.create_index('ix_vehicles_name', 'vehicles', [sa.literal_column('lower(make)'), sa.literal_column('lower(model)'), 'year'], unique=False)
    op.create_index('ix_vehicles_price_down', 'vehicles', [sa.literal_column('coalesce(price_minor, -1) DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_vehicles_price_up', 'vehicles', [sa.literal_column('coalesce(price_minor, 9223372036854775807)'), 'id'], unique=False)
    op.create_index('ix_vehicles_search', 'vehicles', ['search'], unique=False, postgresql_using='gin', postgresql_ops={'search': 'gin_trgm_ops'})
    op.create_index('ix_vehicles_updated', 'vehicles', [sa.literal_column('updated_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ux_vehicles_stock_number', 'vehicles', [sa.literal_column('lower(stock_number)')], unique=True)
    op.create_index('ux_vehicles_vin', 'vehicles', ['vin'], unique=True, postgresql_where=sa.text('vin IS NOT NULL'))
    op.create_table('api_keys',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('secret_hash', sa.LargeBinary(), nullable=False),
    sa.Column('hint', sa.String(), nullable=False),
    sa.Column('scopes', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('daily_quota', sa.Integer(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('secret_hash')
    )
    op.create_index(op.f('ix_api_keys_user_id'), 'api_keys', ['user_id'], unique=False)
    op.create_table('auth_sessions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('cookie_hash', sa.LargeBinary(), nullable=False),
    sa.Column('refresh_hash', sa.LargeBinary(), nullable=False),
    sa.Column('ip', sa.String(), nullable=True),
    sa.Column('user_agent', sa.String(), nullable=True),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('cookie_hash'),
    sa.UniqueConstraint('refresh_hash')
    )
    op.create_index(op.f('ix_auth_sessions_user_id'), 'auth_sessions', ['user_id'], unique=False)
    op.create_table('conversations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('customer_id', sa.Uuid(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('priority', sa.Text(), nullable=False),
    sa.Column('priority_rank', sa.SmallInteger(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('labels', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('assignee_id', sa.Uuid(), nullable=True),
    sa.Column('last_message_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_message_id', sa.Uuid(), nullable=True),
    sa.Column('last_message_sender', sa.String(), nullable=True),
    sa.Column('last_message_preview', sa.String(), nullable=True),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pending_draft_id', sa.Uuid(), nullable=True),
    sa.Column('pending_draft_status', sa.String(), nullable=True),
    sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolution', sa.String(), nullable=True),
    sa.Column('metadata', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('lead_fingerprint', sa.String(), nullable=True),
    sa.Column('clock_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['assignee_id'], ['users.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_conversations_assignee', 'conversations', ['assignee_id', 'status', sa.literal_column('last_message_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_conversations_created', 'conversations', [sa.literal_column('created_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_conversations_customer', 'conversations', ['customer_id', sa.literal_column('last_message_at DESC')], unique=False)
    op.create_index('ix_conversations_labels', 'conversations', ['labels'], unique=False, postgresql_using='gin')
    op.create_index('ix_conversations_last', 'conversations', [sa.literal_column('last_message_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_conversations_priority', 'conversations', [sa.literal_column('priority_rank DESC'), sa.literal_column('last_message_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_conversations_status', 'conversations', ['status', sa.literal_column('last_message_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_conversations_subject', 'conversations', [sa.literal_column('lower(subject)').label('subject_lower')], unique=False, postgresql_using='gin', postgresql_ops={'subject_lower': 'gin_trgm_ops'})
    op.create_index('ux_conversations_lead', 'conversations', ['lead_fingerprint'], unique=True)
    op.create_table('notifications',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_notifications_user', 'notifications', ['user_id', 'created_at', 'id'], unique=False)
    op.create_table('verification_tokens',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index(op.f('ix_verification_tokens_user_id'), 'verification_tokens', ['user_id'], unique=False)
    op.create_table('messages',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('sender', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('content', sa.String(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('internal', sa.Boolean(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('unsupported_spans', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('tsv', postgresql.TSVECTOR(), sa.Computed("to_tsvector('simple', content)", persisted=True), nullable=True),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name='ck_messages_sent_at'),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_messages_created', 'messages', [sa.literal_column('created_at DESC')], unique=False)
    op.create_index('ix_messages_customer', 'messages', ['conversation_id', 'ordered_at'], unique=False, postgresql_where=sa.text("sender = 'customer' AND state = 'sent'"))
    op.create_index('ix_messages_tsv', 'messages', ['tsv'], unique=False, postgresql_using='gin')
    op.create_index('ux_messages_sent', 'messages', ['conversation_id', 'ordered_at'], unique=True)
    op.create_table('read_marks',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('read_up_to', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('user_id', 'conversation_id', name='ux_read_marks')
    )
    op.create_index(op.f('ix_read_marks_conversation_id'), 'read_marks', ['conversation_id'], unique=False)
    op.create_table('spent_refresh_tokens',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['auth_sessions.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index(op.f('ix_spent_refresh_tokens_session_id'), 'spent_refresh_tokens', ['session_id'], unique=False)
    op.create_table('suggestions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('original', sa.String(), nullable=False),
    sa.Column('claims', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('cited', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('based_on_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('needs_review', sa.Boolean(), nullable=False),
    sa.Column('clarifying_question', sa.Boolean(), nullable=False),
    sa.Column('provider', sa.String(), nullable=False),
    sa.Column('model', sa.String(), nullable=False),
    sa.Column('prompt_version', sa.String(), nullable=False),
    sa.Column('failures', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('latency_ms', sa.Integer(), nullable=False),
    sa.Column('input_tokens', sa.Integer(), nullable=False),
    sa.Column('output_tokens', sa.Integer(), nullable=False),
    sa.Column('rating', sa.SmallInteger(), nullable=True),
    sa.Column('rating_comment', sa.String(), nullable=True),
    sa.Column('reject_reason', sa.Text(), nullable=True),
    sa.Column('reject_comment', sa.String(), nullable=True),
    sa.Column('acknowledged', sa.Boolean(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by'], ['users.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['id'], ['messages.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_suggestions_conversation', 'suggestions', ['conversation_id', 'created_at'], unique=False)
    op.create_table('suggestion_events',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('suggestion_id', sa.Uuid(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('transition', sa.String(), nullable=False),
    sa.Column('details', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestions.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_suggestion_events', 'suggestion_events', ['suggestion_id', 'created_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_suggestion_events', table_name='suggestion_events')
    op.drop_table('suggestion_events')
    op.drop_index('ix_suggestions_conversation', table_name='suggestions')
    op.drop_table('suggestions')
    op.drop_index(op.f('ix_spent_refresh_tokens_session_id'), table_name='spent_refresh_tokens')
    op.drop_table('spent_refresh_tokens')
    op.drop_index(op.f('ix_read_marks_conversation_id'), table_name='read_marks')
    op.drop_table('read_marks')
    op.drop_index('ux_messages_sent', table_name='messages')
    op.drop_index('ix_messages_tsv', table_name='messages', postgresql_using='gin')
    op.drop_index('ix_messages_customer', table_name='messages', postgresql_where=sa.text("sender = 'customer' AND state = 'sent'"))
    op.drop_index('ix_messages_created', table_name='messages')
    op.drop_table('messages')
    op.drop_index(op.f('ix_verification_tokens_user_id'), table_name='verification_tokens')
    op.drop_table('verification_tokens')
    op.drop_index('ix_notifications_user', table_name='notifications')
    op.drop_table('notifications')
    op.drop_index('ux_conversations_lead', table_name='conversations')
    op.drop_index('ix_conversations_subject', table_name='conversations', postgresql_using='gin', postgresql_ops={'subject_lower': 'gin_trgm_ops'})
    op.drop_index('ix_conversations_status', table_name='conversations')
    op.drop_index('ix_conversations_priority', table_name='conversations')
    op.drop_index('ix_conversations_last', table_name='conversations')
    op.drop_index('ix_conversations_labels', table_name='conversations', postgresql_using='gin')
    op.drop_index('ix_conversations_customer', table_name='conversations')
    op.drop_index('ix_conversations_created', table_name='conversations')
    op.drop_index('ix_conversations_assignee', table_name='conversations')
    op.drop_table('conversations')
    op.drop_index(op.f('ix_auth_sessions_user_id'), table_name='auth_sessions')
    op.drop_table('auth_sessions')
    op.drop_index(op.f('ix_api_keys_user_id'), table_name='api_keys')
    op.drop_table('api_keys')
    op.drop_index('ux_vehicles_vin', table_name='vehicles', postgresql_where=sa.text('vin IS NOT NULL'))
    op.drop_index('ux_vehicles_stock_number', table_name='vehicles')
    op.drop_index('ix_vehicles_updated', table_name='vehicles')
    op.drop_index('ix_vehicles_search', table_name='vehicles', postgresql_using='gin', postgresql_ops={'search': 'gin_trgm_ops'})
    op.drop_index('ix_vehicles_price_up', table_name='vehicles')
    op.drop_index('ix_vehicles_price_down', table_name='vehicles')
    op.drop_index('ix_vehicles_name', table_name='vehicles')
    op.drop_index('ix_vehicles_mileage_up', table_name='vehicles')
    op.drop_index('ix_vehicles_mileage_down', table_name='vehicles')
    op.drop_table('vehicles')
    op.drop_index('ux_users_username', table_name='users')
    op.drop_index('ux_users_email', table_name='users')
    op.drop_index('ix_users_created', table_name='users')
    op.drop_table('users')
    op.drop_index('ux_idempotency', table_name='idempotency_records')
    op.drop_index('ix_idempotency_created', table_name='idempotency_records')
    op.drop_table('idempotency_records')
    op.drop_table('dealership')
    op.drop_index('ux_customers_external_id', table_name='customers')
    op.drop_index('ix_customers_search', table_name='customers', postgresql_using='gin', postgresql_ops={'search': 'gin_trgm_ops'})
    op.drop_index('ix_customers_phone', table_name='customers')
    op.drop_index('ix_customers_email', table_name='customers')
    op.drop_index('ix_customers_created', table_name='customers')
    op.drop_table('customers')
    op.drop_index('ux_canned_shortcut', table_name='canned_responses')
    op.drop_table('canned_responses')
    op.drop_index('ix_audit_target', table_name='audit_entries')
    op.drop_index('ix_audit_created', table_name='audit_entries')
    op.drop_table('audit_entries')
    op.drop_index('ix_attempts_subject', table_name='attempts')
    op.drop_index('ix_attempts_created', table_name='attempts')
    op.drop_table('attempts')
