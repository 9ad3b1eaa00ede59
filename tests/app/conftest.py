"""What the tests of the screens share."""

from tests.served import served

__all__ = ["served"]
