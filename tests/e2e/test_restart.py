"""The server ends and comes back while somebody types."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Customer, log
from tests.e2e.house import HouseWithModel
from tests.served import Served

pytestmark = pytest.mark.e2e


@pytest.fixture
def served(with_model: HouseWithModel) -> Served:
    """The product that this test may stop."""
    return with_model.served


@pytest.fixture
def excused(excused: list[str]) -> list[str]:
    """A server that is away is what this is about; the browser says so on its console."""
    return [*excused, "WebSocket connection", "ERR_CONNECTION_REFUSED", "status of 50"]


def test_typing_goes_on_through_a_restart(
    desk_of: Callable[..., Page], casey: Customer, with_model: HouseWithModel
) -> None:
    """The text stays, the page comes back by itself, and the message is sent once."""
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    field = page.get_by_label("Reply to Casey")
    field.press_sequentially("It is still here")
    with_model.stop()
    field.press_sequentially(", and so are we.")
    expect(field).to_have_value("It is still here, and so are we.")
    with_model.start()
    casey.says("Hello again?")
    expect(log(page)).to_contain_text("Hello again?", timeout=30_000)
    expect(field).to_have_value("It is still here, and so are we.")
    field.press("Control+Enter")
    expect(log(page).locator(".msg.out")).to_contain_text("and so are we.")
    expect(field).to_have_value("")
    assert [one["content"] for one in casey.thread()][1:] == ["Hello again?", "It is still here, and so are we."]


def test_what_is_sent_while_the_server_is_away_arrives_once(
    desk_of: Callable[..., Page], casey: Customer, with_model: HouseWithModel
) -> None:
    """The text waits on this device; sent again after the restart, it is there once."""
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    field = page.get_by_label("Reply to Casey")
    field.fill("Written while nobody listened.")
    with_model.stop()
    field.press("Control+Enter")
    with_model.start()
    sent = log(page).locator(".msg.out")
    retry = page.get_by_role("button", name="Try again")
    expect(sent.or_(retry).first).to_be_visible(timeout=30_000)
    if retry.is_visible():
        expect(field).to_have_value("Written while nobody listened.")
        retry.click()
    expect(sent).to_contain_text("Written while nobody listened.")
    page.reload()
    expect(sent).to_have_count(1)
    assert [one["content"] for one in casey.thread()][1:] == ["Written while nobody listened."]
