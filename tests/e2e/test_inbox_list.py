"""The list's tools in a browser: many changed by keys, filters that combine, views, density, width, other keys."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.desk import Customer, customer, row
from tests.served import Served

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]


@pytest.fixture
def three(served: Served) -> Iterator[list[Customer]]:
    """Three customers who have just asked something."""
    with ExitStack() as stack:
        yield [stack.enter_context(customer(served)) for _ in range(3)]


@pytest.fixture
def desk(sign_in_as: SignInAs) -> Page:
    """Mei's list, as anybody finds it the first time."""
    page = sign_in_as("mei", "/inbox?view=open")
    page.get_by_role("option").first.wait_for()
    return page


def focus(page: Page, somebody: Customer) -> None:
    row(page, somebody).wait_for()
    row(page, somebody).focus()


def test_many_are_changed_by_keys_and_given_back(desk: Page, three: list[Customer]) -> None:
    """X selects, the bar takes the head's place, one change reaches all, Undo gives it back."""
    for one in three[:2]:
        focus(desk, one)
        desk.keyboard.press("x")
    bar = desk.get_by_role("toolbar", name="2 selected")
    expect(bar).to_be_visible()
    expect(desk.get_by_label("Search conversations")).to_be_hidden()
    bar.get_by_role("button", name="Status of all selected").click()
    bar.get_by_role("button", name="Resolved").click()
    expect(desk.locator(".bulk-report")).to_contain_text("2 changed")
    expect(row(desk, three[0])).to_have_count(0)
    assert [one.status() for one in three] == ["resolved", "resolved", "open"]
    desk.get_by_role("button", name="Undo").click()
    expect(row(desk, three[0])).to_be_visible()
    assert [one.status() for one in three] == ["open"] * 3
    focus(desk, three[0])
    desk.keyboard.press("x")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("toolbar", name="1 selected")).to_have_count(0)


def test_unread_again(desk: Page, three: list[Customer]) -> None:
    """U on an open conversation closes it, so that it does not count as read at once."""
    row(desk, three[0]).click()
    expect(row(desk, three[0]).locator(".count")).to_have_count(0)
    desk.locator("body").press("u")
    expect(row(desk, three[0]).locator(".count")).to_have_text(re.compile("1"))
    expect(desk).not_to_have_url(re.compile("id="))


def test_filters_combine_and_become_a_view(desk: Page, three: list[Customer]) -> None:
    """High or urgent, the head counts them, each chip can go, the set is kept under a name, renamed and deleted."""
    desk.get_by_role("button", name="Filter", exact=True).click()
    menu = desk.get_by_role("dialog", name="Filter")
    menu.get_by_role("button", name="High").click()
    menu.get_by_role("button", name="Urgent").click()
    desk.keyboard.press("Escape")
    expect(desk).to_have_url(re.compile("priority=high%2Curgent"))
    expect(row(desk, three[0])).to_have_count(0)
    expect(desk.locator(".list-head h2 .num")).to_have_text(re.compile(r"^\d+\+?$"))
    expect(desk.locator(".fchip")).to_have_text("PriorityHigh or Urgent")
    desk.get_by_role("button", name="Save view").click()
    desk.keyboard.type("Pressing")
    desk.keyboard.press("Enter")
    kept = desk.get_by_role("group", name="Saved views")
    expect(kept.get_by_role("link", name="Pressing")).to_have_attribute("aria-current", "page")
    desk.get_by_role("button", name="Clear all").click()
    expect(row(desk, three[0])).to_be_visible()
    kept.get_by_role("link", name="Pressing").click()
    expect(desk.locator(".fchip")).to_have_text("PriorityHigh or Urgent")
    desk.get_by_role("button", name="Change view Pressing").click()
    desk.get_by_role("dialog", name="View Pressing").get_by_role("button", name="Delete view").click()
    expect(kept).to_have_count(0)
    desk.get_by_role("button", name="Clear all").click()


def test_rows_width_and_last_view_are_kept(desk: Page) -> None:
    """A reload finds compact rows, the width, and without an address the last view."""
    desk.set_viewport_size({"width": 1440, "height": 900})
    edge = desk.get_by_role("separator", name="Width of the list")
    edge.focus()
    for _ in range(3):
        desk.keyboard.press("ArrowRight")
    expect(edge).to_have_attribute("aria-valuenow", "390")
    desk.get_by_role("button", name="Compact rows").click()
    desk.get_by_role("link", name=re.compile("^Waiting for reply")).click()
    expect(desk.get_by_role("heading", name="Waiting for reply")).to_be_visible()
    desk.wait_for_timeout(1_000)
    desk.goto("/inbox")
    expect(desk.get_by_role("heading", name="Waiting for reply")).to_be_visible()
    expect(desk).to_have_url(re.compile("view=waiting"))
    expect(edge).to_have_attribute("aria-valuenow", "390")
    option = desk.get_by_role("option").first
    option.wait_for()
    assert option.evaluate("node => node.offsetHeight") == 56
    edge.press("Enter")
    desk.get_by_role("button", name="Comfortable rows").click()
    desk.get_by_role("link", name=re.compile("^All open")).click()
    desk.wait_for_timeout(1_000)


def test_a_key_can_be_changed_and_stays(desk: Page, three: list[Customer]) -> None:
    """A key that is taken is named; the new one works after a reload, the old one no longer."""
    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog", name="Keyboard")
    dialog.get_by_role("button", name="Select: X. Change the key").click()
    desk.keyboard.press("j")
    expect(dialog.get_by_role("alert")).to_contain_text("Next conversation")
    dialog.get_by_role("button", name="Select: X. Change the key").click()
    desk.keyboard.press("y")
    expect(dialog.get_by_role("button", name="Select: Y. Change the key")).to_be_visible()
    desk.wait_for_timeout(500)
    desk.reload()
    focus(desk, three[0])
    desk.keyboard.press("x")
    expect(desk.get_by_role("toolbar")).to_have_count(0)
    desk.keyboard.press("y")
    expect(desk.get_by_role("toolbar", name="1 selected")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    dialog.get_by_role("button", name="Reset all").click()
    expect(dialog.get_by_role("button", name="Select: X. Change the key")).to_be_visible()
    desk.wait_for_timeout(500)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_tools_break_no_rule_and_no_layout(desk: Page, scheme: Literal["light", "dark"], width: int) -> None:
    """Chips, bar and menus: nothing that axe can see, and nothing wider than the window."""
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto("/inbox?view=open&priority=high,urgent&source=web,email,sms")
    desk.get_by_role("option").first.wait_for()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    assert Axe().run(desk, options=rules).response["violations"] == []
    desk.get_by_role("option").first.focus()
    desk.keyboard.press("x")
    desk.get_by_role("button", name="Owner of all selected").click()
    expect(desk.get_by_role("dialog", name="Owner")).to_be_visible()
    assert Axe().run(desk, options=rules).response["violations"] == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
