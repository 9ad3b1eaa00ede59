"""The routes of v1, the hot reads first; one flat list, since nested routers are matched again at each level."""

from fastapi.routing import APIRoute

from api.routing import ReadRoute
from api.v1 import (
    ai_figures,
    api_keys,
    auth,
    canned_responses,
    conversations,
    customers,
    dealership,
    events,
    google,
    leads,
    media,
    notifications,
    operations,
    passwords,
    platform,
    suggestions,
    totp,
    users,
    vehicles,
    webhook_endpoints,
)

root_router = platform.root_router
_MODULES = (
    auth,
    passwords,
    totp,
    google,
    users,
    media,
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
    operations,
    webhook_endpoints,
    ai_figures,
)
hot_reads = [route for route in conversations.reads.routes if isinstance(route, ReadRoute)]
routes = [*hot_reads, *(route for module in _MODULES for route in module.router.routes)]


def allowed_methods(path: str) -> set[str]:
    """Return the methods that some route takes on this path; empty for an unknown path."""
    matching = (route for route in routes if isinstance(route, APIRoute) and route.path_regex.match(path))
    return {method for route in matching for method in route.methods or ()}
