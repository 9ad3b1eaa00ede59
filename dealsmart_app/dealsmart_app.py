"""The composition root: the screens, the API mounted beside them, the gate before both."""

import contextlib
from collections.abc import AsyncIterator

import reflex as rx

from api.main import app as api
from dealsmart_app import theme
from dealsmart_app.gate import Gate
from dealsmart_app.live import pushing
from dealsmart_app.pages import (
    ai,
    attention,
    audit,
    auth,
    dealership,
    flags,
    forbidden,
    forgot_password,
    home,
    inbox,
    jobs,
    reset_password,
    settings,
    system,
    users,
    vehicles,
    verify_email,
    webhooks,
)
from dealsmart_app.refusals import show_refusal
from dealsmart_app.web import front_door, guard_pages

# each registers itself when imported
PAGES = (
    *(ai, attention, audit, auth, dealership, flags, forbidden, forgot_password, home, inbox, jobs),
    *(reset_password, settings, system, users, vehicles, verify_email, webhooks),
)

app = rx.App(
    api_transformer=[guard_pages, api, front_door],
    backend_exception_handler=show_refusal,
    stylesheets=theme.STYLESHEETS,
    head_components=theme.head(),
    reset_style=False,
    html_lang="en",
    toaster=theme.toaster(),
)
app.add_middleware(Gate(), index=0)


@contextlib.asynccontextmanager
async def open_house() -> AsyncIterator[None]:
    """Run the API's lifespan, which a mounted app would not get, and the pushes within it."""
    async with api.router.lifespan_context(api), pushing(app):
        yield


app.register_lifespan_task(open_house)
