"""/, /health, /status, /migrations and /admin/audit: the platform about itself."""

from typing import Annotated

from fastapi import Query, Response

from api.core.pagination import PageRequest
from api.dependencies import CurrentActor, CurrentHouse, Unit, page_request
from api.routing import hub_router
from api.services import audit, platform
from models.base import Data, Line, Listing, Meta
from models.platform import (
    AuditQuery,
    AuditView,
    FilterMoment,
    HealthView,
    MigrationsView,
    StatusView,
    WelcomeView,
)

router = hub_router("platform")
root_router = hub_router("platform", prefix="")


@root_router.get("/", include_in_schema=False)
@root_router.get("/api/v1", include_in_schema=False)
@router.get("/", summary="What this is")
async def welcome() -> Data[WelcomeView]:
    """Name, version and where the documentation is."""
    return Data(
        data=WelcomeView(
            name=platform.NAME, version=platform.VERSION, docs="/api/v1/docs", openapi="/api/v1/openapi.json"
        )
    )


@router.get("/health/live", summary="Is the process alive?")
async def live() -> Data[HealthView]:
    """Answer as long as the process does."""
    return Data(data=HealthView(status="live"))


@router.get("/health/ready", summary="Can requests be served?")
async def ready(house: CurrentHouse) -> Data[HealthView]:
    """Check that the database answers and has every migration.

    Errors: 503 `upstream_unavailable`, naming what is missing.
    """
    await platform.require_ready(house)
    return Data(data=HealthView(status="ready"))


@router.get("/status", summary="How is the platform?", response_model=Data[StatusView])
async def read_status(house: CurrentHouse, actor: CurrentActor) -> Response:
    """Tell the status, at most two seconds out of date; `checks` only to admins.

    Errors: 401 `unauthorized` for a key or token that does not hold.
    """
    view = await platform.status(house, actor)
    body = Data[StatusView](data=view).model_dump_json(exclude={"data": {"checks"}} if view.checks is None else None)
    return Response(body, media_type="application/json")


@router.get("/migrations", summary="Which migrations has the database?")
async def read_migrations(house: CurrentHouse, actor: CurrentActor) -> Data[MigrationsView]:
    """Tell which migrations are applied and which are pending, the oldest first.

    Errors: 401 `unauthorized`, 403 `forbidden`.
    """
    return Data(data=await platform.read_migrations(house, actor))


@router.get("/admin/audit", summary="Read the audit trail")
async def list_audit(
    uow: Unit,
    page: Annotated[PageRequest, page_request("-at")],
    actor: Line | None = None,
    action: Line | None = None,
    target: Line | None = None,
    since: Annotated[FilterMoment | None, Query(alias="from")] = None,
    until: Annotated[FilterMoment | None, Query(alias="to")] = None,
) -> Listing[AuditView]:
    """Read the audit trail, with what its people and things are called today.

    `actor` is a user's id, e-mail or the beginning of his name, or a name in the trail such as `system:jobs`; `action`
    is `subject:verb` or a subject alone, `target` is `kind:id`, a kind or an id alone.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    query = AuditQuery(actor=actor, action=action, target=target, since=since, until=until)
    found = await audit.page(uow, query, page)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)
