"""The headers that the pages carry."""

import httpx
import pytest

from tests.served import Served


@pytest.mark.parametrize("path", ["/", "/login", "/settings"])
def test_a_page_that_a_browser_kept_keeps_its_policy(served: Served, path: str) -> None:
    """An answer without a body renews the headers of the page that stands in the browser's cache."""
    page = httpx.get(served.url + path, headers={"Accept": "text/html"})
    policy = page.headers["content-security-policy"]
    assert "'sha256-" in policy
    kept = {"Accept": "text/html", "If-None-Match": page.headers["etag"]}
    again = httpx.get(served.url + path, headers=kept)
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == policy
