"""Fill a database with 100,000 conversations of ten messages each, and one member of staff who asks for them."""

from uuid import UUID

import psycopg

from api.core.security import issue_access_token, new_token, token_hash
from models.base import new_id, utc_now
from models.users import Role

WORDS = (
    "price camry still available test drive saturday morning loan trade offer mileage warranty blue truck "
    "hybrid family lease insurance payment appraisal title dealer thanks question weekend visit color "
    "seats leather tow"
)
FIRST_NAMES = (
    "Ann Ben Carla Dev Elena Faye Gus Hana Ivan June Kofi Lena Marisol Nadia Otto Priya Quinn Rosa Sam "
    "Tara Umar Vera Wes Yara"
)
LAST_NAMES = (
    "Abbott Baker Castillo Diaz Ellis Foster Garcia Haddad Ibrahim Jensen Keller Larsen Mbeki Nakamura "
    "Okafor Patel Quintero Reyes Silva Tanaka Ueda Vega Walsh Xu Young Zhang Arnold Bauer Cohen Duarte "
    "Eriksen Fischer Grant Holm Iverson Joshi Klein Lopez Moreau Novak"
)

_CUSTOMERS = """
INSERT INTO customers (id, created_at, updated_at, name, email, phone, do_not_contact)
SELECT gen_random_uuid(), now(), now(),
       (%(first)s::text[])[1 + n %% 24] || ' ' || (%(last)s::text[])[1 + n / 24 %% 40],
       'customer' || n || '@example.com', '+1555' || lpad(n::text, 7, '0'), false
FROM generate_series(1, %(customers)s) n
"""
_CONVERSATIONS = """
INSERT INTO conversations (id, created_at, updated_at, customer_id, subject, status, priority, priority_rank, source,
                           labels, assignee_id, last_message_at, metadata, clock_at, version)
SELECT gen_random_uuid(), at, at, c.id, 'About vehicle ' || n,
       (ARRAY['open', 'open', 'pending', 'resolved'])[1 + n %% 4], 'normal', 1, 'web', ARRAY['l' || n %% 20],
       CASE WHEN n %% 3 = 0 THEN %(staff)s::uuid END, at, '{}', at, 1
FROM (SELECT n, now() - make_interval(secs => 40 * (%(conversations)s - n)) AS at
      FROM generate_series(1, %(conversations)s) n) s
JOIN (SELECT id, row_number() OVER () AS place FROM customers) c ON c.place = 1 + s.n %% %(customers)s
"""
_MESSAGES = """
INSERT INTO messages (id, created_at, updated_at, conversation_id, sender, author_id, content, state, internal,
                      sent_at, ordered_at)
SELECT gen_random_uuid(), at, at, c.id, CASE WHEN n %% 2 = 0 THEN 'staff' ELSE 'customer' END,
       CASE WHEN n %% 2 = 0 THEN %(staff)s::uuid END, w.content, 'sent', false, at, at
FROM conversations c
CROSS JOIN generate_series(1, %(each)s) n
CROSS JOIN LATERAL (SELECT c.last_message_at - make_interval(secs => 30 * (%(each)s - n)) AS at) t
CROSS JOIN LATERAL (SELECT hashtextextended(c.id::text, n) AS seed) h
CROSS JOIN LATERAL (
    SELECT string_agg((%(words)s::text[])[1 + abs(hashint4extended(i, seed) %% %(count)s)], ' ')
           || CASE WHEN seed %% 1500 = 0 THEN ' catalytic' WHEN seed %% 100 = 0 THEN ' towing' ELSE '' END AS content
    FROM generate_series(1, 18) i) w
"""
_LAST = """
UPDATE conversations c SET last_message_id = m.id, last_message_sender = m.sender,
       last_message_preview = left(m.content, 140)
FROM messages m WHERE m.conversation_id = c.id AND m.ordered_at = c.last_message_at
"""


def seed(url: str, key: bytes, conversations: int = 100_000, each: int = 10) -> str:
    """Fill an empty database, or find it filled; return a day's access token of its member of staff."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT id FROM users WHERE username = 'bench'").fetchone()
        staff = found[0] if found else _fill(connection, conversations, each)
        return _token(connection, staff, key)


def _fill(connection: psycopg.Connection, conversations: int, each: int) -> UUID:
    staff = new_id()
    values = {
        "staff": staff,
        "customers": conversations // 5,
        "conversations": conversations,
        "each": each,
        "words": WORDS.split(),
        "first": FIRST_NAMES.split(),
        "last": LAST_NAMES.split(),
        "count": len(WORDS.split()),
    }
    with connection.transaction():
        connection.execute(
            "INSERT INTO users (id, created_at, updated_at, email, username, display_name, role, status, bio)"
            " VALUES (%s, now(), now(), 'bench@demo.example', 'bench', 'Bench', 'staff', 'active', '')",
            [staff],
        )
        for statement in (_CUSTOMERS, _CONVERSATIONS, _MESSAGES, _LAST):
            connection.execute(statement.encode(), values)
    connection.execute("VACUUM ANALYZE")
    return staff


def _token(connection: psycopg.Connection, staff: UUID, key: bytes) -> str:
    session, now = new_id(), utc_now()
    connection.execute(
        "INSERT INTO auth_sessions (id, created_at, updated_at, user_id, cookie_hash, refresh_hash, last_seen_at,"
        " expires_at) VALUES (%s, now(), now(), %s, %s, %s, now(), now() + interval '1 day')",
        [session, staff, token_hash(new_token()), token_hash(new_token())],
    )
    return issue_access_token(key, staff, session, Role.STAFF, now)
