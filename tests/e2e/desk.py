"""A member of staff at the workspace, and customers who write through the API meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import httpx
from playwright.sync_api import Locator, Page, WebSocketRoute

from tests.served import Served

QUESTION = "Hi, is the 2021 Toyota Tacoma L2611 still there, and what does it cost?"


@dataclass(frozen=True)
class Customer:
    """Somebody with one conversation, who writes through the API."""

    client: httpx.Client
    name: str
    conversation_id: str

    def says(self, text: str) -> None:
        """Write a message."""
        body = {"content": text, "sender": "customer"}
        path = f"/api/v1/conversations/{self.conversation_id}/messages"
        self.client.post(path, json=body).raise_for_status()

    def status(self) -> str:
        """Return the conversation's status."""
        answer = self.client.get(f"/api/v1/conversations/{self.conversation_id}/status")
        return answer.raise_for_status().json()["data"]["status"]

    def thread(self) -> list[dict[str, object]]:
        """Return the messages as the API has them, oldest first."""
        answer = self.client.get(f"/api/v1/conversations/{self.conversation_id}")
        return answer.raise_for_status().json()["data"]["messages"]


@contextmanager
def customer(served: Served, first_words: str = QUESTION) -> Iterator[Customer]:
    """Open a conversation with a customer whose name nobody else has."""
    name = f"Casey {uuid4().hex[:8]}"
    with served.sign_in("ada") as client:
        body = {"customer": {"name": name}, "source": "web", "message": {"content": first_words}}
        answer = client.post("/api/v1/conversations", json=body).raise_for_status()
        yield Customer(client, name, answer.json()["data"]["id"])


def row(page: Page, someone: Customer) -> Locator:
    """Find the customer's row in the list."""
    return page.get_by_role("option").filter(has_text=someone.name)


def log(page: Page) -> Locator:
    """Find the thread's messages."""
    return page.get_by_role("log")


def panel(page: Page) -> Locator:
    """Find the draft panel."""
    return page.locator("[data-panel]")


def press_in_panel(page: Page, key: str) -> None:
    """Click the panel's button that a key stands for."""
    panel(page).locator(f"[data-hotkey~='{key}']").click()


def draft(page: Page) -> None:
    """Ask for a draft and wait until its facts are checked."""
    page.get_by_role("button", name="Draft with AI").click()
    ready(page).wait_for(timeout=25_000)


def ready(page: Page) -> Locator:
    """Find the button that sends a draft; it is there once the facts are checked."""
    return panel(page).locator("[data-hotkey='mod+enter']")


class Sluice:
    """Lets the server's pushes through to a page, until one with certain words has passed; then holds the rest."""

    def __init__(self, page: Page, last_words: str) -> None:
        """Stand between; call before the page is opened."""
        self._held: list[tuple[WebSocketRoute, str | bytes]] = []
        self._last_words: str | None = last_words
        self._shut = False
        page.route_web_socket("**/_event/**", self._between)

    def open(self) -> None:
        """Let through what was held, and hold nothing any more."""
        self._shut, self._last_words = False, None
        while self._held:
            socket, message = self._held.pop(0)
            socket.send(message)

    def _between(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: self._pass(socket, message))

    def _pass(self, socket: WebSocketRoute, message: str | bytes) -> None:
        if self._shut:
            self._held.append((socket, message))
            return
        socket.send(message)
        self._shut = self._last_words is not None and self._last_words in str(message)
