"""Alembic environment: the URL from the caller or the settings, the metadata from the models."""

from alembic import context
from sqlalchemy import create_engine, pool
from sqlalchemy.engine import Connection, make_url

import models
from api.core.settings import get_settings

METADATA = models.SQLModel.metadata
ONE_AT_A_TIME = 7_246_001


def _url() -> str:
    given = context.config.get_main_option("sqlalchemy.url")
    if given:
        return given
    setting = get_settings().database_url
    if setting is None:
        raise SystemExit("DATABASE_URL is not set; `make migrate` starts the embedded server and sets it.")
    return setting.get_secret_value()


def _ours(_item: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=METADATA, include_object=_ours, compare_type=True)
    with context.begin_transaction():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        context.run_migrations()


def run() -> None:
    """Migrate, one process at a time, in one transaction."""
    url = make_url(_url()).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        _run(connection)
    engine.dispose()


run()
