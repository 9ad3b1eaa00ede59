"""An administrator's first look at an empty house: what to do first, by click and by key, and the demonstration."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.axe import faults_of_look, looks
from tests.empty_house import OWNER, empty_house
from tests.served import PASSWORD, Served

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A product that nobody has set up yet."""
    with empty_house(tmp_path_factory.mktemp("empty")) as served:
        yield served


@pytest.fixture
def owner(browser: Browser, house: Served) -> Iterator[Page]:
    """Its administrator at the inbox."""
    context = browser.new_context(base_url=house.url)
    page = context.new_page()
    person = {"email": f"{OWNER}@demo.example", "password": PASSWORD}
    assert page.request.post("/api/v1/auth/login", data=person, headers={"Origin": house.url}).ok
    page.goto("/inbox")
    yield page
    context.close()


def _step(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name).filter(visible=True)


def test_an_empty_house_says_what_to_do_first(owner: Page, house: Served) -> None:
    """Each step leads to its page, and is ticked off once it is done; a message ends the set-up without a reload."""
    expect(owner.get_by_role("heading", name="Set up your inbox").filter(visible=True)).to_have_count(1)
    found = {look: faults_of_look(owner, look) for look in looks(owner)}
    assert not any(found.values()), found
    owner.set_viewport_size({"width": 1440, "height": 900})
    _step(owner, "Connect a channel").focus()
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("heading", name="API keys")).to_be_visible()
    with house.sign_in(OWNER) as client:
        key = {"name": "Website", "scopes": ["conversations:write"]}
        client.post("/api/v1/api-keys", json=key).raise_for_status()
        owner.goto("/inbox")
        expect(_step(owner, "Connect a channel")).to_contain_text("Done")
        expect(_step(owner, "Import your inventory")).not_to_contain_text("Done")
        body = {"customer": {"name": "Dana First"}, "source": "web", "message": {"content": "Hello, are you open?"}}
        made = client.post("/api/v1/conversations", json=body).raise_for_status().json()["data"]["id"]
        expect(owner.get_by_role("option").filter(has_text="Dana First")).to_be_visible()
        expect(owner.get_by_text("Choose a conversation")).to_be_visible()
        client.delete(f"/api/v1/conversations/{made}").raise_for_status()


def test_the_demonstration_fills_an_empty_house(owner: Page) -> None:
    """The question says what comes and who gets in; then the list is there."""
    owner.get_by_role("button", name="Load demo data…").filter(visible=True).click()
    asked = owner.get_by_role("dialog", name="Load demo data?")
    expect(asked).to_contain_text("share one known password")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    asked.get_by_role("button", name="Load demo data").click()
    expect(owner.get_by_role("option").first).to_be_visible()
    expect(owner.get_by_text("The demonstration dealership is in.")).to_be_visible()
    expect(owner.get_by_text("Choose a conversation")).to_be_visible()
