"""Imports every table once, so that Alembic and tests see the full metadata."""

from sqlmodel import SQLModel

from models import (
    canned_responses,
    conversations,
    customers,
    dealership,
    messages,
    notifications,
    platform,
    suggestions,
    users,
    vehicles,
)

__all__ = [
    "SQLModel",
    "canned_responses",
    "conversations",
    "customers",
    "dealership",
    "messages",
    "notifications",
    "platform",
    "suggestions",
    "users",
    "vehicles",
]
