"""The address bar as the record of what a list shows: search, filters, sort, page, selection."""

from collections.abc import Mapping
from urllib.parse import urlencode

SELECTION = ("id",)
PAGE = ("cursor", "id")
LOOK = ("cols",)


def changed(current: Mapping[str, str], **changes: str) -> dict[str, str]:
    """Return the query with the changes; empty values are left out.

    A change of anything but page, selection and columns goes back to the first page, since a cursor
    belongs to the filters that it was made for.
    """
    query = dict(current)
    if changes.keys() - {*PAGE, *LOOK}:
        query = {name: value for name, value in query.items() if name not in PAGE}
    elif "cursor" in changes:
        query = {name: value for name, value in query.items() if name not in SELECTION}
    query |= changes
    return {name: value for name, value in query.items() if value}


def address(route: str, current: Mapping[str, str], **changes: str) -> str:
    """Return the route with the current query and the changes, as `changed` puts them together."""
    query = changed(current, **changes)
    return f"{route}?{urlencode(query)}" if query else route


def next_sort(current: str, field: str) -> str:
    """Return the order after a click on a column's head: falling first, then rising."""
    return field if current == f"-{field}" else f"-{field}"
