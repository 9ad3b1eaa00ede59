"""The administrators' pages of the platform: each by keyboard and under axe, and what is done on them."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Locator, Page, expect

from api.core.embedded_postgres import running_url
from models.base import utc_now
from tests.e2e.axe import faults, faults_of_look, looks
from tests.fakes.webhook_receiver import WebhookReceiver
from tests.served import Served

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]
PATIENCE_SECONDS = 45
PAGES = {
    "/admin": "Dashboard",
    "/audit": "Audit log",
    "/jobs": "Jobs",
    "/webhooks": "Webhooks",
    "/flags": "Feature flags",
    "/system": "System status",
    "/ai": "AI drafts",
}
FAILED = """
WITH j AS (INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
           VALUES ('default', 'audit.tell_head', '{"timestamp": 0}', 'failed', 5) RETURNING id)
INSERT INTO job_failures (job_id, error, failed_at) SELECT id, %s, now() FROM j RETURNING job_id
"""


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    """Somebody's server that takes webhooks."""
    with WebhookReceiver() as server:
        yield server


def _panel(page: Page, name: str) -> Locator:
    return page.get_by_role("complementary", name=name)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule(sign_in_as: SignInAs, path: str) -> None:
    """In either colour mode, wide and narrow, with nothing wider than the window."""
    page = sign_in_as("ada", path)
    for look in looks(page):
        expect(page.get_by_role("heading", name=PAGES[path], level=1)).to_be_visible()
        expect(page.locator(".sk")).to_have_count(0)
        assert faults_of_look(page, look) == [], look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look


def test_the_dashboard_compares_and_leads_on(sign_in_as: SignInAs) -> None:
    """A figure stands beside the one before; a line leads to its list, all by keyboard."""
    page = sign_in_as("ada", "/admin")
    figure = page.get_by_role("link", name=re.compile("^Conversations"))
    expect(figure).to_contain_text(re.compile("from|as before"))
    page.get_by_role("button", name="7 days").press("Enter")
    expect(page).to_have_url(re.compile("days=7"))
    expect(page.get_by_role("button", name="7 days")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name=re.compile("overdue")).press("Enter")
    expect(page).to_have_url(re.compile("view=waiting"))


def test_the_audit_log_by_names(sign_in_as: SignInAs, served: Served) -> None:
    """Who did what is told in words; filters and the open entry stand in the address."""
    flag = f"audit.{uuid4().hex[:8]}"
    with served.sign_in("ada") as ada:
        for on in (True, False):
            ada.patch(f"/api/v1/admin/flags/{flag}", json={"enabled": on}).raise_for_status()
    page = sign_in_as("ada", "/audit")
    page.get_by_role("combobox", name="What").select_option("flag")
    expect(page).to_have_url(re.compile("action=flag"))
    page.get_by_label("About").fill(f"flag:{flag}")
    expect(page).to_have_url(re.compile("target=flag"))
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Ada Lindqvist").first.press("Enter")
    panel = _panel(page, "Changed feature flag")
    expect(panel.locator("del", has_text="Yes").first).to_be_visible()
    expect(panel.locator("ins", has_text="No").first).to_be_visible()
    page.reload()
    expect(_panel(page, "Changed feature flag")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Who").fill("nobody of this name")
    expect(page.get_by_text("No entry matches")).to_be_visible()
    page.get_by_role("button", name="Clear all").press("Enter")
    expect(page.locator("tbody tr").first).to_be_visible()


def test_a_failed_job_is_run_again(sign_in_as: SignInAs, served: Served) -> None:
    """Its fault is told; run again it ends well and is gone."""
    if served.data is None or (url := running_url(served.data)) is None:
        pytest.skip("the running product's data folder is not known")
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(FAILED, [f"TimeoutError: {'no answer ' * 12}"]).fetchone()
    assert row
    page = sign_in_as("ada", "/jobs?status=failed")
    page.get_by_role("row").filter(has_text=str(row[0])).get_by_role("button").press("Enter")
    panel = _panel(page, "audit.tell_head")
    expect(panel.get_by_text("TimeoutError: no answer").first).to_be_visible()
    assert faults(page) == []
    panel.get_by_role("button", name="Run again").press("Enter")
    expect(page.get_by_text("The job runs again")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=str(row[0]))).to_have_count(0)


def _await_delivery(served: Served, url: str, is_so: Callable[[dict[str, Any]], bool]) -> None:
    """Wait until what the receiver was told stands in the log as it should; the log says why it never does."""
    told: list[dict[str, Any]] = []
    with served.sign_in("ada") as ada:
        endpoints = ada.get("/api/v1/webhook-endpoints", params={"limit": 100}).json()["data"]
        endpoint = next(one["id"] for one in endpoints if one["url"] == url)
        for _ in range(PATIENCE_SECONDS * 4):
            told = ada.get(f"/api/v1/webhook-endpoints/{endpoint}/deliveries").json()["data"]
            if any(map(is_so, told)):
                return
            time.sleep(0.25)
    pytest.fail(f"{told}: was the product served with WEBHOOK_ALLOW_PRIVATE=true?")


