"""A product with a language model behind it, which can be stopped and started again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.openai_server import FakeOpenAI
from tests.served import Served, start, stop

PATIENCE_SECONDS = 8  # AI_TIMEOUT_S: what a model that hangs costs a test


@dataclass
class HouseWithModel:
    """The running product, its folder, and the model that it asks."""

    folder: Path
    model: FakeOpenAI
    served: Served
    pid: int = 0

    @property
    def port(self) -> int:
        """The port of its address."""
        return int(self.served.url.rsplit(":", 1)[1])

    @property
    def outbox(self) -> Path:
        """Where its mails are files."""
        return self.folder / "data" / "outbox"

    def stop(self) -> None:
        """End the product's process."""
        stop(self.pid)

    def start(self) -> None:
        """Start it on the same port and the same data."""
        self.pid = _begin(self.folder, self.model, self.port)["pid"]


def _begin(folder: Path, model: FakeOpenAI, port: int | None = None) -> dict[str, Any]:
    return start(folder, port, OPENAI_BASE_URL=model.base_url, AI_TIMEOUT_S=str(PATIENCE_SECONDS))


@contextmanager
def house_with_model(folder: Path, model: FakeOpenAI) -> Iterator[HouseWithModel]:
    """Serve the product for the block; its drafts come from `model`."""
    running = _begin(folder, model)
    house = HouseWithModel(folder, model, Served(running["url"]), running["pid"])
    yield house
    house.stop()
