"""/api/v1/docs works without reaching outside."""

import re

import httpx


async def test_the_docs_page_brings_all_that_it_needs(client: httpx.AsyncClient) -> None:
    page = await client.get("/api/v1/docs")
    assert page.status_code == 200
    needed = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(needed) >= 3
    for address in needed:
        assert address.startswith("/api/v1/docs/assets/")
        assert (await client.get(address)).status_code == 200
    assert "http" not in page.headers["content-security-policy"]


async def test_the_document_names_every_route_once(client: httpx.AsyncClient) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))
    assert "/api/v1/conversations/{conversation_id}/messages" in document["paths"]
