"""Imports every table once, so that Alembic and tests see the full metadata."""

from sqlmodel import SQLModel

from models import conversations, dealership, notifications, platform, suggestions, users, vehicles

__all__ = ["SQLModel", "conversations", "dealership", "notifications", "platform", "suggestions", "users", "vehicles"]
