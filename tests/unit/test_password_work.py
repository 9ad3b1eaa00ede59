"""The same work for an unknown e-mail as for a wrong password, counted by bcrypt's own calls."""

import sys
from typing import Any

import bcrypt
import pytest

from api.core import security


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What bcrypt was given to check against; bcrypt itself still does the work."""
    seen: list[bytes] = []
    check = bcrypt.checkpw

    def noted(password: bytes, hashed: bytes) -> bool:
        seen.append(hashed)
        return check(password, hashed)

    monkeypatch.setattr(sys.modules["bcrypt"], "checkpw", noted)
    return seen


async def test_a_password_is_checked_at_the_same_cost_whoever_it_is(checks: list[Any]) -> None:
    known = await security.hash_password("tulips on the north wall")
    assert await security.verify_password("not it at all", known) is False
    assert await security.verify_password("not it at all", None) is False
    assert await security.verify_password("nobody's", None) is False
    costs = [hashed.split(b"$")[2] for hashed in checks]
    assert costs == [b"12"] * 3
