"""A product with an administrator and nothing else in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.served import PASSWORD, Served, start, stop

OWNER = "owner"


@contextmanager
def empty_house(folder: Path) -> Iterator[Served]:
    """Serve the product without demonstration data for the block; `owner` is its administrator."""
    address = f"{OWNER}@demo.example"
    running = start(folder, DEMO_DATA="false", FIRST_ADMIN_EMAIL=address, FIRST_ADMIN_PASSWORD=PASSWORD)
    yield Served(running["url"], folder / "data")
    stop(running["pid"])
