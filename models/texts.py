"""Texts with the bounds of the contract, section 1, in characters."""

from typing import Annotated

from pydantic import StringConstraints

from models.base import (
    LONG_TEXT,
    ONE_LINE,
)

Title = Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE]
Subject = Annotated[str, StringConstraints(max_length=200), ONE_LINE]
Label = Annotated[str, StringConstraints(min_length=1, max_length=50), ONE_LINE]
Content = Annotated[str, StringConstraints(min_length=1, max_length=10_000), LONG_TEXT]
Note = Annotated[str, StringConstraints(max_length=2_000), LONG_TEXT]
