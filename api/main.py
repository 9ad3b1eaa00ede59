"""create_api(): the v1 router, middleware and error handlers; the only place where they are assembled."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.core.database import AWAY
from api.core.embedded_postgres import EmbeddedPostgres
from api.core.errors import HubError, MethodNotAllowedError, NotFoundError
from api.core.logging import configure_logging
from api.core.settings import Environment, Settings, get_settings
from api.docs import add_docs
from api.hot_path import ErrorAnswer, HotPath
from api.middleware import (
    BodyLimit,
    Compression,
    RequestContext,
    answer_database_away,
    answer_http_exception,
    answer_hub_error,
    answer_invalid_request,
)
from api.openapi import add_openapi
from api.services.house import House, open_house
from api.services.platform import VERSION, prepare_house
from api.services.registry import register_jobs
from api.v1 import allowed_methods, hot_reads, root_router, routes, shadowed_methods

EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT", "QUERY"]
ERROR_ANSWERS: dict[type[Exception], ErrorAnswer] = {
    HubError: answer_hub_error,
    **dict.fromkeys(AWAY, answer_database_away),
    RequestValidationError: answer_invalid_request,
    HTTPException: answer_http_exception,
}


@contextlib.asynccontextmanager
async def database_url(settings: Settings) -> AsyncIterator[str]:
    """Yield the database's address; where none is set, run the embedded server for the block."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    server = EmbeddedPostgres(settings.data_dir)
    url = await asyncio.to_thread(server.start)
    try:
        yield url
    finally:
        await asyncio.to_thread(server.stop)


@contextlib.asynccontextmanager
async def running_house(settings: Settings) -> AsyncIterator[House]:
    """Open the house for a process that serves: database, jobs, events, the first admin."""
    async with (
        database_url(settings) as url,
        open_house(settings, url, register_jobs, work=settings.jobs_in_process) as house,
    ):
        await prepare_house(house)
        yield house


def create_api(settings: Settings | None = None) -> FastAPI:
    """Assemble the API; with `settings` other than the process's own for tests."""
    chosen = settings or get_settings()
    configure_logging(chosen.log_level, chosen.log_format)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with running_house(chosen):
            yield

    api = FastAPI(
        title="DealSmart AI Communications Hub",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        strict_content_type=False,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    add_docs(api)
    api.router.routes.extend([*routes, *root_router.routes])
    for path, methods in shadowed_methods().items():
        api.router.routes.insert(0, APIRoute(path, _nothing_here, methods=sorted(methods), include_in_schema=False))
    api.add_api_route("/api/v1/{rest:path}", _nothing_here, methods=EVERY_METHOD, include_in_schema=False)
    for kind, answer in ERROR_ANSWERS.items():
        api.add_exception_handler(kind, answer)
    add_openapi(api)
    api.add_middleware(BodyLimit)
    api.add_middleware(HotPath, routes=hot_reads, answers=ERROR_ANSWERS)
    api.add_middleware(Compression, minimum_size=1024, compresslevel=1)
    api.add_middleware(RequestContext, strict_transport=chosen.environment is Environment.PRODUCTION)
    return api


async def _nothing_here(request: Request) -> None:
    allowed = allowed_methods(request.url.path)
    if allowed and request.method not in allowed:
        error = MethodNotAllowedError()
        error.headers["Allow"] = ", ".join(sorted(allowed))
        raise error
    raise NotFoundError("The API has no such path.")


app = create_api()
