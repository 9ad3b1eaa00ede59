"""The README's picture of the workspace, taken from the product itself: `PICTURES=docs/images make e2e` renews it."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.e2e.desk import log, panel
from tests.served import Served


def test_the_workspace_poses_for_its_picture(sign_in_as: Any, served: Served, tmp_path: Path) -> None:
    folder = Path(os.environ.get("PICTURES", tmp_path))
    with served.sign_in("luis") as luis:
        found = luis.get("/api/v1/conversations", params={"q": "Highlander", "status": "open"}).json()["data"]
    page = sign_in_as("luis", "/inbox")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/inbox?view=open&id={found[0]['id']}")
    expect(log(page)).to_contain_text("Highlander")
    page.get_by_role("button", name="Draft with AI").click()
    panel(page).locator("[data-hotkey='mod+enter']").wait_for(timeout=25_000)
    picture = folder / "workspace.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 50_000
