"""Upgrade from nothing, no drift between models and migrations, and back down again."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from tests.conftest import ROOT


@pytest.fixture
def empty_database(database_url: str) -> Iterator[str]:
    """A database of its own beside the session's."""
    name = f"m_{uuid4().hex[:8]}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield make_url(database_url).set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _config(url: str) -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {name for (name,) in rows}


def test_up_from_nothing_without_drift_and_down_again(empty_database: str) -> None:
    config = _config(empty_database)
    command.upgrade(config, "head")
    assert {"users", "messages", "procrastinate_jobs"} <= _tables(empty_database)
    engine = create_engine(make_url(empty_database).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [item for item in compare_metadata(context, SQLModel.metadata) if not _of_jobs(item)]
    engine.dispose()
    assert differences == []
    command.downgrade(config, "base")
    assert _tables(empty_database) == {"alembic_version"}
    command.upgrade(config, "head")


_SOMEBODY = """
WITH who AS (INSERT INTO customers (id, created_at, updated_at, name, email, do_not_contact)
             VALUES (gen_random_uuid(), now(), now(), 'Zoë O''Neil', 'zoe@example.com', false) RETURNING id),
     what AS (INSERT INTO conversations (id, created_at, updated_at, customer_id, subject, status, priority,
                  priority_rank, source, labels, last_message_at, metadata, clock_at, version)
              SELECT gen_random_uuid(), now(), now(), id, 'Škoda', 'open', 'normal', 1, 'web', '{}', now(), '{}',
                     now(), 1 FROM who RETURNING id)
INSERT INTO messages (id, created_at, updated_at, conversation_id, sender, content, state, internal, sent_at,
                      ordered_at)
SELECT gen_random_uuid(), now(), now(), id, 'customer', 'Grüße', 'sent', false, now(), now() FROM what
"""
_SEARCHED = """
SELECT (SELECT search FROM customers), (SELECT tsvector_to_array(tsv) FROM messages),
       (SELECT count(*) FROM conversations, pg_proc WHERE proname IN ('folded', 'folded_name'))
"""


def test_what_is_searched_is_folded_and_comes_back_as_it_was(empty_database: str) -> None:
    """Rows that were there before are folded too; the functions go with the downgrade."""
    config = _config(empty_database)
    command.upgrade(config, "0009_unsent_edits")
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(_SOMEBODY)
        before = connection.execute(_SEARCHED).fetchone()
        command.upgrade(config, "0010_folded_search")
        assert connection.execute(_SEARCHED).fetchone() == ("zoe oneil zoe@example.com ", ["grusse"], 2)
        assert connection.execute("SELECT search FROM conversations").fetchone() == ("skoda",)
        command.downgrade(config, "0009_unsent_edits")
        assert connection.execute(_SEARCHED).fetchone() == before == ("zoë o'neil zoe@example.com ", ["grüße"], 0)


def _of_jobs(item: object) -> bool:
    return "procrastinate_" in str(item)
