"""The v1 router: one include per domain, in URL order."""

from fastapi import APIRouter
from fastapi.routing import APIRoute

from api.v1 import (
    api_keys,
    auth,
    canned_responses,
    conversations,
    customers,
    dealership,
    events,
    leads,
    notifications,
    platform,
    suggestions,
    users,
    vehicles,
)

router = APIRouter()
root_router = platform.root_router
_MODULES = (
    auth,
    users,
    api_keys,
    conversations,
    events,
    suggestions,
    customers,
    notifications,
    canned_responses,
    dealership,
    vehicles,
    leads,
    platform,
)
for _module in _MODULES:
    router.include_router(_module.router)


def allowed_methods(path: str) -> set[str]:
    """Return the methods that some route takes on this path below /api/v1; empty for an unknown path."""
    routes = (route for module in _MODULES for route in module.router.routes if isinstance(route, APIRoute))
    return {method for route in routes if route.path_regex.match(path) for method in route.methods or ()}
