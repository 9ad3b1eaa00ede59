"""Imports every table once, so that Alembic and tests see the full metadata."""

from models import conversations, dealership, notifications, platform, suggestions, users, vehicles

__all__ = ["conversations", "dealership", "notifications", "platform", "suggestions", "users", "vehicles"]
