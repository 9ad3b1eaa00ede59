"""The PostgreSQL that the product brings itself, for where DATABASE_URL is empty."""

from api.core.embedded_postgres.accounts import EmbeddedPostgresError
from api.core.embedded_postgres.server import EmbeddedPostgres, running_url

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError", "running_url"]
