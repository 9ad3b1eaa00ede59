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
    """Return the methods that some route takes on this path; empty for an unknown path.

    A path that is spelt out, such as /users/me, is not also one of /users/{user_id}.
    """
    matching = [route for route in routes if isinstance(route, APIRoute) and route.path_regex.match(path)]
    spelt = [route for route in matching if route.path == path]
    return {method for route in spelt or matching for method in route.methods or ()}


def shadowed_methods() -> dict[str, set[str]]:
    """Return, by path that is spelt out, the methods that only a route with a parameter there would take."""
    shadowed = {}
    for path in {route.path for route in routes if isinstance(route, APIRoute) and "{" not in route.path}:
        matching = (route for route in routes if isinstance(route, APIRoute) and route.path_regex.match(path))
        others = {method for route in matching for method in route.methods or ()} - allowed_methods(path)
        if others:
            shadowed[path] = others
    return shadowed