def test_an_endpoint_its_secret_and_a_replay(sign_in_as: SignInAs, served: Served, receiver: WebhookReceiver) -> None:
    """Made, its secret seen once; a failed delivery replayed; a new secret; disabled and found so; deleted."""
    receiver.fault = 503
    page = sign_in_as("ada", "/webhooks")
    page.get_by_role("button", name="New endpoint").first.press("Enter")
    form = page.get_by_role("dialog", name="New endpoint")
    form.get_by_label("URL").fill(receiver.url)
    form.get_by_role("button", name="Make endpoint").press("Enter")
    expect(form.get_by_text("Choose at least one event")).to_be_visible()
    form.get_by_label("conversation.updated").press("Space")
    form.get_by_role("button", name="Make endpoint").press("Enter")
    made = page.get_by_role("dialog", name="Endpoint made")
    first = made.locator(".secret").inner_text()
    assert first.startswith("whsec_")
    assert faults(page) == []
    made.get_by_role("button", name="Done").press("Enter")
    expect(made).to_be_hidden()
    expect(page.get_by_text(first)).to_have_count(0)
    with served.sign_in("ada") as ada:
        conversation = ada.get("/api/v1/conversations", params={"limit": 1}).json()["data"][0]["id"]
        ada.patch(f"/api/v1/conversations/{conversation}", json={"labels": [uuid4().hex[:8]]}).raise_for_status()
    page.get_by_role("button", name=receiver.url).press("Enter")
    panel = _panel(page, receiver.url)
    again = panel.get_by_role("button", name=re.compile("Replay conversation.updated")).first
    expect(again).to_be_visible()
    _await_delivery(served, receiver.url, lambda delivery: delivery["response_status"] == 503)
    receiver.fault = None
    again.press("Enter")
    expect(page.get_by_text("Tried anew")).to_be_visible()
    _await_delivery(served, receiver.url, lambda delivery: delivery["status"] == "delivered")
    page.reload()
    expect(panel.locator(".delivery").get_by_text("Delivered").first).to_be_visible()
    assert faults(page) == []
    panel.get_by_role("button", name="New secret…").press("Enter")
    question = page.get_by_role("dialog", name="Make a new secret?")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    question.get_by_role("button", name="Make a new secret").press("Enter")
    rotated = page.get_by_role("dialog", name="New secret")
    expect(rotated.locator(".secret")).to_have_text(re.compile("^whsec_"))
    assert rotated.locator(".secret").inner_text() != first
    rotated.get_by_role("button", name="Done").press("Enter")
    expect(page.locator(".secret")).to_have_count(0)
    overlap = panel.get_by_text("Deliveries are signed with the old secret too, until")
    expect(overlap).to_be_visible()
    panel.get_by_role("button", name="End it now…").press("Enter")
    ending = page.get_by_role("dialog", name="End the old secret now?")
    expect(ending.get_by_role("button", name="Cancel")).to_be_focused()
    assert faults(page) == []
    ending.get_by_role("button", name="End the old secret").press("Enter")
    expect(overlap).to_have_count(0)
    panel.get_by_role("switch", name="Enabled").press("Enter")
    expect(panel.get_by_text("By an administrator.")).to_be_visible()
    page.goto("/webhooks?status=disabled")
    expect(panel).to_have_count(0)
    page.get_by_role("button", name=receiver.url).press("Enter")
    expect(page).to_have_url(re.compile("id="))
    panel.get_by_role("button", name="Delete…").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Delete endpoint").press("Enter")
    expect(page.get_by_role("heading", name="Webhooks", exact=True)).to_be_visible()
    expect(page.get_by_text("Endpoint deleted")).to_be_visible()
    expect(page.get_by_role("button", name=receiver.url)).to_have_count(0)


def test_a_flag_is_made_and_switched(sign_in_as: SignInAs) -> None:
    """A wrong name is told at its field; a flag that ends soon is found by its state."""
    name, soon = f"e2e.{uuid4().hex[:8]}", (utc_now() + timedelta(days=3)).date().isoformat()
    page = sign_in_as("ada", "/flags")
    page.get_by_role("button", name="New flag").first.press("Enter")
    form = page.get_by_role("dialog", name="New flag")
    form.get_by_label("Name").fill("Not A Name")
    form.get_by_label("Owner").fill("Luis Ferreira")
    form.get_by_label("Off from").fill(soon)
    form.get_by_role("button", name="Make flag").press("Enter")
    expect(form.get_by_text("Begin with a small letter")).to_be_visible()
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Make flag").press("Enter")
    expect(page.get_by_text(f"{name} made; it is off")).to_be_visible()
    page.get_by_role("button", name=name).press("Enter")
    turn = _panel(page, name).get_by_role("switch", name="Switched on")
    turn.press("Space")
    expect(turn).to_have_attribute("aria-checked", "true")
    page.reload()  # without the toast, whose colours are half there while it comes
    expect(turn).to_have_attribute("aria-checked", "true")
    assert faults(page) == []
    page.get_by_role("combobox", name="State").select_option("ending")
    expect(page).to_have_url(re.compile("stage=ending"))
    expect(page.get_by_role("button", name=name)).to_be_visible()
    page.get_by_role("combobox", name="State").select_option("expired")
    expect(page.get_by_role("button", name=name)).to_have_count(0)
