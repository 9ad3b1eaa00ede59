"""HubState: who is at the screen, and how a screen calls a service; nothing else."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from urllib.parse import quote

import reflex as rx
from reflex.event import EventType
from reflex.state import BaseState

from api.core.logging import request_id_var
from api.core.security import SESSION_COOKIE, Actor
from api.services.house import house
from api.services.identity import actor_of_cookie
from api.services.unit_of_work import UnitOfWork
from dealsmart_app.navigation import SECOND_STEP
from models.base import new_id
from models.users import Permission

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the guard knows of a page; `permission` None means anybody, signed in or not."""

    route: str
    title: str
    permission: Permission | None
    on_load: tuple[EventType[()], ...]


class Origin(NamedTuple):
    """Where an event comes from: the session cookie of its socket and the address."""

    cookie: str | None
    ip: str | None


SIGN_IN = "/login"
SCREENS: dict[str, Screen] = {}


def origin_of(state: rx.State) -> Origin:
    """Read the cookie and the address that the browser sent with the socket's handshake."""
    try:
        crumb = SimpleCookie(state.router.headers.cookie or "").get(SESSION_COOKIE)
    except CookieError:
        crumb = None
    return Origin(crumb.value if crumb else None, state.router.session.client_ip or None)


def initials_of(name: str) -> str:
    """Return one or two capitals that stand for a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


async def actor_at(state: rx.State) -> Actor:
    """Return who is at the other end of the state's socket, at most 5 s out of date.

    The cookie is read anew at each call, never remembered in the state: what the state holds
    outlives a revocation (facts/reflex.md, section 2).
    """
    origin = origin_of(state)
    request_id = f"scr_{new_id().hex}"
    request_id_var.set(request_id)
    return await actor_of_cookie(house(), origin.cookie, origin.ip, request_id)


def _below(state: type[BaseState]) -> Iterator[type[BaseState]]:
    for child in state.get_substates():
        yield child
        yield from _below(child)


class HubState(rx.State):
    """The parent of every screen's state. What it shows is courtesy; the services decide."""

    ready: rx.Field[bool] = rx.field(default=False)
    busy: rx.Field[bool] = rx.field(default=False)
    user_id: rx.Field[str] = rx.field(default="")
    display_name: rx.Field[str] = rx.field(default="")
    role: rx.Field[str] = rx.field(default="")
    permissions: rx.Field[list[str]] = rx.field(default_factory=list)
    faults: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    _session: str = ""

    @rx.var
    def initials(self) -> str:
        """The first letters of the first and the last name."""
        return initials_of(self.display_name)

    @rx.var
    def role_label(self) -> str:
        """The role in the words of the screens."""
        return self.role.capitalize()

    async def actor(self) -> Actor:
        """Return who is asking, for services that open their own units of work."""
        return await actor_at(self)

    async def call(
        self,
        service: Callable[Concatenate[UnitOfWork, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Call a service in a unit of work of its own, as whoever is at the screen.

        A refusal passes through to the app's error handler, which makes a toast of it.
        """
        actor = await actor_at(self)
        try:
            async with house().unit(actor) as uow:
                return await service(uow, *args, **kwargs)
        except Exception as error:
            error.add_note(f"request_id={actor.request_id}")
            raise

    async def still_here(self) -> bool:
        """Tell whether the session that filled this tree still stands; if not, empty the tree.

        Both the gate and every push ask: neither a sign-out elsewhere nor another person's
        sign-in in the same tab may leave anything behind.
        """
        actor = await actor_at(self)
        session = str(actor.session_id or "")
        if self._session and self._session != session:
            for state in (HubState, *_below(HubState)):
                (await self.get_state(state)).reset()
        self._session = session
        return bool(session)

    def show_person(self, actor: Actor) -> None:
        """Take over the name, role and permissions that the shell shows."""
        self.user_id = str(actor.user_id or "")
        self.display_name = actor.display_name
        self.role = actor.role.value if actor.role else ""
        self.permissions = sorted(permission.value for permission in actor.permissions)
        self.ready = True

    @rx.event
    async def guard(self, route: str) -> Sequence[Any] | Any:
        """Let the page load for whoever may see it; send others to sign-in, their second factor or a refusal.

        Of a route that is no page's, it sends to sign-in, which leads on whoever is signed in after all.
        """
        screen = SCREENS.get(route)
        actor = await self.actor()
        self.faults = []
        self.show_person(actor)
        if screen is None:
            return rx.redirect(door(self))
        if actor.user_id is not None and (screen.permission is None or actor.may(screen.permission)):
            return list(screen.on_load)
        if screen.permission is None:
            return None
        if actor.user_id is None:
            return rx.redirect(door(self))
        if not actor.may(Permission.OWN_ACCOUNT):
            return rx.redirect(SECOND_STEP)
        return rx.redirect(f"/forbidden?from={quote(route, safe='/')}")


def door(hub: HubState) -> str:
    """Return the sign-in page's address that leads back here; of a page that needs no sign-in, the bare one."""
    url = hub.router.url
    here = url.path + (f"?{url.query}" if url.query else "")
    if url.path == SIGN_IN:
        return here
    screen = SCREENS.get(url.path)
    guarded = screen is not None and screen.permission is not None
    return f"{SIGN_IN}?next={quote(here, safe='/')}" if guarded else SIGN_IN


__all__ = ["SCREENS", "HubState", "Origin", "Screen", "actor_at", "door", "initials_of", "origin_of"]
