"""`python -m api.audit_verify` where there is nothing that it could verify: one sentence, exit status 2."""

import os
import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from tests.conftest import ROOT

BEFORE_THE_CHAIN = "0004"


@pytest.fixture
def old_database(database_url: str) -> Iterator[str]:
    """A database of its own, migrated to the revision before the chain."""
    name = f"old_{uuid4().hex[:8]}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        url = make_url(database_url).set(database=name).render_as_string(hide_password=False)
        config = Config(str(ROOT / "alembic.ini"))
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
        command.upgrade(config, BEFORE_THE_CHAIN)
        yield url
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def verified(url: str) -> subprocess.CompletedProcess[str]:
    """Run the command against a database."""
    return subprocess.run(
        [sys.executable, "-m", "api.audit_verify"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "ENVIRONMENT": "development"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_database_older_than_the_chain_is_told_of_in_a_sentence(old_database: str) -> None:
    ended = verified(old_database)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Not verified: this database is older than the audit chain. Run `make migrate`")
    assert len(ended.stderr.splitlines()) == 1


def test_a_database_that_is_away_is_told_of_in_a_sentence() -> None:
    ended = verified("postgresql://nobody:nothing@127.0.0.1:9/none")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("Not verified: the database does not answer")
