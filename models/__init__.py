"""Imports every table once, so that Alembic and tests see the full metadata."""

from sqlmodel import SQLModel

from models import (
    accounts,
    canned_responses,
    conversations,
    customers,
    dealership,
    flags,
    jobs,
    messages,
    notifications,
    platform,
    suggestions,
    user_deletions,
    users,
    vehicles,
    webhook_endpoints,
    workspace,
)

__all__ = [
    "SQLModel",
    "accounts",
    "canned_responses",
    "conversations",
    "customers",
    "dealership",
    "flags",
    "jobs",
    "messages",
    "notifications",
    "platform",
    "suggestions",
    "user_deletions",
    "users",
    "vehicles",
    "webhook_endpoints",
    "workspace",
]
