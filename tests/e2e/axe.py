"""What axe finds on a page, in either colour mode and several widths, with nothing still moving."""

import re
from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

VIOLATIONS = ["violations"]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": VIOLATIONS,
}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": VIOLATIONS}
WIDTHS = (1440, 390)


def faults(page: Page, options: dict[str, list[str]] = RULES) -> list[str]:
    """Return each broken rule with the element that breaks it."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


def faults_of_look(page: Page, look: str) -> list[str]:
    """Return the same for one of `looks`; the modes differ in colours alone, so the dark one is asked for those."""
    return faults(page, COLOURS if look.startswith("dark") else RULES)


def looks(page: Page, widths: tuple[int, ...] = WIDTHS) -> Iterator[str]:
    """Put the page into each colour mode and width, and yield their names."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_class(re.compile(rf"\b{scheme}\b"))
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            yield f"{scheme}, {width} px"
