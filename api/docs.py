"""/api/v1/docs: the OpenAPI document for reading, with its own script and style, so that it works offline."""

from pathlib import Path

import fastapi_offline
from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

DOCS_PATH = "/api/v1/docs"
ASSETS_PATH = f"{DOCS_PATH}/assets"
_ASSETS = Path(fastapi_offline.__file__).parent / "static"


def add_docs(api: FastAPI) -> None:
    """Serve the page and what it needs; before any catch-all route."""

    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=api.openapi_url or "",
            title=api.title,
            swagger_js_url=f"{ASSETS_PATH}/swagger-ui-bundle.js",
            swagger_css_url=f"{ASSETS_PATH}/swagger-ui.css",
            swagger_favicon_url=f"{ASSETS_PATH}/favicon.png",
        )

    api.add_api_route(DOCS_PATH, docs, include_in_schema=False, response_class=HTMLResponse)
    api.mount(ASSETS_PATH, StaticFiles(directory=_ASSETS))
