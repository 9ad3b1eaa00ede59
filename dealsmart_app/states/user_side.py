"""UserDossierState: what stands beside the open person; UserEditState: what an admin does about him."""

from typing import Any
from uuid import UUID

import pydantic
import reflex as rx

from api.core.errors import HubError
from api.services import user_desk, users
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from dealsmart_app.states.sign_ins import line_of
from dealsmart_app.states.tables import id_of
from dealsmart_app.states.user_bulk import UserBulkState, change_of
from dealsmart_app.states.user_words import history_line
from dealsmart_app.states.users import UserListState
from models.users import Permission, Role, UserPatch, UserStatus

MOMENTS = ("suspended_until", "email_verified_at", "age_verified_at", "age_verified_until")


class UserDossierState(HubState):
    """History and sign-ins of the open person; `known` is empty while there is none."""

    known: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    history: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    sign_ins: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read what stands beside the person whom the address has open."""
        opened = id_of(self.router.url.query_parameters.get("id"))
        self.known, self.history, self.sign_ins = {}, [], []
        if opened is None or Permission.MANAGE_USERS.value not in self.permissions:
            return
        told = await self.call(user_desk.read, opened)
        plain = told.model_dump(mode="json")
        self.known = {
            **{name: plain[name] or "" for name in MOMENTS},
            "reason": told.suspension_reason or "",
            "second_factor": "On" if told.two_factor else "Off",
            "older": "yes" if told.older else "",
        }
        self.history = [history_line(line) for line in told.history]
        self.sign_ins = [line_of(session) for session in await self.call(user_desk.sign_ins, opened)]

    @rx.event
    async def end(self, session_id: str) -> Any:
        """End one of the open person's sign-ins."""
        listing = await self.get_state(UserListState)
        await self.call(user_desk.end_sign_in, UUID(listing.chosen["id"]), UUID(session_id))
        return [UserDossierState.load, rx.toast.success("Signed out there")]

    @rx.event
    async def end_all(self) -> Any:
        """End all of the open person's sign-ins."""
        listing = await self.get_state(UserListState)
        await self.call(user_desk.end_sign_ins, UUID(listing.chosen["id"]))
        return [UserDossierState.load, rx.toast.success("Signed out everywhere")]


AFTERWARDS = [UserListState.load, UserBulkState.settle, UserDossierState.load]


class UserEditState(HubState):
    """The dialog about the open person (`asking` is `suspend`), and the change of his role."""

    asking: rx.Field[str] = rx.field(default="")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    async def _chosen(self) -> dict[str, str]:
        return (await self.get_state(UserListState)).chosen

    async def _change(self, patch: UserPatch) -> None:
        await self.call(users.change, UUID((await self._chosen())["id"]), patch)

    @rx.event
    def ask(self, what: str) -> None:
        """Open a dialog; empty closes it."""
        self.asking, self.errors = what, {}

    @rx.event
    async def give_role(self, form: dict[str, Any]) -> Any:
        """Give the open person the role that the form names."""
        role = Role(form["role"])
        await self._change(UserPatch(role=role))
        return [*AFTERWARDS, rx.toast.success(f"Role changed to {role}")]

    @rx.event
    async def suspend(self, form: dict[str, Any]) -> Any:
        """Suspend the open person, with the reason and the end of the dialog; all his sessions end."""
        if not str(form.get("reason", "")).strip():
            self.errors = {"reason": "Say why; the person will ask"}
            return None
        try:
            await self._change(change_of("suspend", form))
        except (HubError, pydantic.ValidationError) as error:
            self.errors = faults_of(error)
            return None
        self.asking = ""
        return [*AFTERWARDS, rx.toast.success("Suspended; all sessions have ended")]

    @rx.event
    async def lift(self) -> Any:
        """End the open person's suspension."""
        await self._change(UserPatch(status=UserStatus.ACTIVE))
        return [*AFTERWARDS, rx.toast.success("Suspension lifted")]
