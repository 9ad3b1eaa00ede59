"""Columns that are encrypted at rest; marked, so that a rotation of the keys finds every one of them."""

from typing import Any

from sqlalchemy import Column, Text
from sqlmodel import Field

MARK = "sealed"


def sealed_text(*, nullable: bool = False) -> Any:
    """Declare a text column that holds sealed text only (api.core.encryption)."""
    column: Column[str] = Column(Text, nullable=nullable, info={MARK: True})
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)
